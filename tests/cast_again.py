"""The cast, put into the database as it was made the first time: most tests begin with it.

To make it through models takes as long as many a test. So its rows are kept, and go in again with one statement for
each table. The numbers of the rows are those of the first time, which no row made since has: a sequence of PostgreSQL
never goes back, and SQLite counts on from the highest. What a test made before it asked for the cast may have them on
SQLite; then the cast is made anew.
"""

import pickle
from collections.abc import Iterator
from functools import cache

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models.sql import InsertQuery

from tests.cast import Cast, assemble


def cast_again() -> Cast:
    """The cast, in the database."""
    if _first.cache_info().currsize == 0:
        return pickle.loads(_first()[0])
    kept, statements = _first()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, values in statements:
                cursor.execute(sql, values)
    except IntegrityError:
        return assemble()
    return pickle.loads(kept)


@cache
def _first() -> tuple[bytes, list[tuple[str, tuple | None]]]:
    """Make the cast; it, and the statements that put the same rows there again."""
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _tables()}
    made = assemble()
    statements: list[tuple[str, tuple | None]] = []
    for model, known in before.items():
        rows = [row for row in model._base_manager.order_by("pk") if row.pk not in known]
        if rows:
            query = InsertQuery(model)
            stored = [field for field in model._meta.concrete_fields if not field.generated]
            query.insert_values(stored, rows, raw=True)
            statements += query.get_compiler(connection=connection).as_sql()
    if connection.vendor == "postgresql":  # all at once: there and back takes longer than the rest
        statements = [(";".join(connection.ops.compose_sql(*one) for one in statements), None)]
    return pickle.dumps(made), statements


def _tables() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)


@pytest.fixture
def cast(request, db) -> Cast:
    """The cast, for a test that is rolled back."""
    if request.node.get_closest_marker("real_time"):
        return assemble()  # its people join on that day
    return cast_again()
