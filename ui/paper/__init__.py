"""Paper that is no letter: labels, envelopes, lists, and what is printed of one person."""
