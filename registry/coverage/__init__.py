"""How many people there are by official estimates, and how many of them the registry knows."""
