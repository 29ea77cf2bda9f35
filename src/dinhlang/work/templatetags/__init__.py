"""Tags of the templates of work."""
