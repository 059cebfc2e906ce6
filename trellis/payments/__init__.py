"""What the authority owes for a quarter, and who said that it may be paid."""
