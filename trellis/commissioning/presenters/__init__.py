"""The tapered budget in words and rows."""
