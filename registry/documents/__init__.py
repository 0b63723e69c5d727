"""Everything that becomes PDF."""
