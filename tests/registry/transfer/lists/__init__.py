"""Tests of lists as a whole."""
