"""How good the records are: what is missing, old, wrong or double, in a score that explains itself."""
