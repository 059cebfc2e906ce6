"""Which rows of lists are one organisation: blocked and compared by Splink, told apart by a model that needs no labels.

Pure: rows in, pairs and clusters out. No database, and nothing heavy is loaded before `link` is called.
"""

from trellis.organisations.linkage.links import Evidence, Linkage, Pair

__all__ = ["Evidence", "Linkage", "Pair"]
