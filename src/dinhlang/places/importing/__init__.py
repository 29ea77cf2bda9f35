"""Lists of units, of successions and of boundaries: read, checked row by row, written whole."""
