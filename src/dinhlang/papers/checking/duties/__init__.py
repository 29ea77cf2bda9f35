"""Who leads, who takes part, who reports to whom."""
