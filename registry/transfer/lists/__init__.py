"""A stranger's list: where it stands, which rows belong together, and its cells as texts under names of fields."""
