"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Model

Rows = Sequence[tuple[Any, ...]]


def write(table: type[Model], columns: Sequence[str], rows: Rows) -> None:
    """Add rows that are surely not there yet; they go in the order of the table's key, which is what is fast."""
    if not rows:
        return
    rows = _timed(table, columns, rows)
    name, told = table._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{name}" ({told}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            gaps = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{name}" ({told}) VALUES ({gaps})', rows)


def _timed(table: type[Model], columns: Sequence[str], rows: Rows) -> Rows:
    """The rows with their times as this database keeps them."""
    times = {n for n, column in enumerate(columns) if isinstance(_field(table, column), DateTimeField)}
    adapt = connection.ops.adapt_datetimefield_value
    if not times or connection.vendor == "postgresql":
        return rows
    return [tuple(adapt(value) if n in times else value for n, value in enumerate(row)) for row in rows]


def _field(table: type[Model], column: str) -> Any:
    return next(field for field in table._meta.fields if field.column == column)


def whole(text: str) -> bool:
    """Whether a text is a whole number that the database can hold."""
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 1 << 63
