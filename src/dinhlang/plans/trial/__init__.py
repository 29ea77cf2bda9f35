"""Reading a paper without an account: nothing is kept longer than two hours."""
