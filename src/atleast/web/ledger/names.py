"""Ids of records: random, and never made from what they name. A file's name or another tool's id may hold a name."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace

from atleast.model import Claim, Decision, Mention, Record, Report

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_LENGTH = 18
_OURS = re.compile(r"[rcmd][a-z2-7]{18}")


def new(record: str) -> str:
    """A new id: the first letter of what it names and 90 random bits."""
    bits = secrets.randbits(5 * _LENGTH)
    return record[0] + "".join(_LETTERS[bits >> 5 * place & 31] for place in range(_LENGTH))


def ours(name: str) -> bool:
    """Whether an id was made by a desk, and may stay as it is."""
    return bool(_OURS.fullmatch(name))


def renamed(record: Record, names: Mapping[str, str]) -> Record:
    """The record under the id that the desk gives it; other tools' ids stay in `came_as`, sealed with the rest."""
    name = names.get(record.id, record.id)
    extra = dict(record.extra) if name == record.id else {**record.extra, "came_as": record.id}
    match record:
        case Report():
            return replace(record, id=name, extra=extra)
        case Claim() | Mention():
            return replace(record, id=name, report=names.get(record.report, record.report), extra=extra)
        case Decision():
            about = tuple(names.get(each, each) for each in record.about)
            return replace(record, id=name, about=about, with_=_within(record.with_, names), extra=extra)


def told(record: Record) -> Iterator[tuple[str, str]]:
    """The ids that a record tells, with the kind of what they name: what it is of, about, or was made on; then its own.

    Of what a decision is about the kind is a guess: only what is taken back is taken for a decision.
    """
    match record:
        case Claim() | Mention():
            yield record.report, "report"
        case Decision():
            yield from ((each, "decision" if record.what == "retract" else "claim") for each in record.about)
            for key, kind in (("into", "claim"), ("on", "decision")):
                yield from ((each, kind) for each in _told((record.with_ or {}).get(key)) if each not in record.about)
    yield record.id, record.record


def _told(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list() | tuple():
            yield from (each for part in value for each in _told(part))
        case Mapping():
            yield from (each for key, part in value.items() for each in (str(key), *_told(part)))


def _within(terms: Mapping[str, object] | None, names: Mapping[str, str]) -> Mapping[str, object] | None:
    """The terms of a decision, which may name records: those it was split `into`, the decisions it was made `on`."""
    if terms is None:
        return None
    return {key: _named(value, names) if key in ("into", "on") else value for key, value in terms.items()}


def _named(value: object, names: Mapping[str, str]) -> object:
    """A name, several, or names by name, each as the desk calls it."""
    match value:
        case str():
            return names.get(value, value)
        case list() | tuple():
            return [_named(each, names) for each in value]
        case Mapping():
            return {names.get(key, key): _named(each, names) for key, each in value.items()}
    return value
