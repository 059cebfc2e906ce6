"""A contract as files in open formats, for whoever comes next: no personal data is in them."""
