"""The mapping report: what the register knows of the diaspora, in five chapters, with the data behind each figure."""
