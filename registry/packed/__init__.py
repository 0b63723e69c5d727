"""Fields of all records as columns of small numbers, in memory: there facets and tables are counted."""
