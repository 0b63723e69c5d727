"""Machine readable zones of passports and identity cards: found in a text, read, checked, and put into fields."""
