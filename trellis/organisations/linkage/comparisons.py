"""The settings for Splink: which columns are compared, and how."""

import re
import tomllib
from collections.abc import Sequence
from math import log2
from pathlib import Path

import numpy as np
import pyarrow as pa

from trellis.organisations.linkage import blocking, sharing
from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Name, Vocabulary

BITS_A_MARK = 3_000  # thousandths of bits that one mark of a word stands for
MOST_MARKS = 5
HERE = 3  # the level of place from which two rows are at one address
EXPECTED = 1e-4  # two rows drawn at random are one organisation, to begin with
GIVEN = tomllib.loads(Path(__file__).with_name("comparisons.toml").read_text(encoding="utf-8"))
NAMES = ("name", "place", "phone", "web", "number")
DUCKDB, SPARK = "duckdb", "spark"
# What the two call the number of things that two lists share, whether they share any, and the number of those in one.
OVERLAP = {DUCKDB: "len(list_intersect(l.{0}, r.{0}))", SPARK: "size(array_intersect(l.{0}, r.{0}))"}
SHARE = {DUCKDB: "len(list_intersect(l.{0}, r.{0})) > 0", SPARK: "arrays_overlap(l.{0}, r.{0})"}
LENGTH = {DUCKDB: "len", SPARK: "size"}


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
    overlap, share, length = OVERLAP[dialect], SHARE[dialect], LENGTH[dialect]
    sql = sql.format(
        overlap=overlap.format("marks"),
        least=f"least({length}(l.marks), {length}(r.marks))",
        same_name=share.format("called"),
        streets=share.format("streets"),
    )
    return re.sub(r"\b([lr])\.(\w+)", r"\2_\1", sql)


def level_of(name: str, weights: np.ndarray) -> np.ndarray:
    """The level of each pair in one comparison, by the weight that Splink gives back; -1 where nothing was known."""
    known = np.array([0.0, *(log2(level["m"] / level["u"]) for level in GIVEN[name])])
    return np.abs(weights[:, None] - known).argmin(axis=1) - 1


def table(rows: Sequence[Record], names: Sequence[tuple[Name, ...]], known: Vocabulary) -> pa.Table:
    """The rows with the columns that are compared."""
    found: dict[str, list] = {"number": list(range(len(rows))), "keys": blocking.keys(rows, names, known)}
    found |= columns(rows, names, marks(known))
    found |= {column: sharing.shared(rows, names, value) for column, value in SHARED.items()}
    return pa.table({name: pa.array(values, TYPES.get(name, pa.string())) for name, values in found.items()})


def marks(known: Vocabulary) -> dict[str, list[int]]:
    """The marks of each word: the more, the rarer it is."""
    return {
        word: [8 * number + mark for mark in range(min(max(round(known.bits(word) / BITS_A_MARK), 1), MOST_MARKS))]
        for number, word in enumerate(known.words())
    }


def columns(rows: Sequence[Record], names: Sequence[tuple[Name, ...]], marks: dict[str, list[int]]) -> dict[str, list]:
    """The columns that are compared, as far as each row has them by itself."""
    found: dict[str, list] = {
        "marks": [_marks(its, marks) for its in names],
        "streets": [list(row.streets) or None for row in rows],
        "called": [list(_called(its)) for its in names],
        "town": [" ".join(row.town) or None for row in rows],
        "letters": ["".join(sorted(row.postcode)) or None for row in rows],
        "contact": [1 if row.email or row.website or row.domain else None for row in rows],
    }
    for field in (
        "postcode",
        "sector",
        "district",
        "phone",
        "email",
        "mail_domain",
        "website",
        "domain",
        "charity",
        "company",
    ):
        found[field] = [getattr(row, field) or None for row in rows]
    return found


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
    "number": pa.int32(), "contact": pa.int8(), "keys": pa.list_(pa.int32()), "marks": pa.list_(pa.int32()),
    "called": pa.list_(pa.string()), "streets": pa.list_(pa.string()), **dict.fromkeys(SHARED, pa.int8()),
}  # fmt: skip


def _marks(its: tuple[Name, ...], marks: dict[str, list[int]]) -> list[int] | None:
    words = its[0].words if len(its) == 1 else sorted({word for name in its for word in name.words})
    return [mark for word in words for mark in marks[word]] or None


def _called(its: tuple[Name, ...]) -> set[str]:
    whole = {" ".join(sorted(name.telling)) for name in its}
    return whole.union(*(name.initials for name in its))
