"""What stands in a stranger's file: looked at first, then read in a guarded child, as sheets, rows and cells."""
