"""Segments in the window: the place to open them, the line above the list, and fixed lists."""
