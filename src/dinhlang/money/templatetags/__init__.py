"""Template filters of money."""
