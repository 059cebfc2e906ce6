"""Which rows are worth comparing: those that share a key that few others have."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, combinations

from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Name, Vocabulary

MOST = 16  # rows that share a key and are all compared with each other
PARTED = "nceu"  # kinds of keys that are split where too many have them: names, numbers, mailboxes, sites
SHORT = 6  # letters of a word that may be initials


def keys(rows: Sequence[Record], names: Sequence[tuple[Name, ...]], known: Vocabulary) -> list[list[int]]:
    """The numbers of each row's keys. A key of too many rows gives way to longer ones, or to neighbours in order."""
    found = list(first_keys(rows, names, known))
    counted = Counter(chain.from_iterable(found))
    counted.update(chain.from_iterable(longer := _longer(found, _crowded(counted), names, known)))
    for some, more in zip(found, longer, strict=True):
        some |= more
    counted.update(_part(found, _crowded(counted), names))
    numbers: dict[str, int] = {}
    return [[numbers.setdefault(key, len(numbers)) for key in some if counted[key] > 1] for some in found]


def first_keys(rows: Iterable[Record], names: Iterable[tuple[Name, ...]], known: Vocabulary) -> Iterator[set[str]]:
    """The keys of each row, however many others have them too."""
    of_name = cache(lambda name: tuple(_name_keys(name, known)))
    for row, its in zip(rows, names, strict=True):
        yield {*_contact_keys(row), *(key for name in its for key in of_name(name)), *_local_keys(row, its, known)}


def _longer(
    found: list[set[str]], crowded: set[str], names: Sequence[tuple[Name, ...]], known: Vocabulary
) -> list[set[str]]:
    """In place of each key that too many rows have, that key with each telling word of the row's names."""
    longer: list[set[str]] = []
    for some, its in zip(found, names, strict=True):
        many = some & crowded
        some -= many
        words = lengthening(its, known) if many else []
        longer.append({f"{key}|{word}" for key in many if key[0] != "w" or " " in key for word in words})
    return longer


def lengthening(its: tuple[Name, ...], known: Vocabulary) -> list[str]:
    """The words that make a row's keys longer, each once; and initials, for rows that have only those."""
    return list(dict.fromkeys(word for name in its for word in (*known.rarest(name), *name.initials)))


def _part(found: list[set[str]], crowded: set[str], names: Sequence[tuple[Name, ...]]) -> Iterator[str]:
    """Split keys that are still of too many rows: rows near each other in the order of their names share a part."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, some in enumerate(found):
        for key in some & crowded:
            some.discard(key)
            if key[0] in PARTED:
                members[key].append(number)
    for key, numbers in members.items():
        numbers.sort(key=lambda number: in_order(names[number]))
        for place, number in enumerate(numbers):
            part = 2 * place // MOST
            parts = (f"{key}#{part}", f"{key}#{part + 1}")
            found[number].update(parts)
            yield from parts


def in_order(its: tuple[Name, ...]) -> list[list[str]]:
    """What rows are put in the order of, by their names."""
    return [sorted(name.words) for name in its]


def _crowded(counted: Counter[str]) -> set[str]:
    return {key for key, count in counted.items() if count > MOST}


def _contact_keys(row: Record) -> Iterable[str]:
    contacts = (
        ("p", row.postcode), ("t", row.phone), ("e", row.email), ("u", row.website), ("c", row.charity),
        ("o", row.company), ("d", row.domain or row.mail_domain),
        *(("s", street) for street in row.streets if street[:1].isdigit()),
    )  # fmt: skip
    return (f"{kind}:{value}" for kind, value in contacts if value)


def _local_keys(row: Record, names: tuple[Name, ...], known: Vocabulary) -> Iterator[str]:
    for place in {row.district, " ".join(row.town)} - {""}:
        yield from (f"w:{word} {place}" for name in names for word in known.rarest(name)[:3])


def _name_keys(name: Name, known: Vocabulary) -> Iterator[str]:
    some = known.rarest(name)
    yield "n:" + " ".join(sorted(name.telling))
    yield "k:" + "".join(name.words)[:12]
    yield from (f"i:{letters}" for letters in name.initials)
    yield from (f"i:{word}" for word in name.words if len(word) <= SHORT)
    yield from (f"w:{word}" for word in some)
    yield from (f"w:{one} {other}" for one, other in combinations(sorted(some), 2))
