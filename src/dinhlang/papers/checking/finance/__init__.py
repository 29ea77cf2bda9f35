"""Money: sources, needs, the balance, money that comes too late."""
