"""Who is entered twice: facts, candidates, comparisons, weights learned without labels, clusters."""
