"""Tests of which column is which field."""
