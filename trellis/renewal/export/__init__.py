"""A contract as files in open formats, for whoever comes next: no people are in them; texts may name somebody."""
