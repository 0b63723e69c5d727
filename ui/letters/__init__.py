"""Letters, from who gets one to the printed file."""
