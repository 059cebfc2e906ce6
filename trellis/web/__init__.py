"""How pages look; nothing here knows the domain."""
