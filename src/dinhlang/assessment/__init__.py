"""The board: what is met and why, what is missing, what the plan claims, snapshots that stay."""
