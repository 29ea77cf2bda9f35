"""Questions about verdicts: of one unit, of many, over time, and what plans claim."""
