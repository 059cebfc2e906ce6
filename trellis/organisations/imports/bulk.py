"""Many rows at once, in the database's own way.

`bulk_create` spends ten times what the database does on making and reading back model instances (see
docs/performance.md); a register has hundreds of thousands of rows. These write tuples. Values are already what the
column holds: pence, ISO dates, JSON text.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models

Rows = Iterable[Sequence]
MADE_BY_THE_DATABASE = (models.AutoField, models.GeneratedField)


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Ids that nobody else will be given. Call it inside the transaction that uses them."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table])
        row = cursor.fetchone()
        if not row:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s) RETURNING seq", [table, count])
            row = cursor.fetchone()
    return list(range(row[0] - count + 1, row[0] + 1))


def insert(model: type[models.Model], columns: Sequence[str], rows: Rows, *, on_conflict: str = "") -> None:
    """Insert tuples of the named columns; columns left out get their field's default.

    `on_conflict` is SQL that both databases know: `(a, b) DO NOTHING`.
    """
    rows = list(rows)
    if not rows:
        return
    rest = _defaults(model, columns)
    if rest:
        tail = tuple(rest.values())
        rows = [(*row, *tail) for row in rows]
    names = ", ".join(f'"{column}"' for column in (*columns, *rest))
    places = ", ".join(["%s"] * (len(columns) + len(rest)))
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'  # noqa: S608 names of our own models
    with connection.cursor() as cursor:
        cursor.executemany(sql + (f" ON CONFLICT {on_conflict}" if on_conflict else ""), rows)


def update(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Set the named columns of rows; each tuple ends with the id."""
    rows = list(rows)
    if not rows:
        return
    setters = ", ".join(f'"{column}" = %s' for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{model._meta.db_table}" SET {setters} WHERE id = %s', rows)  # noqa: S608 as above


def _defaults(model: type[models.Model], columns: Sequence[str]) -> dict[str, object]:
    """The other columns that may not be empty, with what a new row has in them."""
    return {
        str(field.column): field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.column not in columns and not field.null and not isinstance(field, MADE_BY_THE_DATABASE)
    }
