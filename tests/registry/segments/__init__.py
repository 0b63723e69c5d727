"""Segments: saved queries and fixed lists."""
