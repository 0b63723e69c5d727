"""The tests: a room for each room of the program, and contract, faults, bench."""
