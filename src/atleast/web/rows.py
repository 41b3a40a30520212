"""Many rows at once, written without asking Django about each value: a night's import is a hundred thousand of them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

_AT_ONCE, _ASKED_FOR = 2_000, 400

_Value = TypeVar("_Value")


def parts(values: Iterable[_Value], size: int = _ASKED_FOR) -> Iterator[list[_Value]]:
    """Values in portions of this size, in their order; by default as many as a query can name."""
    left = iter(values)
    while portion := list(islice(left, size)):
        yield portion


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write new rows. They do not learn their own number; whatever the database refuses, it refuses all of them."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({marks})"
    _each(statement, [(field.attname, _written(field)) for field in fields], rows)


def update(model: type[models.Model], rows: Iterable[models.Model], columns: Iterable[str]) -> None:
    """Write these columns of rows that are there."""
    fields = [model._meta.get_field(name) for name in columns]
    told = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    statement = f"UPDATE {connection.ops.quote_name(model._meta.db_table)} SET {told} WHERE id = %s"
    _each(statement, [*((field.attname, _written(field)) for field in fields), ("pk", _plain)], rows)


_Write = Callable[[Any], Any]


def _each(statement: str, slots: list[tuple[str, _Write]], rows: Iterable[models.Model]) -> None:
    values = [tuple(write(getattr(row, name)) for name, write in slots) for row in rows]
    with connection.cursor() as cursor:
        for portion in parts(values, _AT_ONCE):
            cursor.executemany(statement, portion)


def _written(field: Any) -> _Write:
    """How a column's value is handed to the database."""
    match field:
        case models.DateTimeField():
            return _moment
        case models.BinaryField():
            return _bytes
    return _plain


def _plain(value: Any) -> Any:
    return value


def _moment(value: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
