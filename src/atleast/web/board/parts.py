"""What is kept of a reckoning for the pages that show it: rows as numbers, and what is told in words in each language.

Rows carry no words and are worded when they are shown. Proofs, contradictions and questions are worded here, with the
quotes of each figure beside its line.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.utils import timezone

from atleast.model import BadRecord, Claim, People, Report, Span, span
from atleast.reckon import (
    Bound,
    Cell,
    Contradiction,
    Curve,
    Figure,
    Key,
    Message,
    Proof,
    Quote,
    Revision,
    Tally,
    lines,
)
from atleast.reckon.moments import FINAL, Moment
from atleast.reckon.results import Documented
from atleast.tell import (
    Words,
    chart,
    curve_rows,
    curve_title,
    places_map,
    places_table,
    quantity_title,
    sides,
    towns,
)
from atleast.web.vault import vault

SIDES = ("independent", "authority", "joint")


@dataclass(frozen=True, slots=True)
class Line:
    """A line about one figure, and where it was printed."""

    line: str
    more: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A proof: its sum, the figures in it, the rules that make it hold."""

    line: str
    figures: tuple[Line, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideProof:
    """What one side proves of a row, and how."""

    side: str
    line: str
    sums: tuple[Sum, ...] = ()
    claimants: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """All proofs of a row, and who is documented."""

    key: str
    sides: tuple[SideProof, ...]
    documented: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction: what it is, its arithmetic, its figures with their quotes, and what would remove it."""

    id: str
    kind: str
    line: str
    sum: str
    figures: tuple[Line, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revised:
    """A speaker's later figure in the place of an earlier one."""

    line: str
    correction: bool
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What to ask next, and the row that it is asked of."""

    line: str
    row: str


# ── Rows, without words ──


def row_id(key: Key) -> str:
    """The name of a row in addresses: it tells nothing, and is the same tomorrow."""
    return f"{vault().blind('row ' + chr(0).join(key)):016x}"


def clash_id(found: Contradiction) -> str:
    """The name of a contradiction: the same as long as the same figures cannot all be true."""
    told = (found.what, *found.key, *sorted(figure.name for figure in found.core), *found.claims)
    return f"{vault().blind('clash ' + chr(0).join(told)):016x}"


def packed(cell: Cell) -> list[Any]:
    """A row as few numbers and words, without its proofs."""
    who = [cell.documented.people, cell.documented.by_name] if cell.documented else None
    return [list(cell.key), [_bound(getattr(cell, side)) for side in SIDES], who]


def _bound(bound: Bound) -> list[Any]:
    people, roughly = bound.people, bound.roughly
    when = None
    if bound.moment is not None and bound.moment.shown:
        when = [bound.moment.shown, *(each.isoformat() for each in bound.moment.real)]
    return [people.low, people.high, roughly.low, roughly.high, when]


def unpacked(row: list[Any]) -> Cell:
    """The row again."""
    key, bounds, who = row
    independent, authority, joint = map(_unbound, bounds)
    return Cell(Key(*key), independent, authority, joint, Documented(*who) if who else None)


def _unbound(told: list[Any]) -> Bound:
    low, high, rough_low, rough_high, when = told
    moment = None
    if when:
        first, last = (datetime.fromisoformat(each) for each in when[1:])
        moment = Moment(FINAL, FINAL, "", when[0], (first, last))
    return Bound(People(low, high), moment=moment, roughly=People(rough_low, rough_high))


# ── What is told ──


def why(cell: Cell, language: str) -> Why:
    """The proofs of a row in words."""
    sides = tuple(_side(cell, side, language) for side in SIDES)
    documented: tuple[str, ...] = ()
    if cell.documented is not None:
        first, *rest = lines(cell.documented, language)
        gaps = {"row": cell.key, "people": first}
        documented = (*lines(Message("line.cell_documented", gaps), language), *rest)
    return Why(row_id(cell.key), sides, documented)


def _side(cell: Cell, side: str, language: str) -> SideProof:
    bound: Bound = getattr(cell, side)
    said = lines(bound.people, language)[0]
    gaps = {"row": cell.key, "side": f"side.{side}", "people": said}
    ends = (("line.low", bound.low), ("line.high", bound.high))
    sums = tuple(_sum(end, proof, language) for end, proof in ends if proof and (proof.total or end == "line.high"))
    names = ", ".join(bound.claimants)
    claimants = lines(Message("line.claimants", {"names": names}), language)[0] if names else ""
    return SideProof(side, lines(Message("line.cell", gaps), language)[0], sums, claimants)


def _sum(end: str, proof: Proof, language: str) -> Sum:
    first, *rest = lines(proof, language)
    figures, rest = _figures([term.figure for term in proof.terms], rest, language)
    told = lines(Message(end, {"total": proof.total, "sum": first}), language)[0]
    return Sum(told, figures, tuple(rest))


def clash(found: Contradiction, language: str) -> Clash:
    """A contradiction in words."""
    first, arithmetic, *rest = lines(found, language)
    told = [term.figure for term in (*found.below.terms, *found.above.terms)]
    figures, rest = _figures(told, rest, language)
    return Clash(clash_id(found), found.kind, first, arithmetic.strip(), figures, tuple(line.strip() for line in rest))


def _figures(figures: Iterable[Figure], rest: list[str], language: str) -> tuple[tuple[Line, ...], list[str]]:
    """The figures that a proof tells, each once, with its quotes; and the lines that come after them."""
    told = []
    for figure in dict.fromkeys(figures):
        first, *more = lines(figure, language)
        told.append(Line(first, tuple(line.strip() for line in more), figure.quotes))
        rest = rest[1 + len(more) :]
    return tuple(told), rest


def revised(revision: Revision, language: str) -> Revised:
    """A revision in words."""
    quotes = tuple(dict.fromkeys((*revision.before.quotes, *revision.after.quotes)))
    return Revised(lines(revision, language)[0], revision.correction, quotes)


# ── When it became known ──


def known_at(claims: Iterable[Claim], reports: Mapping[str, Report], zone: tzinfo) -> list[str]:
    """The moments at which something became known, by the minute, in the zone of the case, the earliest first."""
    told = {(claim.as_of, out.published if (out := reports.get(claim.report)) else None) for claim in claims}
    moments = {_known(counted, out, zone) for counted, out in told}
    return [at.isoformat(timespec="minutes") for at in sorted(at for at in moments if at)]


def _known(as_of: str | None, published: str | None, zone: tzinfo) -> datetime | None:
    """When a claim was both counted and out, as far as its times tell; a claim without a time counts when it is out."""
    out = _span(published, zone)
    counted = _span(as_of, zone) or out
    if counted is None:
        return None
    last = counted.end - timedelta(minutes=1)
    return max(last, out.start if out else last).astimezone(zone)


def _span(when: str | None, zone: tzinfo) -> Span | None:
    try:
        return span(when, zone=zone)
    except BadRecord:
        return None


# ── All of it ──

FIRST, MOST, TOLD = 12, 10, 2
"""So many places stand on the first page, so many contradictions and revisions, so many figures below a sum."""
EAGER = 300
"""The proofs of so many rows, the biggest first, are worded at once; the others when somebody asks."""
DRAWN = 200
BESIDE = ("released", "still_held", "charges", "charged", "fined", "jailed", "injured", "killed")
"""What is told of a place beside how many were detained there."""
LEAD = "detained"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, and the table that says the same: its heads, then its rows."""

    title: str
    svg: str
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the first page says in one language."""

    lead: Why | None = None
    clashes: tuple[Clash, ...] = ()
    hidden: tuple[str, ...] = ()
    questions: tuple[Asking, ...] = ()
    revisions: tuple[Revised, ...] = ()
    map: Picture | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page shows. Rows are packed; `told` has what is worded, by language."""

    version: str
    number: int
    reckoned_at: str = ""
    day: str | None = None
    leads: tuple[Any, ...] = ()
    places: tuple[Any, ...] = ()
    beside: tuple[Any, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    clashes: tuple[str, ...] = ()
    revisions: int = 0
    moments: tuple[str, ...] = ()
    told: Mapping[str, Told] = field(default_factory=dict)


Rows = Mapping[str, list[Cell]]
"""The rows of each quantity, the biggest first."""


def leading(rows: Rows) -> list[Cell]:
    """Of each quantity the biggest row that is about everybody, in the order of the quantities."""
    biggest = (next((cell for cell in cells if plain_row(cell.key)), None) for cells in rows.values())
    return [cell for cell in biggest if cell is not None]


def plain_row(key: Key) -> bool:
    """Whether a row counts everybody at a place."""
    return not (key.among or key.of)


def front(
    tally: Tally, rows: Rows, told: Mapping[str, Told], *, version: str, number: int, moments: Iterable[str]
) -> Front:
    """The first page of a tally."""
    places = [cell for cell in rows.get(LEAD, []) if plain_row(cell.key)]
    shown = {cell.key.place for cell in places[:FIRST]}
    beside = (c for name in BESIDE for c in rows.get(name, []) if plain_row(c.key) and c.key.place in shown)
    return Front(
        version,
        number,
        timezone.now().isoformat(),
        tally.day,
        leads=tuple(map(packed, leading(rows))),
        places=tuple(map(packed, places[:FIRST])),
        beside=tuple(map(packed, beside)),
        rows={quantity: len(cells) for quantity, cells in rows.items()},
        clashes=tuple(map(clash_id, tally.contradictions)),
        revisions=len(tally.revisions),
        moments=tuple(moments),
        told=told,
    )


def told(tally: Tally, rows: Rows, language: str, link: Callable[[str], str | None]) -> Told:
    """What the first page says of a tally in words."""
    words, lead = Words(language), next(iter(leading(rows)), None)
    hidden = lines(Message("line.hidden", {"count": tally.hidden}), language) if tally.hidden else ()
    return Told(
        lead=_short(why(lead, language)) if lead else None,
        clashes=tuple(replace(clash(each, language), figures=()) for each in tally.contradictions[:MOST]),
        hidden=(*hidden, *(lines(tally.stopped, language) if tally.stopped else ())),
        questions=tuple(Asking(lines(each, language)[0], row_id(each.key)) for each in tally.questions),
        revisions=tuple(revised(each, language) for each in latest(tally, MOST)),
        map=drawn_map(tally, words, link),
    )


def _short(proof: Why) -> Why:
    """A proof for the first page: the figures of a sum only where they are few."""
    sides = (
        replace(side, sums=tuple(s if len(s.figures) <= TOLD else replace(s, figures=(), rules=()) for s in side.sums))
        for side in proof.sides
    )
    return replace(proof, sides=tuple(sides))


def latest(tally: Tally, most: int) -> list[Revision]:
    """The latest revisions, the last one first."""
    return heapq.nlargest(most, tally.revisions, key=lambda each: each.after.moment.lo)


def drawn_curve(curve: Curve, language: str) -> Picture:
    """The curve with its table."""
    words = Words(language)
    heads = (words("curve.from"), *(words(f"table.{side.name}") for side in sides(curve)))
    rows = (heads, *map(tuple, curve_rows(curve, words)))
    return Picture(curve_title(curve, words), chart(curve, words, alone=False), rows)


def drawn_map(tally: Tally, words: Words, link: Callable[[str], str | None]) -> Picture | None:
    """The map of the places, the largest numbers first, with its table."""
    shown = [town for town in towns(tally, LEAD) if town.counted][:DRAWN]
    if not shown:
        return None
    title = quantity_title(tally, LEAD, words)
    svg = places_map(shown, words, title=title, link=link, alone=False)
    return Picture(title, svg, tuple(map(tuple, places_table(shown, words))))
