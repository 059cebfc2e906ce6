"""People, what they are to which organisation, and how they sign in."""
