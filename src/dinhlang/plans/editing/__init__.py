"""A plan as a document that people correct: fields, changes, comparison. Pure."""
