"""Numbered steps from one schema to the next. They import no models."""
