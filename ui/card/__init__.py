"""The card of one record: read, edit, history."""
