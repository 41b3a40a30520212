"""What a call is understood to say: claims and mentions proposed, in words, and what the volunteer said to each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atleast import read, review
from atleast.lexicon import call_pack, languages
from atleast.model import AtleastError, Claim, Report
from atleast.tell import LANGUAGES, Words
from atleast.web.house.models import Case
from atleast.web.shelf.models import Piece
from atleast.web.shelf.pieces import stands
from atleast.web.vault import vault

from .correcting import Field, Quoted, fields, typed_number
from .models import Draft
from .typed import Mark, Typed, moment

CALLERS = ("witness", "detainee", "lawyer", "relative")
SAID = ("accept", "reject", "edit")


@dataclass(frozen=True, slots=True)
class Understood:
    """A claim or mention of a call before it is sent.

    Attributes:
        key: By what it is known again while the text around it changes.
        record: As it was read, or as the volunteer corrected it.
        read: As it was read.
        mark: What was said to it; empty where nothing was.
    """

    key: str
    record: Quoted
    read: Quoted
    mark: Mark


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing understood, as the page shows it.

    Attributes:
        state: "accept", "reject" or "edit"; empty where nothing was said to it yet.
        head: How many, or who. `told`: what befell them, of which station, where and when.
    """

    key: str
    state: str
    head: str
    told: str
    quote: str
    fields: tuple[Field, ...]
    wrong: str = ""


def report(case: Case, draft: Draft, typed: Typed) -> Report:
    """The report that a draft becomes."""
    at = moment(typed.when, case.tz, draft.began_at)
    told = {"place": typed.where.strip(), "caller": typed.caller, "refers": typed.refers}
    return Report(
        draft.name,
        None,
        "call",
        language=typed.language or "en",
        published=at.isoformat(timespec="minutes") if at else None,
        text=typed.text,
        extra={name: value for name, value in told.items() if value},
    )


def understood(case: Case, draft: Draft, typed: Typed) -> tuple[Understood, ...]:
    """What is understood of a call, in the order of its text."""
    found = read.read(report(case, draft, typed))
    pieces: list[Quoted] = sorted((*found.claims, *found.mentions), key=lambda piece: (piece.start, piece.end))
    return tuple(_marked(piece, key, typed.marks.get(key, {})) for piece, key in _keyed(draft, typed.text, pieces))


def _marked(piece: Quoted, key: str, mark: Mark) -> Understood:
    if mark.get("what") == "edit":
        try:
            return Understood(key, review.replaced(piece, mark.get("with")), piece, mark)
        except AtleastError:  # the line says something else by now
            return Understood(key, piece, piece, {})
    return Understood(key, piece, piece, mark)


def _keyed(draft: Draft, text: str, pieces: list[Quoted]) -> Iterator[tuple[Quoted, str]]:
    """Each piece with a key made of its line and what was understood, whatever is typed on other lines."""
    met: Counter[str] = Counter()
    for piece in pieces:
        begin = text.rfind("\n", 0, piece.start) + 1
        line = text[begin : text.find("\n", piece.end) if "\n" in text[piece.end :] else None]
        if isinstance(piece, Claim):
            said: tuple[Any, ...] = (piece.quantity, piece.among, piece.low, piece.high, piece.bound, piece.of)
        else:
            said = (piece.name, piece.role, piece.station, *(each.what for each in piece.happened))
        told = repr((draft.name, piece.record, line, piece.start - begin, said))
        met[told] += 1
        yield piece, vault().name(f"{told} {met[told]}".encode("utf-8", "surrogatepass"))[:20]


# ── In words ──


def words() -> Words:
    """The words for results, in the language of the page."""
    language = (get_language() or "en")[:2]
    return Words(language if language in LANGUAGES else "en")


def proposal(piece: Understood, wrong: str = "") -> Proposal:
    """A piece as the page shows it."""
    said = words()
    return Proposal(
        key=piece.key,
        state=str(piece.mark.get("what", "")),
        head=head(piece.record),
        told=told(piece.record, said),
        quote=piece.record.quote,
        fields=fields(piece.record, said),
        wrong=wrong,
    )


def head(record: Quoted) -> str:
    """How many, or who."""
    if isinstance(record, Claim):
        return typed_number(record)
    return record.name or ", ".join(filter(None, (_("somebody unnamed"), record.role)))


def told(record: Quoted, said: Words) -> str:
    """What befell them, of which station, where and when."""
    parts: tuple[str | None, ...]
    if isinstance(record, Claim):
        group = said.word("among", record.among) if record.among else ""
        parts = (said.word("quantity", record.quantity), group, record.of, record.place, _clock(record.as_of))
    else:
        befell = ", ".join(said.word("happened", each.what) for each in record.happened)
        at = next((_clock(each.at) for each in record.happened if each.at), "")
        parts = (befell, record.role if record.name else "", record.station, record.place, at)
    return " · ".join(part for part in parts if part)


def _clock(at: str | None) -> str:
    """A day or a moment by the clock of the case, as this language writes it."""
    try:
        when = datetime.fromisoformat(at or "")
    except ValueError:  # a day without its year, an interval: as it is
        return at or ""
    return date_format(when, "SHORT_DATETIME_FORMAT" if "T" in (at or "") else "SHORT_DATE_FORMAT")


def call_languages() -> tuple[str, ...]:
    """The languages that are understood line by line."""
    return tuple(each for each in languages() if call_pack(each))


# ── The earlier call, where this one corrects it ──


def earlier(case: Case, typed: Typed) -> tuple[Understood, ...]:
    """What stands of the call that this one refers to, and what is said to it now, under the ids of its records."""
    found = _standing(case, typed.refers) if typed.refers else []
    return tuple(Understood(s.record.id, s.record, s.original, typed.marks.get(s.record.id, {})) for s in found)


_SAID = {"accepted": "accept", "edited": "edit"}


def as_it_stands(case: Case, call: str) -> tuple[Understood, ...]:
    """What stands of a call that was sent, and whether it was confirmed or corrected."""
    marks = [(s, {"what": _SAID[s.state]} if s.state in _SAID else {}) for s in _standing(case, call)]
    return tuple(Understood(s.record.id, s.record, s.original, mark) for s, mark in marks)


def _standing(case: Case, call: str) -> list[review.Standing[Quoted]]:
    names = list(Piece.objects.filter(case=case, report=call).order_by("start").values_list("name", flat=True))
    found = stands(case, names)
    return [found[name] for name in names if name in found and found[name].state not in ("redacted", "rejected")]


def seen_on(case: Case, names: list[str]) -> dict[str, list[str]]:
    """What had been decided about each of these records when they were shown."""
    return {name: list(each.on) for name, each in stands(case, names).items()}


def not_understood(text: str, pieces: tuple[Understood, ...]) -> tuple[str, ...]:
    """The lines of which nothing is understood. They are kept as they were typed."""
    quoted = [(piece.read.start, piece.read.end) for piece in pieces]
    left, begin = [], 0
    for line in text.split("\n"):
        end = begin + len(line)
        if line.strip() and not any(
            begin <= start < end or (start < end and begin < stop <= end) for start, stop in quoted
        ):
            left.append(line.strip())
        begin = end + 1
    return tuple(left)


def marks_from(pieces: Mapping[str, Understood], asked: list[str]) -> Iterator[tuple[str, str]]:
    """What was asked for by buttons and keys: ("accept", key), for all that nothing was said to: "accept:all"."""
    for each in asked:
        what, _colon, key = each.partition(":")
        if key == "all" and what == "accept":
            yield from ((what, piece.key) for piece in pieces.values() if not piece.mark)
        elif what in (*SAID, "undo"):
            yield what, key
