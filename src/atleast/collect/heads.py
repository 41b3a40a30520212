"""The head that a text file may begin with: who published it, when, in which language.

---
publisher: The Prancing Pony
published: 2017-10-07T21:00+03:00
language: en
source: Facts from: its own page
---
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from atleast.model import BadRecord, Report, Trouble, span
from atleast.model.vocabulary import REPORT_KINDS

_HEAD = re.compile(r"\s*---[ \t]*\n((?:[^\n]*\n){0,40}?)---[ \t]*(?:\n|$)")
_LINE = re.compile(r"([A-Za-z][\w -]{0,30})[ \t]*:(?:[ \t]+(.*))?$")
KEYS = frozenset({"publisher", "published", "language", "kind", "url", "title"})
_OURS = frozenset(f.name for f in fields(Report)) | {"record"}


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself: `said` holds fields of a Report by name, `extra` what else it says."""

    said: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()


def parted(text: str, *, file: str = "") -> tuple[Head, str]:
    """The head of a text and its body. A text without a head is all body.

    Dashes above anything but "key: value" lines are a rule that the author drew, not a head.
    """
    found = _HEAD.match(text)
    lines = found[1].splitlines() if found else []
    pairs = [_LINE.match(line) for line in lines if line.strip()]
    if not found or not pairs or not all(pairs):
        return Head(), text
    first = text[: found.start(1)].count("\n") + 1
    return _head(lines, file, first), text[found.end() :]


def _head(lines: list[str], file: str, first: int) -> Head:
    said: dict[str, str] = {}
    extra: dict[str, str] = {}
    troubles: list[Trouble] = []
    for number, line in enumerate(lines, first):
        if pair := _LINE.match(line):
            key, value = pair[1].strip().lower(), _bare(pair[2] or "")
            troubles += [Trouble(t.what, f"{file}:{number}", value, t.remedy) for t in _amiss(key, value)]
            if value and not any(_amiss(key, value)):
                (said if key in KEYS else extra)[key] = value
    return Head(said, extra, tuple(troubles))


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _amiss(key: str, value: str) -> Iterator[Trouble]:
    if key in _OURS - KEYS:
        yield Trouble(f"a head cannot set {key}", remedy=f"It may set {', '.join(sorted(KEYS))}")
    elif key == "kind" and value not in REPORT_KINDS:
        yield Trouble("not a kind of report", remedy=f"Known are {', '.join(REPORT_KINDS)}")
    elif key == "published":
        try:
            span(value)
        except BadRecord as wrong:
            yield Trouble.of(wrong)
