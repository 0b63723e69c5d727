"""The place Outreach: campaigns, one of them, messages, and what came back."""
