"""The project: its settings, its routes, its ASGI entry, and the one shape of a mail."""
