"""What is shown of what was found: people, claims and reports, with the words marked where they stand."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from atleast.model import Claim, Mention, Record, Report
from atleast.web.house import contacts
from atleast.web.house.models import Case
from atleast.web.house.rights import Right
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import named, opened
from atleast.web.shelf.models import Piece
from atleast.web.shelf.pieces import standing

from .finding import MOST, Found, Hit, Term, find
from .index import CLAIM, MENTION, REPORT
from .marking import Bit, Placed, bits, placed
from .models import Member
from .telling import source

_SHOWN = 20
_WEIGHED = {MENTION: 60, CLAIM: 40, REPORT: 12}
_AROUND = 90
_NEEDS = {MENTION: Right.SEE_PEOPLE, CLAIM: Right.SEE_REPORTS, REPORT: Right.SEE_REPORTS}


_NAMES = {MENTION: "people", CLAIM: "claims", REPORT: "reports"}


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person who was found, by the mention that fits best; `mentions` is how many of those found are his or hers."""

    mention: str
    report: str
    told: tuple[Bit, ...]
    state: str
    fit: float
    mentions: int = 1


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim that was found, by its claimant and place."""

    claim: str
    report: str
    told: tuple[Bit, ...]
    quote: str
    state: str
    fit: float


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report that was found, with the words around the place where those that were looked for stand nearest."""

    report: str
    title: str
    publisher: str | None
    published: str | None
    told: tuple[Bit, ...]
    fit: float


@dataclass(frozen=True, slots=True)
class FoundCall:
    """A report or mention with the telephone number that was looked for among its contacts, and who is in it."""

    report: str
    title: str
    published: str | None
    people: tuple[tuple[str, str], ...]  # mention and name


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, the best first. The numbers count all that was found; `more` stands beside those cut at MOST, and
    `cut` where words are so common that only the newest records were gone through."""

    people: tuple[FoundPerson, ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    reports: tuple[FoundReport, ...] = ()
    calls: tuple[FoundCall, ...] = ()
    mentions_found: int = 0
    claims_found: int = 0
    reports_found: int = 0
    more: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    most: int = MOST

    @property
    def empty(self) -> bool:
        return not (self.mentions_found or self.claims_found or self.reports_found or self.calls)


def search(case: Case, query: str, rights: frozenset[Right] = frozenset(Right)) -> Results:
    """What of a case holds all words of a query, as far as whoever asks may see it."""
    kinds = [kind for kind, right in _NEEDS.items() if right in rights]
    found = find(case, query, kinds)
    counts = {kind: len(hits) for kind, hits in found.hits.items()}
    return Results(
        people=tuple(_people(case, found)),
        claims=tuple(_claims(case, found)),
        reports=tuple(_reports(case, found)),
        mentions_found=counts.get(MENTION, 0),
        claims_found=counts.get(CLAIM, 0),
        reports_found=counts.get(REPORT, 0),
        more=tuple(name for kind, name in _NAMES.items() if kind in found.more),
        cut=tuple(name for kind, name in _NAMES.items() if kind in found.cut),
    )


def calls(case: Case, number: str) -> tuple[FoundCall, ...]:
    """The calls and other records that somebody can be reached about by this telephone number. Note who looked."""
    about = contacts.reached_by(case, number)[:_SHOWN]
    mentions = Piece.objects.filter(Q(name__in=about) | Q(report__in=about), case=case, record="mention", counts=True)
    people: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for piece in mentions.order_by("number"):
        record = standing(piece)
        assert isinstance(record, Mention)
        for each in {piece.name, piece.report}.intersection(about):
            people[each].append((piece.name, record.nominative or record.name or ""))
    stands = dict(Piece.objects.filter(case=case, name__in=about).values_list("name", "report"))
    told = {name: stands.get(name, name) for name in about}
    records = named(case, told.values())
    return tuple(_call(records.get(report), report, people[name]) for name, report in told.items())


def _call(record: Record | None, report: str, people: Sequence[tuple[str, str]]) -> FoundCall:
    known = record if isinstance(record, Report) else Report(report)
    return FoundCall(report, known.title or source(known), known.published, tuple(people))


def _best(found: Found, kind: int) -> Sequence[Hit]:
    return found.hits.get(kind, ())[: _WEIGHED[kind]]


def _pieces(case: Case, hits: Sequence[Hit]) -> Iterator[tuple[Piece, Claim | Mention]]:
    for piece in Piece.objects.filter(case=case, number__in=[hit.number for hit in hits]):
        if piece.state != "redacted":
            yield piece, standing(piece)


def _people(case: Case, found: Found) -> list[FoundPerson]:
    made = []
    for piece, record in _pieces(case, _best(found, MENTION)):
        assert isinstance(record, Mention)
        named = " · ".join(filter(None, dict.fromkeys((record.name, record.nominative))))
        text = " · ".join(filter(None, (named, record.role, record.place, record.station)))
        in_name, at = placed(found.terms, named), placed(found.terms, text)
        # Who bears the name stands before who is at a place or station that is called so.
        order = (-in_name.fit, -at.fit, at.apart, -piece.number)
        made.append(
            (order, piece.number, FoundPerson(record.id, record.report, bits(text, at.spans), piece.state, at.fit))
        )
    return _once(case, [(number, each) for _, number, each in sorted(made, key=lambda each: each[0])])[:_SHOWN]


def _once(case: Case, mentions: Sequence[tuple[int, FoundPerson]]) -> list[FoundPerson]:
    """Each person once, by the mention that fits best, with how many of these mentions are of him or her."""
    rows = Member.objects.filter(case=case, number__in=[number for number, _ in mentions])
    person = dict(rows.values_list("number", "person"))
    often = Counter(person.get(number, number) for number, _ in mentions)
    first = {person.get(number, number): each for number, each in reversed(mentions)}
    return [replace(first[n], mentions=often[n]) for n in often]


def _claims(case: Case, found: Found) -> list[FoundClaim]:
    made = []
    for piece, record in _pieces(case, _best(found, CLAIM)):
        assert isinstance(record, Claim)
        text = " · ".join(filter(None, (record.claimant, *record.relay, record.place)))
        at = placed(found.terms, text)
        each = FoundClaim(record.id, record.report, bits(text, at.spans), record.quote, piece.state, at.fit)
        made.append(((-at.fit, at.apart, -piece.number), each))
    return [each for _, each in sorted(made, key=lambda each: each[0])[:_SHOWN]]


def _reports(case: Case, found: Found) -> list[FoundReport]:
    made = []
    for entry in Entry.objects.filter(case=case, number__in=[hit.number for hit in _best(found, REPORT)]):
        record = opened(entry)
        if isinstance(record, Report):
            told, at = _excerpt(found.terms, record)
            each = FoundReport(
                record.id,
                record.title or source(record),
                record.publisher if record.title else None,
                record.published,
                told,
                at.fit,
            )
            made.append(((-at.fit, at.apart, -entry.number), each))
    return [each for _, each in sorted(made, key=lambda each: each[0])[:_SHOWN]]


def _excerpt(terms: Sequence[Term], report: Report) -> tuple[tuple[Bit, ...], Placed]:
    """The words of a report around the place where those that were looked for stand nearest."""
    whole = "\n".join(filter(None, (report.title, report.publisher, report.text)))
    at = placed(terms, whole)
    if not at.spans:
        return (), at
    first = at.nearest
    # The title stands above it already: of a place in the text no words before the text are told.
    head = len(whole) - len(report.text)
    least = head if first[0] >= head else 0
    start, end = max(least, first[0] - _AROUND), min(len(whole), first[1] + _AROUND)
    start = whole.find(" ", start, first[0]) + 1 if start > least else start
    end = max(first[1], whole.rfind(" ", first[1], end)) if end < len(whole) else end
    spans = [(a - start, b - start) for a, b in at.spans if a >= start and b <= end]
    around = (Bit("…"),) if start > least else (), (Bit("…"),) if end < len(whole) else ()
    return (*around[0], *bits(whole[start:end], spans), *around[1]), at
