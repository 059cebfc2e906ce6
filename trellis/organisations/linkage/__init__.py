"""Which rows of lists are one organisation: blocked and compared by Splink, told apart by a model that needs no labels.

Pure: rows in, pairs and clusters out. No database, and nothing heavy is loaded before `link` is called.
"""

from typing import TYPE_CHECKING

from trellis.organisations.linkage.links import Evidence, Linkage, Pair

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Evidence", "Linkage", "Pair", "link"]


def link(
    records: "pa.Table",
    *,
    engine: str = "duckdb",
    master: str | None = None,
    seed: int = 1,
    threshold: float | None = None,
) -> Linkage:
    """Link rows that are one organisation.

    `records` has a column `id` and any of name, other_names (parted by "; "), postcode, address, town, phone, email,
    website, charity_no and company_no; all text, empty or null where not known. `engine` is `duckdb`, or `spark` with
    the address of its `master`. `threshold` is the probability from which a link is certain; without one it is set so
    that links are expected to be right in 95 of 100 cases. The same rows give the same answer, in whatever order they
    come; `seed` starts what is drawn by chance.
    """
    from trellis.organisations.linkage import linking
    from trellis.organisations.linkage.records import FIELDS

    nothing = dict.fromkeys(FIELDS)
    rows = [nothing | row for row in records.to_pylist()]
    return linking.linked(rows, engine=engine, master=master, threshold=threshold)
