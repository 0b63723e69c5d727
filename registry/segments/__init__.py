"""Segments: saved queries and fixed lists, kept, used and looked at."""
