"""Template filters of the plan reader."""
