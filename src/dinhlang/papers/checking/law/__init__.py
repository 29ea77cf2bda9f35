"""Cited documents, sets of criteria, levels and choices."""
