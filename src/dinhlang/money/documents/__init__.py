"""The papers of support and contributions: the list to sign, receipts, letters of thanks."""
