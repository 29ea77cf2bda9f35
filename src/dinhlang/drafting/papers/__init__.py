"""Papers of every day: reports, decisions, letters, minutes, each filled from what is known."""
