"""How people can be engaged: associations, what distinguishes a segment, the ways it is ready for, its concerns."""
