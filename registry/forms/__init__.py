"""Forms to fill in outside the program, whose answers come back without any mapping."""
