"""Imported plans: a paper read on the page, and later the plan kept and worked on."""
