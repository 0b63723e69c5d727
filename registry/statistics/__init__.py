"""Counts of people and associations by one or two fields, for the post and for publication."""
