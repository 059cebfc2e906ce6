"""The settings for Splink: which columns are compared, and how."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, partial
from math import log2
from pathlib import Path

import numpy as np
import pyarrow as pa

from trellis.organisations.linkage import blocking, sharing
from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Name, Vocabulary, telling_initials

BITS_A_MARK = 3_000  # thousandths of bits that one mark of a word stands for
MOST_MARKS, MARKS = 5, 8  # marks of a word, and how far apart the numbers of two words are
HERE = 3  # the level of place from which two rows are at one address
EXPECTED = 1e-4  # two rows drawn at random are one organisation, to begin with
GIVEN = tomllib.loads(Path(__file__).with_name("comparisons.toml").read_text(encoding="utf-8"))
NAMES = ("name", "place", "phone", "web", "number")
DUCKDB, SPARK = "duckdb", "spark"
# How the two ask how many marks two rows share, what the lesser has of them, and whether two lists share anything.
OVERLAP = {DUCKDB: "shared_marks(l.marks, r.marks)", SPARK: "size(array_intersect(l.marks, r.marks))"}
LEAST = {DUCKDB: "least(l.weight, r.weight)", SPARK: "least(size(l.marks), size(r.marks))"}
SHARE = {DUCKDB: "list_has_any(l.{0}, r.{0})", SPARK: "arrays_overlap(l.{0}, r.{0})"}
FEW_WORDS = 6  # that are looked for one by one, which takes a quarter of the time of a list's intersection


def settings(dialect: str = DUCKDB, kept: Sequence[str] = ()) -> dict:
    """The settings as Splink takes them, in the SQL of an engine. `kept`: columns of both rows that pairs come with."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "number",
        "probability_two_random_records_match": EXPECTED,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": list(kept),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.keys = r.keys", "sql_dialect": dialect, "arrays_to_explode": ["keys"]}
        ],
        "comparisons": [_comparison(name, dialect) for name in NAMES],
    }


def _comparison(name: str, dialect: str) -> dict:
    unknown = {
        "sql_condition": _written(GIVEN["unknown"][name], dialect),
        "label_for_charts": "unknown",
        "is_null_level": True,
    }
    levels = [
        {
            "sql_condition": _written(level.get("sql", "ELSE"), dialect),
            "label_for_charts": level["words"],
            "m_probability": level["m"],
            "u_probability": level["u"],
        }
        for level in reversed(GIVEN[name])
    ]
    return {"output_column_name": name, "comparison_levels": [unknown, *levels]}


def _written(sql: str, dialect: str) -> str:
    """A condition in the words of an engine, as Splink writes it: postcode_l for l.postcode."""
    share = SHARE[dialect]
    sql = sql.format(
        overlap=OVERLAP[dialect],
        least=LEAST[dialect],
        same_name=share.format("called"),
        streets=share.format("streets"),
    )
    return re.sub(r"\b([lr])\.(\w+)", r"\2_\1", sql)


def level_of(name: str, weights: np.ndarray) -> np.ndarray:
    """The level of each pair in one comparison, by the weight that Splink gives back; -1 where nothing was known."""
    known = np.array([0.0, *(log2(level["m"] / level["u"]) for level in GIVEN[name])])
    order = np.argsort(known, kind="stable")
    between = (known[order][1:] + known[order][:-1]) / 2
    return order[np.searchsorted(between, weights)] - 1


def shared_marks() -> str:
    """What DuckDB is told of `shared_marks`: of two lists of words, the sum of the marks of those that are in both."""
    one_by_one = (
        f"case when list_contains(a, b[{at}]) then b[{at}] % {MARKS} else 0 end" for at in range(1, FEW_WORDS + 1)
    )
    rest = f"list_sum(list_transform(list_intersect(a, b[{FEW_WORDS + 1}:]), lambda word: word % {MARKS}))"
    more = f"case when len(b) > {FEW_WORDS} then coalesce({rest}, 0) else 0 end"
    return f"create macro shared_marks(a, b) as {' + '.join([*one_by_one, more])}"


def table(rows: Sequence[Record], names: Sequence[tuple[Name, ...]], known: Vocabulary) -> pa.Table:
    """The rows with the columns that are compared, as DuckDB takes them: `marks` has each word as one number."""
    held = blocking.keys(rows, names, known)
    begins = np.cumsum(np.bincount(held.rows + 1, minlength=len(rows) + 1))
    weighed = cache(partial(_weighed, words=words_and_marks(known)))
    marks = [weighed(its) for its in names]
    found: dict[str, list] = {"number": list(range(len(rows))), "marks": marks, **cells(rows)}
    found["weight"] = [some and sum(word % MARKS for word in some) for some in marks]
    found |= {column: sharing.shared(rows, names, value) for column, value in SHARED.items()}
    made = {name: pa.array(values, TYPES.get(name, pa.string())) for name, values in found.items()}
    made["keys"] = pa.ListArray.from_arrays(begins.astype(np.int32), held.keys.astype(np.int32))
    made["called"] = _numbered(pa.array([list(called(its)) for its in names], TYPES["called"]))
    return pa.table(made | {"streets": _numbered(made["streets"])})


def _numbered(lists: pa.ListArray) -> pa.ListArray:
    """Lists with each text in them as one number."""
    numbers = lists.values.dictionary_encode().indices
    return pa.ListArray.from_arrays(lists.offsets, numbers, mask=lists.is_null())


def words_and_marks(known: Vocabulary) -> dict[str, int]:
    """Each word as a number that has at its end how many marks it has: the more, the rarer it is."""
    return {
        word: MARKS * number + min(max(round(known.bits(word) / BITS_A_MARK), 1), MOST_MARKS)
        for number, word in enumerate(known.words())
    }


def marks(known: Vocabulary) -> dict[str, list[int]]:
    """The marks of each word, each a number."""
    return {word: [one - mark for mark in range(one % MARKS)] for word, one in words_and_marks(known).items()}


def columns(rows: Sequence[Record], names: Sequence[tuple[Name, ...]], marks: dict[str, list[int]]) -> dict[str, list]:
    """The columns that are compared, as far as each row has them by itself."""
    return {
        "marks": [[mark for word in words_of(its) for mark in marks[word]] or None for its in names],
        "called": [list(called(its)) for its in names],
        **cells(rows),
    }


def cells(rows: Sequence[Record]) -> dict[str, list]:
    """The columns that are compared and do not come from names."""
    found: dict[str, list] = {
        "streets": [list(row.streets) or None for row in rows],
        "town": [" ".join(row.town) or None for row in rows],
        "letters": ["".join(sorted(row.postcode)) or None for row in rows],
        "contact": [1 if row.email or row.website or row.domain else None for row in rows],
    }
    for field in AS_THEY_ARE:
        found[field] = [getattr(row, field) or None for row in rows]
    return found


AS_THEY_ARE = (
    "postcode", "sector", "district", "phone", "email", "mail_domain", "website", "domain", "charity", "company",
)  # fmt: skip
SHARED = {
    "postcode_shared": lambda row: row.postcode,
    "street_shared": lambda row: row.streets and f"{row.streets[0]} {row.district or row.town}",
    "phone_shared": lambda row: row.phone,
    "email_shared": lambda row: row.email,
    "website_shared": lambda row: row.website,
    "domain_shared": lambda row: row.domain,
    "mail_shared": lambda row: row.mail_domain,
}
TYPES = {
    "number": pa.int32(), "contact": pa.int8(), "weight": pa.int16(), "marks": pa.list_(pa.int32()),
    "called": pa.list_(pa.string()), "streets": pa.list_(pa.string()), **dict.fromkeys(SHARED, pa.int8()),
}  # fmt: skip


def words_of(its: tuple[Name, ...]) -> Sequence[str]:
    """The words of a row's names, each once."""
    return its[0].words if len(its) == 1 else sorted({word for name in its for word in name.words})


def called(its: tuple[Name, ...]) -> set[str]:
    """What a row's names are as a whole, and their initials: rows that share one have the same name."""
    whole = {" ".join(sorted(name.telling)) for name in its}
    return whole.union(*map(telling_initials, its))


def _weighed(its: tuple[Name, ...], words: dict[str, int]) -> list[int] | None:
    return [words[word] for word in words_of(its)] or None
