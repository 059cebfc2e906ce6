"""Keeping the index: what each organisation is found by, written in bulk."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Count, IntegerField, Model, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from trellis.core.many import among
from trellis.organisations.models import (
    Organisation,
    OrganisationName,
    OwnValues,
    SearchEntry,
    SearchName,
    SearchPosting,
    SearchToken,
    SearchTrigram,
)
from trellis.organisations.search.words import folded, number, plain, telling, trigrams

LONGEST_NAME = 100


@dataclass(frozen=True)
class Entry:
    """What one organisation is found by: the folded words of its name, then of each other name."""

    names: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Entry":
        """An entry as it is stored."""
        return cls(tuple(text.split("\n")) if text else ())

    @property
    def text(self) -> str:
        """The entry as it is stored: a line for each name."""
        return "\n".join(self.names)

    @cached_property
    def size(self) -> int:
        """How many telling words its own name has: short names come first among equals."""
        return min(len(telling(self.names[0].split())), LONGEST_NAME) if self.names else 0

    @cached_property
    def words(self) -> set[str]:
        """Every telling word of every name."""
        return {word for name in self.names for word in telling(name.split())}

    @property
    def numbers(self) -> set[int]:
        """The number of each whole name."""
        return {number(plain(name.split())) for name in self.names}

    def postings(self, organisation_id: int) -> Iterator[tuple[int, int, int]]:
        """The rows by which its words lead to it."""
        size = self.size
        return ((number(word), size, organisation_id) for word in self.words)


def index(organisation_ids: list[int]) -> None:
    """Bring the index up to date with the names of some organisations; call it in the transaction that wrote them.

    Names that have not changed cost one read. Organisations that were merged into another are found by the one that
    stands, which is brought up to date with them. `recount` is due after many changes.
    """
    with transaction.atomic():
        organisation_ids = _with_survivors(organisation_ids)
        new = _names_of(organisation_ids)
        old = _stored(organisation_ids)
        changed = [pk for pk in organisation_ids if new[pk] != old.get(pk)]
        _remove({pk: old[pk] for pk in changed if pk in old})
        _write({pk: new[pk] for pk in changed})


def index_new(names: Mapping[int, str]) -> None:
    """Index organisations that were only just added, given their only names by id: there is nothing to read."""
    with transaction.atomic():
        _write({pk: Entry((" ".join(folded(name)),)) for pk, name in names.items()})


def _write(entries: Mapping[int, Entry]) -> None:
    add_words({word for entry in entries.values() for word in entry.words})
    insert(SearchPosting, (row for pk, entry in entries.items() for row in entry.postings(pk)))
    insert(SearchName, ((name, pk) for pk, entry in entries.items() for name in entry.numbers))
    insert(SearchEntry, ((pk, entry.text) for pk, entry in entries.items()))


def add_words(words: Iterable[str]) -> None:
    """Make tokens of the words that are new.

    In the order of their numbers: on PostgreSQL two writers who add the same words then wait for one another in the
    same order, and never in a ring.
    """
    numbered = {number(word): word for word in words}
    known = set(SearchToken.objects.filter(id__in=numbered).values_list("id", flat=True))
    new = sorted(numbered.keys() - known)
    insert(SearchToken, ((pk, numbered[pk], 1) for pk in new))
    insert(SearchTrigram, ((part, len(numbered[pk]), pk) for pk in new for part in sorted(trigrams(numbered[pk]))))


def insert(model: type[Model], rows: Iterable[tuple]) -> None:
    """Insert rows (values in the order of the model's fields), leaving those that are there.

    In SQL that both databases speak: making a model of each row costs twenty times as much as storing it, and a
    register has millions.
    """
    columns = [field.column for field in model._meta.local_fields if field.column]
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(  # the names are the model's own; every value is a parameter
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608 names of our own tables
            list(rows),
        )


def recount() -> None:
    """Count how many organisations use each word: what tells a rare word from a common one.

    Search is right without it, and slower: a new word counts as rare until then. One statement, after an import.
    """
    uses = SearchPosting.objects.filter(token_id=OuterRef("id")).order_by().values("token_id")
    counted = Subquery(uses.annotate(n=Count("organisation_id")).values("n"), output_field=IntegerField())
    SearchToken.objects.update(uses=Coalesce(counted, 0))


def named(names: Collection[str]) -> list[int]:
    """The organisations that stand and go by one of some names (words.plain), themselves or by what was merged."""
    found = SearchName.objects.filter(number__in=among({number(name) for name in names}))
    return list(found.values_list("organisation_id", flat=True).distinct())


def _stored(organisation_ids: list[int]) -> dict[int, Entry]:
    """What each organisation is found by at present."""
    entries = SearchEntry.objects.filter(organisation_id__in=organisation_ids)
    return {pk: Entry.read(text) for pk, text in entries.values_list("organisation_id", "text")}


def _remove(entries: dict[int, Entry]) -> None:
    """Forget what organisations were found by."""
    for pk, entry in entries.items():
        numbers = [number(word) for word in entry.words]
        SearchPosting.objects.filter(token_id__in=numbers, size=entry.size, organisation_id=pk).delete()
        SearchName.objects.filter(number__in=entry.numbers, organisation_id=pk).delete()
    SearchEntry.objects.filter(organisation_id__in=entries).delete()


def _with_survivors(organisation_ids: list[int]) -> list[int]:
    """The organisations, and those that stand for them."""
    stands = Organisation.objects.filter(id__in=organisation_ids).values_list(
        Coalesce("merged_into_id", "id"), flat=True
    )
    return list(dict.fromkeys([*organisation_ids, *stands]))


def _names_of(organisation_ids: list[int]) -> dict[int, Entry]:
    """Every name that each organisation should be found by, those merged into it included; none for one of those."""
    names: dict[int, list[str]] = {pk: [] for pk in organisation_ids}
    listed = Organisation.objects.listed().filter(id__in=organisation_ids)
    for pk, name in listed.values_list("id", "name"):
        names[pk].append(name)
    here = Q(organisation__in=organisation_ids) | Q(organisation__merged_into__in=organisation_ids)
    others = OrganisationName.objects.filter(here).order_by("id")
    merged = Organisation.objects.filter(merged_into__in=organisation_ids).order_by("id")
    for pk, name in [
        *OwnValues.objects.filter(pk__in=organisation_ids).values_list("pk", "values__name"),
        *merged.values_list(Coalesce("merged_into_id", "id"), "name"),
        *others.values_list(Coalesce("organisation__merged_into_id", "organisation_id"), "name"),
    ]:
        if names.get(pk):
            names[pk].append(name)
    return {pk: Entry(tuple(dict.fromkeys(" ".join(folded(name)) for name in own))) for pk, own in names.items()}
