"""What an administrator and an auditor look after: history, staff, settings, checks."""
