"""Taking a list in, from the file to the result that can be undone."""
