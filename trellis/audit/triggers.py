"""Database triggers that refuse to change an append-only table, on SQLite and PostgreSQL.

SQLite drops a table's triggers when a migration rebuilds it: such a migration ends with `AppendOnly("…")` again, and
tests/test_append_only.py fails until it does.
"""

from django.apps import apps
from django.db import connection, models
from django.db.migrations.operations.base import Operation


class AppendOnly(Operation):
    """A migration's step: from here on the table takes new rows and nothing else.

    `deletable` tables may lose rows (a purge) but not change them. Running it again reinstalls what is missing.
    """

    reversible = True

    def __init__(self, name: str, deletable: bool = False):
        self.name, self.deletable = name, deletable

    def state_forwards(self, app_label, state):
        """Models do not change."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Install the triggers."""
        model = to_state.apps.get_model(app_label, self.name)
        for statement in installing(model, deletable=self.deletable, vendor=schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Remove them."""
        model = from_state.apps.get_model(app_label, self.name)
        for statement in removing(model, vendor=schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def describe(self):
        """What `trellis migrate --plan` says."""
        return f"Refuse to change rows of {self.name}"


def installing(model: type[models.Model], *, deletable: bool, vendor: str) -> list[str]:
    """The statements that put a model's triggers in place, whatever was there before."""
    statements = _on_sqlite if vendor == "sqlite" else _on_postgresql
    return removing(model, vendor=vendor) + statements(model, deletable)


def removing(model: type[models.Model], *, vendor: str) -> list[str]:
    """The statements that take a model's triggers away."""
    table = model._meta.db_table
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{name}"' for name in names(model, vendor=vendor)]
    return [
        *(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"' for name in names(model, vendor=vendor)),
        f'DROP FUNCTION IF EXISTS "{table}_refuses"()',
    ]


def names(model: type[models.Model], deletable: bool = False, vendor: str = "") -> list[str]:
    """The names of a model's triggers."""
    last = "replace" if (vendor or connection.vendor) == "sqlite" else "truncate"
    kinds = ("update", last) if deletable else ("update", "delete", last)
    return [f"{model._meta.db_table}_refuses_{kind}" for kind in kinds]


def append_only_models() -> list[type[models.Model]]:
    """Every model whose table must refuse change."""
    return [model for model in apps.get_models() if getattr(model, "is_append_only", False)]


def missing() -> list[tuple[str, str]]:
    """The triggers that ought to be there and are not, or are switched off: (table, trigger)."""
    present = _present()
    return [
        (model._meta.db_table, name)
        for model in append_only_models()
        for name in names(model, deletable=getattr(model, "is_deletable", False))
        if name not in present
    ]


def _present() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        )
        return {name for (name,) in cursor.fetchall()}


def _on_sqlite(model: type[models.Model], deletable: bool) -> list[str]:
    """One trigger a deed. INSERT OR REPLACE deletes without firing DELETE, so inserting has a trigger too.

    That one refuses in the words of SQLite's own unique constraints, which it comes before.
    """
    table = model._meta.db_table
    replacing = " ".join(
        f"SELECT RAISE(ABORT, 'UNIQUE constraint failed: {', '.join(f'{table}.{column}' for column in columns)}') "  # noqa: S608 names of our own columns
        f'WHERE EXISTS (SELECT 1 FROM "{table}" WHERE '  # noqa: S608 as above
        + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
        + ");"
        for columns in _unique_columns(model)
    )
    statements = []
    for name in names(model, deletable, "sqlite"):
        deed = name.rpartition("_")[2]
        when = "INSERT" if deed == "replace" else deed.upper()
        refusing = f"SELECT RAISE(ABORT, '{table} is append-only: {deed} is refused');"
        body = replacing if deed == "replace" else refusing
        statements.append(f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table}" FOR EACH ROW BEGIN {body} END')
    return statements


def _unique_columns(model: type[models.Model]) -> list[list[str]]:
    """The columns, alone or together, that no two rows share."""
    alone = [[str(field.column)] for field in model._meta.local_concrete_fields if field.unique]
    together = [
        [str(model._meta.get_field(name).column) for name in constraint.fields]  # type: ignore[union-attr]  # no relation from elsewhere
        for constraint in model._meta.total_unique_constraints
    ]
    return alone + together


def _on_postgresql(model: type[models.Model], deletable: bool) -> list[str]:
    """One function a table; a row at a time for UPDATE and DELETE, as SQLite has it, and the whole for TRUNCATE."""
    table = model._meta.db_table
    function = (
        f'CREATE FUNCTION "{table}_refuses"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"RAISE EXCEPTION '{table} is append-only: % is refused', lower(TG_OP) "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    statements = [function]
    for name in names(model, deletable, "postgresql"):
        deed = name.rpartition("_")[2]
        each = "STATEMENT" if deed == "truncate" else "ROW"
        statements.append(
            f'CREATE TRIGGER "{name}" BEFORE {deed.upper()} ON "{table}" '
            f'FOR EACH {each} EXECUTE FUNCTION "{table}_refuses"()'
        )
    return statements
