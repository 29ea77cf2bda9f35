"""Questions about plans. Every one starts from the person who asks."""
