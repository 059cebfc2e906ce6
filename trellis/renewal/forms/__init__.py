"""What is asked in this area."""
