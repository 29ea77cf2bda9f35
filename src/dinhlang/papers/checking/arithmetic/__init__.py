"""Figures that must agree: sums, products, shares, balances, tables."""
