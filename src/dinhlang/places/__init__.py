"""Administrative units over time: names, parents, mergers and splits, boundaries."""
