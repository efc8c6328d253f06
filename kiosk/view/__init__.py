"""The views: pure data computed from the branch state, words already chosen."""
