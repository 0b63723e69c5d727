"""What an import would do row by row, the report of it, and carrying it out."""
