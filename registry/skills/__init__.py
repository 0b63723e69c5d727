"""The skills inventory: people counted by what they can do and where, and the manager's workbook."""
