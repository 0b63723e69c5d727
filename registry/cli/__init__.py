"""The command line: the window's operations for scripts, tests and schedules."""
