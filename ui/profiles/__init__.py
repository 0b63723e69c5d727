"""Profile templates in the window: their list, their editor, their preview."""
