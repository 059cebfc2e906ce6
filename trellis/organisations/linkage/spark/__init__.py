"""Linkage on Apache Spark: the same rows give the same links as on DuckDB, however many workers share them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trellis.organisations.linkage.links import Linkage
from trellis.organisations.linkage.listing import summary

if TYPE_CHECKING:
    import pyarrow as pa


def linked(records: "pa.Table", *, threshold: float | None, master: str) -> Linkage:
    """The linkage of rows by the cluster whose master it is. Raises RuleBroken where the cluster cannot be had."""
    from trellis.organisations.linkage.spark import answers, finding, session

    with session.session(master) as started:
        found = finding.found(started.createDataFrame(records), records.num_rows, threshold)
        return answers.linkage(found, list(map(str, records["id"].to_pylist())))


def link_file(source: str, output: str, *, said: Sequence[str], threshold: float | None, master: str) -> str:
    """Link the rows of a Parquet file, or of a folder of them, and write them to a folder of such files with what was
    found about each; and a sentence about the whole. The workers read and write: all of them must see both paths.

    Raises RuleBroken where that cannot be done.
    """
    from trellis.organisations.linkage.spark import answers, finding, listing, lists, session

    with session.session(master) as started:
        given = lists.read(started, source)
        records = lists.records(given, source, said)
        found = finding.found(records, given.count(), threshold)
        lists.write(given, listing.told(found, records), output)
        rows, organisations = lists.counts(started, output)
        return summary(rows, organisations, answers.expected_precision(found))
