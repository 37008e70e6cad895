"""One page about all cases, or about those of one client: counts, charts and lists."""
