"""Search as people type names: a beginning, any order, a slip of the fingers. The same on both databases.

Each distinct word of the names is a token; a posting says which organisation's names hold it; a token's trigrams find
it when it is misspelt. `index` keeps all that up to date, `find` reads it.
"""

from trellis.organisations.search.finding import Found, find
from trellis.organisations.search.indexing import index, index_new, recount

__all__ = ["Found", "find", "index", "index_new", "recount"]
