"""What cells hold: dates, numbers, names, addresses and several values, taken apart by what the whole column shows."""
