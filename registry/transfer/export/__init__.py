"""Records and tables into files that can be imported again without loss."""
