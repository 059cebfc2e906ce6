"""Each a name of `trellis`."""
