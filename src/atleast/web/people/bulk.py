"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

_PART = 400
Rows = Sequence[tuple[Any, ...]]


def write(table: type[Model], columns: Sequence[str], rows: Rows) -> None:
    """Add rows that are surely not there yet; they go in the order of the table's key, which is what is fast."""
    if not rows:
        return
    name, told = table._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{name}" ({told}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            gaps = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{name}" ({told}) VALUES ({gaps})', rows)


def parts(values: Iterable[Any], size: int = _PART) -> Iterator[list[Any]]:
    """Values in portions that a query can take."""
    values = list(values)
    for start in range(0, len(values), size):
        yield values[start : start + size]
