"""Whom the consulate writes to, and whether it may."""
