"""What the authority wants, how it can tell, and what it can spend."""
