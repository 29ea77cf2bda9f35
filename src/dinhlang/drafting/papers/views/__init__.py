"""The pages of papers and their templates."""
