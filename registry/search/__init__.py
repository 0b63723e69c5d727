"""Questions asked of the register: text to tree, tree to conditions."""
