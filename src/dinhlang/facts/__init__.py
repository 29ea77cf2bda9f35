"""Observations, evidence files, registers."""
