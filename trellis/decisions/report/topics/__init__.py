"""What the data say, a file per topic: each has `facts(decision, commission, on)`."""
