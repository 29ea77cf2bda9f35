"""The committee's meetings: agenda, minutes, and decisions that become tasks."""
