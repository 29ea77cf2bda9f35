"""Targets: their values, what they are held against."""
