"""The dialogs by which a registration goes from one state to the next."""
