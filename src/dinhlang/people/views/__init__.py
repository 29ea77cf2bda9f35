"""The pages of this app. Each view asks a selector or calls a service, and renders."""
