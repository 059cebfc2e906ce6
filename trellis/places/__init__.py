"""Districts, postcodes and distance."""
