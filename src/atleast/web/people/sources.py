"""Sources: who says numbers, and who publishes them, each with a record: how much, what was revised, what clashes.

Revisions and contradictions are those that the board reckoned last; the page says where the board is behind.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Count, Max
from django.http import Http404, HttpRequest

from atleast.model import Claim, instant
from atleast.web.board import telling
from atleast.web.board.shelf import LAST, NOW, kept
from atleast.web.board.telling import CLASH, REVISION
from atleast.web.house.models import Case
from atleast.web.rows import parts, whole
from atleast.web.shelf.models import Piece, Source
from atleast.web.shelf.pieces import standing, summary
from atleast.web.speaking import spoken

from .agreeing import Agreement, agreement

_MOST_SOURCES, _MOST_CLAIMS, _SHOWN = 500, 2_000, 50
CLAIMANT, PUBLISHER = "c", "p"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Somebody who says or publishes numbers."""

    key: str
    name: str
    kind: str
    count: int
    revisions: int = 0
    clashes: int = 0


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Who says what is known here, and who publishes it; those who say most first. `reckoned` is how much of the
    ledger the board had when it found revisions and contradictions, None where it has found nothing yet."""

    template: ClassVar[str] = "people/sources.html"
    claimants: tuple[SourceLine, ...]
    publishers: tuple[SourceLine, ...]
    own_voice: int
    reckoned: int | None
    behind: int


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A claim of a source, in the words of its report."""

    claim: str
    report: str
    quote: str
    place: str | None
    publisher: str | None
    published: str | None
    state: str


@dataclass(frozen=True, slots=True)
class RevisedLine:
    """A number that was said anew, and whether the later one corrects the past."""

    line: str
    correction: bool


@dataclass(frozen=True, slots=True)
class ClashLine:
    """A contradiction that a source is part of."""

    id: str
    line: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The record of a source: of revisions and contradictions the first ones, `source` counts all. `more` where it has
    more claims than were gone through; `agreement` of who says numbers,
    None of a publisher and before anything is reckoned."""

    template: ClassVar[str] = "people/source.html"
    source: SourceLine
    first: str | None
    last: str | None
    places: tuple[tuple[str, int], ...]
    through: tuple[tuple[str, int], ...]
    relayed: int
    agreement: Agreement | None
    revisions: tuple[RevisedLine, ...]
    clashes: tuple[ClashLine, ...]
    claims: tuple[SaidLine, ...]
    more: bool
    behind: int


# ── All sources ──


def sources(request: HttpRequest, case: Case) -> SourcesPage:
    """Who says and who publishes what is known in this case."""
    reckoned = _reckoned(case)
    told = telling.counted(case, NOW)
    claims = Piece.objects.filter(case=case, record="claim", counts=True)
    rows = list(_counted(claims.filter(claimant__isnull=False), "claimant"))
    words = _spoken(case, [row["some"] for row in rows])
    claimants = [
        SourceLine(f"{CLAIMANT}{n}", *words[row["some"]], row["count"], told[n, REVISION], told[n, CLASH])
        for row in rows
        if (n := row["claimant"]) is not None and row["some"] in words
    ]
    return SourcesPage(
        tuple(claimants),
        tuple(_publishers(case)),
        claims.filter(claimant__isnull=True).count(),
        reckoned,
        case.number - (reckoned or 0),
    )


def _counted(rows: Any, column: str) -> Iterable[dict[str, Any]]:
    found = rows.order_by().values(column).annotate(count=Count("id"), some=Max("number"))
    yield from found.order_by("-count", column)[:_MOST_SOURCES]


def _spoken(case: Case, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The name and kind of the claimant of some claims."""
    found = {}
    for part in parts(numbers):
        for piece in Piece.objects.filter(case=case, number__in=part):
            record = standing(piece)
            if isinstance(record, Claim):
                found[piece.number] = record.claimant or "", record.claimant_kind or ""
    return found


def _publishers(case: Case) -> Iterable[SourceLine]:
    rows = list(_counted(Source.objects.filter(case=case, publisher__isnull=False), "publisher"))
    for row in rows:
        source = Source.objects.get(case=case, number=row["some"])
        yield SourceLine(f"{PUBLISHER}{row['publisher']}", summary(source)["publisher"] or "", "", row["count"])


def _reckoned(case: Case) -> int | None:
    """How much of the ledger the board had when it found revisions and contradictions last."""
    found = kept(case, NOW, LAST, Any)
    return found[0] if found else None


# ── One source ──


def source(request: HttpRequest, case: Case, source: str) -> SourcePage:
    """The record of a claimant or a publisher."""
    sort, number = source[:1], source[1:]
    if sort not in (CLAIMANT, PUBLISHER) or not whole(number):
        raise Http404
    claims = Piece.objects.filter(case=case, record="claim", counts=True).order_by("-number")
    if sort == CLAIMANT:
        claims = claims.filter(claimant=int(number))
    else:
        reports = Source.objects.filter(case=case, publisher=int(number))
        if not reports.exists():
            raise Http404
        claims = claims.filter(report__in=reports.values("name"))
    told = [(p, r) for p in claims[: _MOST_CLAIMS + 1] if isinstance(r := standing(p), Claim)]
    if sort == CLAIMANT and not told:
        raise Http404
    return _page(case, source, told[:_MOST_CLAIMS], more=len(told) > _MOST_CLAIMS)


def _page(case: Case, key: str, told: Sequence[tuple[Piece, Claim]], *, more: bool) -> SourcePage:
    about = _summaries(case, {claim.report for _, claim in told})
    reckoned = _reckoned(case)
    # Of whom a claimant is all is told; what a publisher printed is told by its claims.
    whom = {"claimant": int(key[1:])} if key[:1] == CLAIMANT else {"claim__in": [claim.id for _, claim in told]}
    revised, clashing = (telling.told_of(case, NOW, kind, **whom) for kind in (REVISION, CLASH))
    times = [about[claim.report]["published"] for _, claim in told if claim.report in about]
    dated = sorted((at, text) for text in times if text and (at := instant(text, zone=case.tz)))
    name, kind = _name(case, key, told)
    language = spoken()
    return SourcePage(
        SourceLine(key, name, kind, len(told), revised.count(), clashing.count()),
        dated[0][1] if dated else None,
        dated[-1][1] if dated else None,
        tuple(Counter(claim.place for _, claim in told if claim.place).most_common(12)),
        _through(key, told, about),
        sum(bool(claim.relay) for _, claim in told),
        _agreement(case, key, told),
        tuple(RevisedLine(each.line, each.correction) for each in telling.said(case, revised[:_SHOWN], language)),
        tuple(ClashLine(each.id, each.line) for each in telling.said(case, clashing[:_SHOWN], language)),
        tuple(_said(piece, claim, about.get(claim.report, {})) for piece, claim in told[:_SHOWN]),
        more,
        case.number - (reckoned or 0),
    )


def _agreement(case: Case, key: str, told: Sequence[tuple[Piece, Claim]]) -> Agreement | None:
    """How a claimant's figures agree with the other side, as it was reckoned last."""
    rows = kept(case, NOW, "rows", Any) if key[:1] == CLAIMANT else None
    return agreement((claim for _, claim in told), rows[1]) if rows else None


def _summaries(case: Case, names: Iterable[str]) -> dict[str, dict[str, str | None]]:
    return {
        each.name: summary(each)
        for part in parts(sorted(names))
        for each in Source.objects.filter(case=case, name__in=part)
    }


def _name(case: Case, key: str, told: Sequence[tuple[Piece, Claim]]) -> tuple[str, str]:
    if key[:1] == CLAIMANT:
        return told[0][1].claimant or "", told[0][1].claimant_kind or ""
    first = Source.objects.filter(case=case, publisher=int(key[1:])).first()
    return (summary(first)["publisher"] or "" if first else ""), ""


def _through(
    key: str, told: Sequence[tuple[Piece, Claim]], about: Mapping[str, Mapping[str, str | None]]
) -> tuple[tuple[str, int], ...]:
    """Of a claimant: who printed it. Of a publisher: whom it quotes."""
    if key[:1] == CLAIMANT:
        names = [about.get(claim.report, {}).get("publisher") for _, claim in told]
    else:
        names = [claim.claimant for _, claim in told]
    return tuple(Counter(name for name in names if name).most_common(12))


def _said(piece: Piece, claim: Claim, about: Mapping[str, str | None]) -> SaidLine:
    publisher, published = about.get("publisher"), about.get("published")
    return SaidLine(claim.id, claim.report, claim.quote, claim.place, publisher, published, piece.state)
