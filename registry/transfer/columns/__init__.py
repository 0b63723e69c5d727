"""Which column of a list is which field: by heading and content, and by what lists taken in before meant."""
