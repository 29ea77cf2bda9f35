"""What can be done with plans; every verb checks the permission and writes the audit line."""
