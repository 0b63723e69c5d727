"""Building a query from rows, for whoever does not want to write it."""
