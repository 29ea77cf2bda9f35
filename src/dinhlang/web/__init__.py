"""The web project: settings, addresses, middleware, shared templates and assets."""
