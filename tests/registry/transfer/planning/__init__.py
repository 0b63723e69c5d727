"""Tests of plans and what comes of them."""
