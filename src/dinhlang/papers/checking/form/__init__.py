"""The form of the paper and its wording."""
