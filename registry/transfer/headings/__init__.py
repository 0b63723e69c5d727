"""What the headings of a list say: which fields a heading may stand for, in any of the languages."""
