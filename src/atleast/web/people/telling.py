"""What is told of a person, in the words of the reports: fact by fact with its sentence, its time and who says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from atleast.lexicon import bare_pack, pack
from atleast.model import Mention, Report, Span
from atleast.read.tokens import layout
from atleast.web.reading.words import said
from atleast.web.shelf.models import Piece

from .facts import Clash, Fact, clashes, facts
from .listing import WHAT
from .marking import Bit, bits

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: what, when as far as it is told, in whose words, in which report.

    `day` and `clock` are the time in two parts; `told` is the sentence that tells it, the words it was read from
    marked. `source` names who published it, else what sort of report it is.
    """

    id: str
    what: str
    when: str
    day: str
    clock: str
    detail: str | None
    alleged_by: str | None
    quote: str
    told: tuple[Bit, ...]
    mention: str
    report: str
    source: str
    published: str | None
    state: str
    clashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentionLine:
    """One mention: how its report speaks of the person. `told` is the sentence in which it does first."""

    id: str
    name: str | None
    role: str | None
    place: str | None
    station: str | None
    quote: str
    told: tuple[Bit, ...]
    report: str
    title: str | None
    source: str
    published: str | None
    state: str


Told = Sequence[tuple[Piece, Mention]]


def timeline(told: Told, reports: Mapping[str, Report], zone: tzinfo) -> tuple[tuple[FactLine, ...], tuple[str, ...]]:
    """The facts of some mentions in the order in which they happened, and what of them cannot all be true."""
    found = facts([record for _, record in told], zone)
    against = clashes(found)
    pieces = {record.id: (piece, record) for piece, record in told}
    lines = tuple(
        _line(number, fact, *pieces[fact.mention], reports, against, zone) for number, fact in enumerate(found, 1)
    )
    return lines, tuple(dict.fromkeys(_clash(each, zone) for each in against))


def mention(piece: Piece, record: Mention, reports: Mapping[str, Report]) -> MentionLine:
    report = reports.get(record.report, Report(record.report))
    return MentionLine(
        record.id,
        record.name,
        record.role,
        record.place,
        record.station,
        record.quote,
        passage(report, record),
        record.report,
        report.title,
        source(report),
        report.published,
        piece.state,
    )


def source(report: Report) -> str:
    """Who published a report, else what sort of report it is."""
    return report.publisher or said("kind", report.kind)


def _line(
    number: int,
    fact: Fact,
    piece: Piece,
    record: Mention,
    reports: Mapping[str, Report],
    against: Sequence[Clash],
    zone: tzinfo,
) -> FactLine:
    report = reports.get(fact.report, Report(fact.report))
    day, clock = _parted(fact.when, zone)
    return FactLine(
        f"fact-{number}",
        str(WHAT.get(fact.what, fact.what)),
        when(fact.when, zone),
        day,
        clock,
        fact.happening.detail,
        fact.happening.alleged_by,
        record.quote,
        passage(report, record, fact),
        record.id,
        record.report,
        source(report),
        report.published,
        piece.state,
        tuple(_clash(each, zone) for each in against if fact in (each.one, each.other)),
    )


def _clash(found: Clash, zone: tzinfo) -> str:
    """Two facts that cannot both be true, in words."""
    gaps = {
        "what": WHAT.get(found.one.what, found.one.what),
        "one": when(found.one.when, zone),
        "held": WHAT.get(found.other.what, found.other.what),
        "other": when(found.other.when, zone),
    }
    if found.kind == "held_after_release":
        return _("let go (%(one)s), and told as held later: %(held)s (%(other)s)") % gaps
    return _("%(what)s, at two times that do not meet: %(one)s; %(other)s") % gaps


# ── Times ──


def when(told: Span | None, zone: tzinfo) -> str:
    """A time as it is told: a moment, a day, or the interval that it lies in."""
    return ", ".join(filter(None, _parted(told, zone)))


def _parted(told: Span | None, zone: tzinfo) -> tuple[str, str]:
    """The day or days, and the hour or hours, where these are told within one day."""
    if told is None:
        return _("no time is told"), ""
    start, end = told.start.astimezone(zone), told.end.astimezone(zone)
    last = end - timedelta(microseconds=1)
    if start.time() == end.time() == datetime.min.time():
        return (_day(start) if last.date() == start.date() else f"{_day(start)} – {_day(last)}"), ""
    if end - start <= timedelta(minutes=1):
        return _day(start), _clock(start)
    if last.date() == start.date():
        return _day(start), f"{_clock(start)} – {_clock(end)}"
    return f"{_day(start)}, {_clock(start)} – {_day(end)}, {_clock(end)}", ""


def _clock(moment: datetime) -> str:
    return date_format(moment, "TIME_FORMAT")


def _day(moment: datetime) -> str:
    return date_format(moment, "DATE_FORMAT")


# ── Words ──


def passage(report: Report, record: Mention, fact: Fact | None = None) -> tuple[Bit, ...]:
    """The sentence that tells of a person, or one fact of him or her, with the words that were read marked.

    Only the quote, where the text is not kept any more.
    """
    text, name = report.text, (record.start, record.end)
    if text[slice(*name)] != record.quote or not record.quote:
        return (Bit(record.quote, True),)
    at = _read_from(record, fact) or name
    start, end = _sentence(report, at)
    before, behind = (start, end) if end - start <= _LONGEST else (max(start, at[0] - 200), min(end, at[1] + 200))
    spans = [(a - before, b - before) for a, b in sorted({name, at}) if a >= before and b <= behind]
    told = bits(text[before:behind], spans)
    return (*_cut(before > start), *told, *_cut(behind < end))


def _cut(off: bool) -> tuple[Bit, ...]:
    return (Bit("…"),) if off else ()


def _read_from(record: Mention, fact: Fact | None) -> tuple[int, int] | None:
    """Where a fact was read, if its mention has not been corrected since."""
    read = [(each.start, each.end) for each in record.evidence if each.slot == "happened"]
    if fact is None or len(read) != len(record.happened):
        return None
    return read[record.happened.index(fact.happening)]


def _sentence(report: Report, at: tuple[int, int]) -> tuple[int, int]:
    """Where the sentence begins and ends in which some words stand."""
    language = report.language or ""
    found = layout(report.text, pack(language) or bare_pack(language), {report.text.count("\n", 0, at[0])})
    around = next((each for each in found.sentences if each.start <= at[0] < each.end), None)
    return (min(around.start, at[0]), max(around.end, at[1])) if around else at
