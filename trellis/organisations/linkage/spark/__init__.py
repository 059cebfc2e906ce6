"""Linkage on Apache Spark: the same rows give the same links as on DuckDB, however many workers share them."""

from typing import TYPE_CHECKING

from trellis.organisations.linkage.links import Linkage

if TYPE_CHECKING:
    import pyarrow as pa


def linked(records: "pa.Table", *, threshold: float | None, master: str) -> Linkage:
    """The linkage of rows by the cluster whose master it is. Raises RuleBroken where the cluster cannot be had."""
    from trellis.organisations.linkage.spark import answers, finding, session

    with session.session(master) as started:
        found = finding.found(started.createDataFrame(records), records.num_rows, threshold)
        return answers.linkage(found, list(map(str, records["id"].to_pylist())))
