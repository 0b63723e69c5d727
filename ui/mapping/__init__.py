"""The parts of the place Map."""
