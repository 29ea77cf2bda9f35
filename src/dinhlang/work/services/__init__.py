"""Changes of this app."""
