"""Search as people type names: a beginning, any order, a slip of the fingers. The same on both databases.

Each distinct word of the names is a token; a posting says which organisation's names hold it; a token's trigrams find
it when it is misspelt. A whole name has a number too, by which an import finds who goes by it. `index` keeps all that
up to date, `find` reads it; `answer` knows places too.
"""

from trellis.organisations.search.answering import FARTHEST_MILES, answer
from trellis.organisations.search.finding import Found, find
from trellis.organisations.search.indexing import index, index_new, named, recount

__all__ = ["FARTHEST_MILES", "Found", "answer", "find", "index", "index_new", "named", "recount"]
