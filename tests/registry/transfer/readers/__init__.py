"""Tests of reading strangers' files."""
