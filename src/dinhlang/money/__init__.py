"""The year's money: needs, sources, what pays for what, support to households, contributions."""
