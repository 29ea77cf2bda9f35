"""The pages of plans. Each view asks a selector or calls a service, and renders."""
