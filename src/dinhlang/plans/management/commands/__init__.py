"""Commands of the plan reader."""
