"""Reports, claims and mentions as they stand after all that was decided about them. The first room of the shelf."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import Any

from django.db.models import BinaryField, Count, Q

from atleast import review
from atleast.model import Claim, Decision, Mention, Report, decode, encode, unreviewed
from atleast.web.house.models import Case
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import named, opened
from atleast.web.ledger.writing import sealed_as
from atleast.web.rows import insert, parts, update
from atleast.web.vault import vault

from .following import Pairs
from .models import Judgement, Piece, Source

_COLUMNS = ("state", "tier", "counts", "start", "quantity", "low", "high", "claimant", "place", "body")


def follow(case: Case, pairs: Pairs, changed: set[str]) -> None:
    """Take in entries: new reports, new claims and mentions, and what decisions do to those that are there."""
    sources = [_source(case, entry, record) for entry, record in pairs if isinstance(record, Report)]
    insert(Source, sources)
    decisions = [(entry, record) for entry, record in pairs if isinstance(record, Decision)]
    _noted(case, decisions)
    pieces = [
        _piece(case, entry, review.Standing(record, record), _unreviewed(record))
        for entry, record in pairs
        if isinstance(record, Claim | Mention)
    ]
    insert(Piece, pieces)
    judged = {*changed, *(name for _, decision in decisions for name in _named(decision))}
    fresh = {piece.name for piece in pieces}
    changed |= fresh
    # A decision may have come before what it is about.
    judged |= set(_judged(case, [piece.name for piece in pieces]))
    changed |= restand(case, judged)
    # A report may come after what was read in it.
    new = {source.name for source in sources} | {piece.report for piece in pieces}
    _count(case, new | _reports(case, changed - fresh))


def wipe(case: Case) -> None:
    """Forget everything about a case."""
    for kept in (Source, Piece, Judgement):
        kept.objects.filter(case=case).delete()


def drop(case: Case, entries: Iterable[Entry]) -> set[str]:
    """Forget what is kept of single entries. Gives the claims and mentions that stand by them, or beside them."""
    names = {entry.name for entry in entries}
    beside = _objects(case, names) | _judged_with(case, names)
    reports = _reports(case, names)
    for part in parts(sorted(names)):
        Source.objects.filter(case=case, name__in=part).delete()
        Piece.objects.filter(case=case, name__in=part).delete()
        Judgement.objects.filter(case=case, decision__in=part).delete()
    _count(case, reports)
    return beside - names


def _judged_with(case: Case, names: set[str]) -> set[str]:
    """What decisions are about that are about any of these, too."""
    found: set[str] = set()
    for part in parts(sorted(names)):
        decided = Judgement.objects.filter(case=case, about__in=part).values("decision")
        found |= set(Judgement.objects.filter(case=case, decision__in=decided).values_list("about", flat=True))
    return found


def told(case: Case) -> Iterator[tuple[str, object]]:
    """All that is kept of a case, opened, each under a key of its own."""
    for source in Source.objects.filter(case=case).iterator(chunk_size=2_000):
        yield f"report {source.name}", (*_plain(source), summary(source))
    for piece in Piece.objects.filter(case=case).iterator(chunk_size=2_000):
        yield f"{piece.record} {piece.name}", (*_plain(piece), encode(standing(piece)))
    for each in Judgement.objects.filter(case=case).iterator(chunk_size=2_000):
        yield f"judgement {each.number} {each.about}", _plain(each)


def _plain(row: Source | Piece | Judgement) -> tuple[object, ...]:
    """The columns that are not sealed, but for the number that the database gave to the row."""
    fields = row._meta.concrete_fields
    return tuple(getattr(row, f.attname) for f in fields if not f.primary_key and not isinstance(f, BinaryField))


def records(case: Case, **only: Any) -> Iterator[Claim | Mention]:
    """Claims and mentions as they stand, in the order in which they came; those that are reckoned with.

    Args:
        only: Conditions on `Piece`; `counts=False` gives the others.
    """
    pieces = Piece.objects.filter(case=case, **{"counts": True} | only).order_by("number")
    for piece in pieces.only("name", "body").iterator(chunk_size=2_000):
        yield standing(piece)


def standing(piece: Piece) -> Claim | Mention:
    """The record of a piece as it stands."""
    record = decode(vault().unseal(piece.body, of=sealed_as(piece.name)))
    assert isinstance(record, Claim | Mention)
    return record


def summary(source: Source) -> dict[str, str | None]:
    """Title, publisher and date of a report."""
    told: dict[str, str | None] = vault().unseal_json(source.summary, of=f"source {source.name}")
    return told


def decisions_about(case: Case, names: Iterable[str]) -> dict[str, list[Decision]]:
    """The decisions about each of these records, and those that take such decisions back, in the order they came."""
    found: dict[str, list[Decision]] = defaultdict(list)
    met: dict[str, set[str]] = defaultdict(set)
    wanted = {name: {name} for name in names}
    while wanted:
        noted = [j for part in parts(list(wanted)) for j in Judgement.objects.filter(case=case, about__in=part)]
        records = named(case, {each.decision for each in noted})
        further: dict[str, set[str]] = defaultdict(set)
        for each in sorted(noted, key=lambda judgement: judgement.number):
            decision = records.get(each.decision)
            if isinstance(decision, Decision):
                # Decisions may take back each other in a circle.
                for name in wanted[each.about] - further.get(decision.id, set()) - met[decision.id]:
                    found[name].append(decision)
                    further[decision.id].add(name)
        for id, about in further.items():
            met[id] |= about
        wanted = dict(further)
    return found


def restand(case: Case, names: Iterable[str]) -> set[str]:
    """Work out anew how these records stand. Returns the ids of the claims and mentions that it was done for."""
    entries, stands = _with_related(case, _objects(case, set(names)))
    usable = review.usable(stands.values())
    left = {each.standing.original.id for each in usable.left}
    pieces = {piece.name: piece for part in parts(list(stands)) for piece in _pieces(case, part)}
    for name, piece in pieces.items():
        fresh = _piece(case, entries[name], stands[name], left)
        for column in _COLUMNS:
            setattr(piece, column, getattr(fresh, column))
    update(Piece, pieces.values(), _COLUMNS)
    return set(pieces)


def stands(case: Case, names: Iterable[str]) -> dict[str, review.Standing[Claim | Mention]]:
    """How each of these records stands, with who decided so and what else was said; not those erased."""
    found = _standings(case, list(names))[1]
    return found


def _with_related(case: Case, names: set[str]) -> tuple[dict[str, Entry], dict[str, review.Standing[Claim | Mention]]]:
    """How these stand, and those that they were put in the place of, or that were put in theirs."""
    entries: dict[str, Entry] = {}
    found: dict[str, review.Standing[Claim | Mention]] = {}
    while names:
        there, stand = _standings(case, sorted(names))
        entries |= there
        found |= stand
        names = {name for each in stand.values() for name in (*each.into, *each.instead_of)} - set(found)
        if not names & set(Piece.objects.filter(case=case, name__in=names).values_list("name", flat=True)):
            break
    return entries, found


def _standings(case: Case, names: list[str]) -> tuple[dict[str, Entry], dict[str, review.Standing[Claim | Mention]]]:
    decided = decisions_about(case, names)
    entries = {e.name: e for part in parts(names) for e in Entry.objects.filter(case=case, name__in=part)}
    found = {}
    for name, entry in entries.items():
        record = opened(entry)
        if isinstance(record, Claim | Mention):
            found[name] = review.standing(record, decided.get(name, ()), two=case.two_persons)
    return entries, found


def _pieces(case: Case, names: list[str]) -> Iterator[Piece]:
    yield from Piece.objects.filter(case=case, name__in=names)


def _objects(case: Case, names: set[str]) -> set[str]:
    """The records that decisions are about in the end: a decision may take back another one."""
    found: set[str] = set()
    met: set[str] = set()
    while names:
        decisions = {name for name in names if name.startswith("d")}
        found |= names - decisions
        met |= decisions
        about = Judgement.objects.filter(case=case, decision__in=decisions).values_list("about", flat=True)
        names = set(about) - met  # decisions may take back each other in a circle
    return found


def _source(case: Case, entry: Entry, report: Report) -> Source:
    told = {"title": report.title, "publisher": report.publisher, "published": report.published}
    return Source(
        case=case,
        name=report.id,
        number=entry.number,
        kind=report.kind,
        language=report.language or "",
        publisher=_blind(report.publisher),
        summary=vault().seal_json(told, of=f"source {report.id}"),
    )


def _piece(case: Case, entry: Entry, stands: review.Standing[Claim | Mention], left: Container[str]) -> Piece:
    """The row of a record as it stands; `left` are the ids of those that are not reckoned with."""
    now = stands.record
    claim = now if isinstance(now, Claim) else None
    return Piece(
        case=case,
        name=now.id,
        record=now.record,
        report=now.report,
        number=entry.number,
        start=now.start,
        state=stands.state,
        tier=(claim.tier or "") if claim else "",
        counts=now.id not in left,
        quantity=claim.quantity if claim else "",
        low=claim.low if claim else None,
        high=claim.high if claim else None,
        claimant=_blind(claim.claimant) if claim else None,
        place=_blind(now.place),
        body=_body(entry, stands),
    )


def _body(entry: Entry, stands: review.Standing[Claim | Mention]) -> bytes:
    """A record as it stands, sealed; one that was not changed as it is sealed in the ledger already."""
    if stands.record is stands.original and entry.body is not None:
        return entry.body
    return vault().seal(encode(stands.record), of=sealed_as(entry.name))


def _unreviewed(record: Claim | Mention) -> Container[str]:
    return (record.id,) if unreviewed(record) else ()


def _blind(words: str | None) -> int | None:
    return None if words is None else vault().blind(words)


def _noted(case: Case, decisions: Iterable[tuple[Entry, Decision]]) -> None:
    insert(
        Judgement,
        (
            Judgement(case=case, number=entry.number, decision=decision.id, about=name)
            for entry, decision in decisions
            for name in _named(decision)
        ),
    )


def _named(decision: Decision) -> Iterable[str]:
    """What a decision is about, and what it puts in the place of that."""
    into = (decision.with_ or {}).get("into") if decision.what == "reject" else ()
    return dict.fromkeys((*decision.about, *(each for each in into or () if isinstance(each, str))))


def _judged(case: Case, names: list[str]) -> Iterator[str]:
    if Judgement.objects.filter(case=case).exists():
        for part in parts(names):
            yield from Judgement.objects.filter(case=case, about__in=part).values_list("about", flat=True)


def _reports(case: Case, names: set[str]) -> set[str]:
    found: set[str] = set()
    for part in parts(sorted(names)):
        found |= set(Piece.objects.filter(case=case, name__in=part).values_list("report", flat=True))
    return found


def _count(case: Case, reports: set[str]) -> None:
    """Count anew what reports have, and what is left of it."""
    for part in parts(sorted(reports)):
        counted = Piece.objects.filter(case=case, report__in=part).values("report")
        numbers = {
            row["report"]: row
            for row in counted.annotate(all=Count("id"), left=Count("id", filter=Q(state="proposed"))).order_by()
        }
        sources = list(Source.objects.filter(case=case, name__in=part).only("id", "name", "pieces", "left"))
        for source in sources:
            row = numbers.get(source.name)
            source.pieces, source.left = (row["all"], row["left"]) if row else (0, 0)
        update(Source, sources, ["pieces", "left"])
