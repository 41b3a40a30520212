"""Many rows at once, written without asking Django about each value: a night's import is a hundred thousand of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, connections, models, transaction
from django.db.backends.signals import connection_created

_AT_ONCE, _ASKED_FOR = 2_000, 400

Rows = Iterable[tuple[Any, ...]]
_Value = TypeVar("_Value")
_Write = Callable[[Any], Any]


together = transaction.atomic(savepoint=False)
"""All that a function writes, or none of it; called within another such, all of both or none. No savepoint is made
between the two: SQLite would copy each page that is changed, and write an entry of the ledger four times slower."""


def parts(values: Iterable[_Value], size: int = _ASKED_FOR) -> Iterator[list[_Value]]:
    """Values in portions of this size, in their order; by default as many as a query can name."""
    left = iter(values)
    while portion := list(islice(left, size)):
        yield portion


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write new rows. They do not learn their own number; whatever the database refuses, it refuses all of them."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    write(model, [field.column for field in fields], map(attrgetter(*(field.attname for field in fields)), rows))


def write(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Write new rows, told as values: by COPY on PostgreSQL, by one prepared statement on SQLite.

    Rows in the order of the table's key are written fastest.
    """
    rows = list(rows)
    if not rows:
        return
    table, told = _quoted(model._meta.db_table), ", ".join(map(_quoted, columns))
    by_column = {field.column: field for field in model._meta.concrete_fields}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({told}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join(["%s"] * len(columns))
        _each(f"INSERT INTO {table} ({told}) VALUES ({marks})", [by_column[column] for column in columns], rows)


def update(model: type[models.Model], rows: Iterable[models.Model], columns: Iterable[str]) -> None:
    """Write these columns of rows that are there."""
    fields = [*(model._meta.get_field(name) for name in columns), model._meta.pk]
    *told, key = (f"{_quoted(field.column)} = %s" for field in fields)
    statement = f"UPDATE {_quoted(model._meta.db_table)} SET {', '.join(told)} WHERE {key}"
    _each(statement, fields, map(attrgetter(*(field.attname for field in fields)), rows))


def erase(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Erase the rows with these values in these columns."""
    where = " AND ".join(f"{_quoted(column)} = %s" for column in columns)
    by_column = {field.column: field for field in model._meta.concrete_fields}
    fields = [by_column[column] for column in columns]
    _each(f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {where}", fields, rows)


def roomy() -> None:
    """Let this process, which does one large thing after another, keep more of the database in memory."""

    def widened(*, connection: Any, **_: Any) -> None:
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA cache_size=-256000")

    connection_created.connect(widened, weak=False, dispatch_uid="roomy")
    connections.close_all()


def whole(text: str) -> bool:
    """Whether a text is a whole number that the database can hold."""
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 1 << 63


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _each(statement: str, fields: Sequence[Any], rows: Rows) -> None:
    """Do a statement once for each row; where a column's values are handed over in another form, in that."""
    forms = [(n, form) for n, field in enumerate(fields) if (form := _form(field))]
    told = (_formed(row, forms) for row in rows) if forms else rows
    with connection.cursor() as cursor:
        for portion in parts(told, _AT_ONCE):
            cursor.executemany(statement, portion)


def _form(field: Any) -> _Write | None:
    return _moment if isinstance(field, models.DateTimeField) else None


def _formed(row: tuple[Any, ...], forms: Iterable[tuple[int, _Write]]) -> tuple[Any, ...]:
    values = list(row)
    for n, form in forms:
        values[n] = form(values[n])
    return tuple(values)


def _moment(value: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
