"""Embassies and consulates: where they stand, whom they serve, how far people live from them, and where to visit."""
