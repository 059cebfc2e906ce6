"""Which rows are worth comparing: those that share a key that few others have."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, count
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Name, Vocabulary, telling_initials

MOST = 16  # rows that share a key and are all compared with each other
PARTED = "nceu"  # kinds of keys that are split where too many have them: names, numbers, mailboxes, sites
SHORT = 6  # letters of a word that may be initials
ROW_BITS = 32  # that the number of a row has below that of a key, where both are one
OWN_SIGNS = str.maketrans("|#", "  ")  # what a longer key and a part of one are written with, on Spark


class Held(NamedTuple):
    """Which rows have which keys, one of each in a place, both by their numbers: a list has millions of them."""

    rows: np.ndarray
    keys: np.ndarray

    def where(self, some: np.ndarray) -> "Held":
        """Those at some places, or in that order."""
        return Held(self.rows[some], self.keys[some])


def keys(rows: Sequence[Record], names: Sequence[tuple[Name, ...]], known: Vocabulary) -> Held:
    """The keys that each row shares with others, in the order of the rows.

    A key of too many rows gives way to longer ones, or to neighbours in order. Keys of the very same rows are one.
    """
    first, texts = _numbered(first_keys(rows, names, known))
    met = np.bincount(first.keys, minlength=len(texts))[first.keys]
    longer, begin = _longer(first.where(met > MOST), texts, names, known)
    met_again = np.bincount(longer.keys, minlength=len(begin))[longer.keys]
    many = longer.where((met_again > MOST) & np.array([text[0] in PARTED for text in texts], bool)[begin][longer.keys])
    parts = _parted(many, names)
    return _once(first.where(met <= MOST), longer.where(met_again <= MOST), parts)


def first_keys(rows: Iterable[Record], names: Iterable[tuple[Name, ...]], known: Vocabulary) -> Iterator[set[str]]:
    """The keys of each row, however many others have them too."""
    of_name = cache(lambda name: tuple(_name_keys(name, known)))
    for row, its in zip(rows, names, strict=True):
        some = {*_contact_keys(row), *_local_keys(row, its, known)}
        for name in its:
            some.update(of_name(name))
        yield some


def _numbered(found: Iterable[set[str]]) -> tuple[Held, list[str]]:
    """The keys of rows by their numbers, and what each number stands for."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    flat, lengths = array("i"), array("i")
    for some in found:
        flat.extend(map(numbers.__getitem__, some))
        lengths.append(len(some))
    rows = np.repeat(np.arange(len(lengths)), np.frombuffer(lengths, np.intc))
    return Held(rows, np.frombuffer(flat, np.intc)), list(numbers)


def _longer(
    crowded: Held, texts: Sequence[str], names: Sequence[tuple[Name, ...]], known: Vocabulary
) -> tuple[Held, np.ndarray]:
    """In place of each key that too many rows have, that key with each telling word of the row's names; and for each
    longer key the one that it begins with.
    """
    may = np.array([text[0] != "w" or " " in text for text in texts], bool)
    crowded = crowded.where(may[crowded.keys])
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    of_names = cache(lambda its: [numbers[word] for word in lengthening(its, known)])
    words = pa.array(map(of_names, names), pa.list_(pa.int32())).take(pa.array(crowded.rows))
    at = pc.list_parent_indices(words).to_numpy()
    both = crowded.keys[at].astype(np.int64) * len(numbers) + pc.list_flatten(words).to_numpy()
    told_apart = pa.array(both).dictionary_encode()
    begin = told_apart.dictionary.to_numpy() // max(len(numbers), 1)
    return Held(crowded.rows[at], told_apart.indices.to_numpy()), begin


def lengthening(its: tuple[Name, ...], known: Vocabulary) -> list[str]:
    """The words that make a row's keys longer, each once; and initials, for rows that have only those."""
    return list(dict.fromkeys(word for name in its for word in (*known.rarest(name), *telling_initials(name))))


def _parted(many: Held, names: Sequence[tuple[Name, ...]]) -> Held:
    """Split keys that are still of too many rows: rows near each other in the order of their names share a part."""
    rows = np.unique(many.rows)
    rank = np.zeros(len(names), int)
    rank[sorted(rows.tolist(), key=lambda number: in_order(names[number]))] = np.arange(len(rows))
    many = many.where(np.lexsort((rank[many.rows], many.keys)))
    _, starts, lengths = np.unique(many.keys, return_index=True, return_counts=True)
    part = 2 * (np.arange(len(many.keys)) - np.repeat(starts, lengths)) // MOST
    parts = many.keys.astype(np.int64) * (len(names) + 1) + part
    numbers = pa.array(np.concatenate([parts, parts + 1])).dictionary_encode().indices.to_numpy()
    return Held(np.tile(many.rows, 2), numbers)


def in_order(its: tuple[Name, ...]) -> list[list[str]]:
    """What rows are put in the order of, by their names."""
    return [sorted(name.words) for name in its]


def _once(*parts: Held) -> Held:
    """What is held in one part or the other, by keys that several rows have; of keys of the very same rows one."""
    begins = np.cumsum([0, *(part.keys.max(initial=-1) + 1 for part in parts)])
    both = np.concatenate(
        [part.keys + begin << ROW_BITS | part.rows for part, begin in zip(parts, begins[:-1], strict=True)]
    )
    both.sort()
    keys, rows = both >> ROW_BITS, (both & (1 << ROW_BITS) - 1).astype(np.int32)
    _, starts, lengths = np.unique(keys, return_index=True, return_counts=True)
    ends, content = (starts + lengths) * rows.itemsize, rows.tobytes()
    spans = zip((starts * rows.itemsize).tolist(), ends.tolist(), strict=True)
    first = {content[start:end]: number for number, (start, end) in enumerate(spans)}
    kept = np.zeros(len(starts), bool)
    kept[list(first.values())] = True
    some = np.repeat(kept & (lengths > 1), lengths)
    by_row = np.argsort(rows[some], kind="stable")
    return Held(rows[some][by_row], np.repeat(np.arange(len(starts)), lengths)[some][by_row])


def _contact_keys(row: Record) -> Iterator[str]:
    contacts = (
        ("p", row.postcode), ("t", row.phone), ("e", row.email), ("u", row.website), ("c", row.charity),
        ("o", row.company), ("d", row.domain or row.mail_domain),
    )  # fmt: skip
    for kind, value in contacts:
        if value:
            yield f"{kind}:{value}" if value.isalnum() else f"{kind}:{value.translate(OWN_SIGNS)}"
    for street in row.streets:
        if street[0].isdigit():
            yield f"s:{street}"


def _local_keys(row: Record, names: tuple[Name, ...], known: Vocabulary) -> Iterator[str]:
    words = [word for name in names for word in known.rarest(name)[:3]]
    for place in {row.district, " ".join(row.town)} - {""}:
        for word in words:
            yield f"w:{word} {place}"


def _name_keys(name: Name, known: Vocabulary) -> Iterator[str]:
    some = known.rarest(name)
    yield "n:" + " ".join(sorted(name.telling))
    yield "k:" + "".join(name.words)[:12]
    yield from (f"i:{letters}" for letters in telling_initials(name))
    yield from (f"i:{word}" for word in name.words if len(word) <= SHORT)
    yield from (f"w:{word}" for word in some)
    yield from (f"w:{one} {other}" for one, other in combinations(sorted(some), 2))
