"""Declared numbers against what is listed."""
