"""Tables that later steps begin from, as they are and in two places."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def settled(table: "DataFrame") -> "DataFrame":
    """The table, worked out and kept by the workers, each part by two of them where there are two.

    A plan that grows by each step is soon too long to be read in good time, and an order made anew may part rows
    otherwise. A second copy, because what a lost worker held alone could not be worked out again from here.
    """
    from pyspark import StorageLevel

    return table.localCheckpoint(eager=True, storageLevel=StorageLevel.MEMORY_AND_DISK_2)
