"""The year's work: tasks, who has them, what they wait for, and who is reminded when."""
