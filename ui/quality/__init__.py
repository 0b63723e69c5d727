"""Parts of the place Quality."""
