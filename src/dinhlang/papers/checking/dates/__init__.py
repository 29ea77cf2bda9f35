"""What is dated, and dates against one another."""
