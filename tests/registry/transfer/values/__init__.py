"""Tests of what cells hold."""
