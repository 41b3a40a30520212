"""A record with fields replaced."""

import dataclasses
import difflib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from atleast.model import BadRecord, Claim, Mention, encode, record_of

Quoting = TypeVar("Quoting", bound=Claim | Mention)

# What an edit cannot change: another record is another record.
_FIXED = ("record", "id", "report")
# Only all three together put the quote elsewhere; one of them alone is a slip.
_PLACE = ("quote", "start", "end")
# What stands in `with` beside the fields of the record.
_BESIDE = frozenset({"on", "into"})


def replaced(record: Quoting, with_: Mapping[str, Any] | None) -> Quoting:
    """The record with these fields replaced.

    Args:
        record: A claim or a mention.
        with_: Wire names and what is to stand there; the others stay. The quote stays where it is, unless `quote`,
            `start` and `end` are all given. `on` and `into`, which belong to the decision, are passed over.

    Returns:
        A record of the same kind. Evidence of a slot that was replaced is gone, for it was read no longer there;
        unless `with_` brings evidence of its own.

    Raises:
        BadRecord: No such field, one that an edit cannot change, or a value that cannot stand there.
    """
    row = json.loads(encode(record))
    fields = {
        name: value for name, value in (with_ or {}).items() if name not in _BESIDE and row.get(name, _NONE) != value
    }
    _check(record, row, fields, with_ or {})
    if "evidence" in row and "evidence" not in fields:
        row["evidence"] = [each for each in row["evidence"] if each["slot"] not in fields]
    made = record_of(row | fields)
    assert isinstance(made, type(record))  # the kind is fixed
    return made


_NONE = object()


def _check(
    record: Claim | Mention, row: Mapping[str, Any], fields: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    """Refuse what would be another record, a field that is not there, and a quote that is moved by halves."""
    known = [f.metadata.get("wire", f.name) for f in dataclasses.fields(record) if not f.metadata.get("extra")]
    for name, value in fields.items():
        if name in _FIXED:
            remedy = "Reject this record and add another one"
            raise BadRecord(f"an edit cannot change {record.record}.{name}", value=value, remedy=remedy)
        if name not in known and name not in row:
            near = difflib.get_close_matches(name, known, 1)
            remedy = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}"
            raise BadRecord(f"a {record.record} has no field of this name", value=name, remedy=remedy)
    if any(name in fields for name in _PLACE) and not all(name in given for name in _PLACE):
        moved = {name: fields[name] for name in _PLACE if name in fields}
        raise BadRecord("a quote that is moved by halves", value=moved, remedy="Give quote, start and end together")
