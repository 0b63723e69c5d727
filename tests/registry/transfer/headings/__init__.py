"""Tests of what headings say."""
