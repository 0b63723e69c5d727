"""What a consulate does with its register: records, rules, search, import, letters. No Qt, no SQL text."""
