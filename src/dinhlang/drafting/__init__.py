"""Papers made in the program: the yearly plan from the gaps, and the papers of every day."""
