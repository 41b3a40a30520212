"""People, sources, and the search over everything."""
