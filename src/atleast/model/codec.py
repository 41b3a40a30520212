"""The wire form: JSON Lines, one record a line, UTF-8. The only module that knows it.

Fields unknown to us, in a record or a part of one, are kept in `extra` and written back, so that
another tool's records survive a trip through atleast. Quiet fields (relay, tier, evidence) are
written only when they say something.
"""

import dataclasses
import difflib
import json
import math
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from .errors import BadRecord, Trouble
from .intervals import span
from .records import Claim, Decision, Evidence, Happening, Mention, Record, Report
from .text import clean

KINDS: Mapping[str, type[Any]] = {cls.record: cls for cls in (Report, Claim, Mention, Decision)}
_PARTS: Mapping[str, type[Any]] = {"happened": Happening, "evidence": Evidence}

# Characters at which some programs break a line, and half characters, which UTF-8 cannot hold.
_BREAKING = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def encode(record: Record) -> str:
    """One line of the wire form, without its line end. Keys stand in the order of the dataclass."""
    line = json.dumps({"record": record.record, **_plain(record)}, ensure_ascii=False)
    return _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def decode(line: str, *, file: str = "", number: int = 0) -> Record:
    """The record that a line holds.

    Raises:
        BadRecord: Not JSON, no known record, a field missing or with a value that cannot stand there.
    """
    try:
        try:
            row = json.loads(line.removeprefix("\ufeff"))
        except (ValueError, RecursionError) as wrong:  # ValueError also covers a number of 5,000 digits
            raise BadRecord(
                "not a line of JSON", value=line[:40], remedy="Each line must hold one JSON object"
            ) from wrong
        return record_of(row)
    except BadRecord as wrong:
        wrong.at(file, number)
        raise


def record_of(row: Any) -> Record:
    """The record that a JSON object holds. Raises BadRecord like `decode`."""
    if not isinstance(row, dict):
        raise BadRecord("not a JSON object", value=row, remedy='A record looks like {"record": "claim", ...}')
    kind = row.get("record")
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadRecord("unknown kind of record", value=kind, remedy=f"Known are {', '.join(KINDS)}")
    record: Record = _build(KINDS[kind], {key: value for key, value in row.items() if key != "record"})
    _check_whole(record)
    return record


def decode_lines(lines: Iterable[str], *, file: str = "") -> Iterator[Record | Trouble]:
    """Each line's record, or the Trouble that it made. Blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield decode(line, file=file, number=number)
            except BadRecord as wrong:
                yield Trouble.of(wrong)


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    wire: str
    types: tuple[type, ...]
    words: Mapping[str, str] | None
    check: str
    quiet: bool
    required: bool


@cache
def _fields(cls: Any) -> tuple[_Field, ...]:
    hints = typing.get_type_hints(cls)
    return tuple(
        _Field(
            name=f.name,
            wire=f.metadata.get("wire", f.name),
            types=_types(hints[f.name]),
            words=f.metadata.get("words"),
            check=f.metadata.get("check", ""),
            quiet=f.metadata.get("quiet", False),
            required=f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(cls)
        if not f.metadata.get("extra")
    )


@cache
def _wires(cls: Any) -> frozenset[str]:
    """The names of its fields in the wire form."""
    return frozenset(f.wire for f in _fields(cls))


def _types(hint: Any) -> tuple[type, ...]:
    union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    return tuple(typing.get_origin(part) or part for part in (typing.get_args(hint) if union else (hint,)))


def _plain(record: Any) -> dict[str, Any]:
    row: dict[str, Any] = {}
    kind: Any = type(record)
    for f in _fields(kind):
        value = getattr(record, f.name)
        if f.quiet and not value:
            continue
        row[f.wire] = [_item(x) for x in value] if isinstance(value, tuple) else value
    return row | dict(getattr(record, "extra", {}))


def _item(value: Any) -> Any:
    return _plain(value) if dataclasses.is_dataclass(value) else value


def _build(cls: Any, row: Mapping[str, Any]) -> Any:
    fields = _fields(cls)
    values: dict[str, Any] = {}
    for f in fields:
        if f.wire in row:
            values[f.name] = _value(cls, f, row[f.wire])
        elif f.required:
            raise BadRecord(f"{_title(cls)} without {f.wire}", value=dict(row), remedy=f"Add the field {f.wire}")
    left = {key: value for key, value in row.items() if key not in _wires(cls)}
    return cls(**values, extra=left)


def _value(cls: type[Any], f: _Field, value: Any) -> Any:
    if value is None and type(None) in f.types:
        return None
    if tuple in f.types:
        return _several(cls, f, value)
    if isinstance(value, float) and int in f.types and value.is_integer():
        value = int(value)
    if not _fits(value, f.types):
        raise BadRecord(f"{_title(cls)}.{f.wire} has the wrong type", value=value, remedy=f"Write {_named(f.types)}")
    if f.words is not None and value not in f.words:
        near = difflib.get_close_matches(str(value), f.words, 1)
        hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(f.words)}"
        raise BadRecord(f"{_title(cls)}.{f.wire} is not one of its words", value=value, remedy=hint)
    if f.check == "when":
        span(value)
    return clean(value) if isinstance(value, str) else value


def _several(cls: type[Any], f: _Field, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise BadRecord(f"{_title(cls)}.{f.wire} has the wrong type", value=value, remedy="Write a list")
    part = _PARTS.get(f.name)
    if part is None:
        if not all(isinstance(x, str) for x in value):
            raise BadRecord(f"{_title(cls)}.{f.wire} has the wrong type", value=value, remedy="Write a list of texts")
        return tuple(clean(x) for x in value)
    if not all(isinstance(x, dict) for x in value):
        raise BadRecord(f"{_title(cls)}.{f.wire} has the wrong type", value=value, remedy="Write a list of objects")
    return tuple(_build(part, x) for x in value)


def _fits(value: Any, kinds: tuple[type, ...]) -> bool:
    """True and false are no numbers here, though Python thinks so; nor are infinity and NaN."""
    if isinstance(value, bool) != (kinds == (bool,)):
        return False
    return isinstance(value, kinds) and not (isinstance(value, float) and not math.isfinite(value))


def _check_whole(record: Record) -> None:
    """Rules that join two fields of a quoting record."""
    if isinstance(record, Claim | Mention) and not 0 <= record.start == record.end - len(record.quote):
        raise BadRecord(
            f"{record.record} {record.id}: start and end do not span the quote",
            value=f"{record.start}..{record.end} for {len(record.quote)} code points",
            remedy="Offsets count code points of the report's text after NFC; end is one past the last",
        )


def _title(cls: type[Any]) -> str:
    return cls.__name__.lower()


def _named(kinds: tuple[type, ...]) -> str:
    names = {
        str: "a text",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        type(None): "null",
        dict: "an object",
    }
    return " or ".join(names.get(kind, "an object") for kind in kinds)
