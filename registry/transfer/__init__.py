"""Files in and out: read, match columns, plan, apply; write."""
