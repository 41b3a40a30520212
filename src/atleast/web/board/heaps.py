"""The records of a case as they are reckoned with, and the heap of a case that stays reckoned while they change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo

from atleast import case as work
from atleast.model import Claim, Decision, Dispatch, Mention, Report, Span
from atleast.reckon import Asked, Curve, Standing, Tally, curve
from atleast.web.house.models import Case
from atleast.web.ledger.reading import records as entries
from atleast.web.rows import parts
from atleast.web.shelf import pieces
from atleast.web.shelf.models import Piece
from atleast.web.vault import vault

from .models import Moved
from .telling import NOBODY, Names

# One more record is taken in within milliseconds; of so many, all anew is as fast.
FEW = 200
REMEMBERED = 2_000
"""For so many entries it is remembered which records stand otherwise since."""
REVIEWED = {"state__in": ("accepted", "edited")}


@dataclass(slots=True)
class Records:
    """All that is reckoned with of a case whose ledger has `number` entries."""

    number: int
    zone: tzinfo
    reports: dict[str, Report]
    told: dict[str, Claim | Mention]
    decisions: list[Decision]
    judged: dict[str, Decision]
    dispatches: tuple[Dispatch, ...]

    @property
    def claims(self) -> Iterator[Claim]:
        return (record for record in self.told.values() if isinstance(record, Claim))

    @property
    def mentions(self) -> Iterator[Mention]:
        return (record for record in self.told.values() if isinstance(record, Mention))

    def claimant(self, claim: str) -> int:
        """Who said a claim, blind, as on the shelf."""
        record = self.told.get(claim)
        name = record.claimant if isinstance(record, Claim) else None
        return NOBODY if name is None else vault().blind(name)

    def standing(self, at: Span | None = None) -> Standing:
        """What these records jointly imply; with `at`, as far as it was known by then."""
        asked = Asked(dispatches=self.dispatches, at=at, zone=self.zone)
        return Standing(self.claims, self.reports.values(), asked, self.mentions, self.judged.values())

    def curve(self, at: Span | None = None) -> Curve:
        """How the first count grew over the event."""
        return curve(
            self.claims,
            self.reports.values(),
            mentions=self.mentions,
            decisions=self.judged.values(),
            dispatches=self.dispatches,
            at=at,
            zone=self.zone,
        )


def gathered(case: Case, *, reviewed: bool = False) -> Records:
    """The records of a case as they stand now; `reviewed` leaves out what nobody accepted or edited."""
    number = Case.objects.values_list("number", flat=True).get(pk=case.pk)
    only = REVIEWED if reviewed else {}
    reports = {r.id: r for _, r in entries(case, kind="report") if isinstance(r, Report)}
    told = {record.id: record for record in pieces.records(case, **only)}
    decisions = [d for _, d in entries(case, kind="decision") if isinstance(d, Decision)]
    judged = {d.id: d for d in _judged(case, decisions, reviewed)}
    dispatches = work.dispatches(work.Reading(tuple(reports.values())))
    return Records(number, case.tz, reports, told, decisions, judged, dispatches)


def _judged(case: Case, decisions: list[Decision], reviewed: bool = False) -> Iterator[Decision]:
    """What was judged of who is who, of the mentions that are reckoned with."""
    names = list({name for d in decisions if d.what in work.PAIRWISE and len(d.about) > 1 for name in d.about})
    there = [piece for part in parts(names) for piece in Piece.objects.filter(case=case, name__in=part).defer("body")]
    claims = {piece.name for piece in there if piece.record == "claim"}
    out = {p.name for p in there if not p.counts or (reviewed and p.state not in REVIEWED["state__in"])} - claims
    return work.judgements(decisions, claims=claims, out=out)


class Kept:
    """A case that stays reckoned. What it shows is always what its records, taken all at once, imply."""

    def __init__(self, case: Case) -> None:
        self.case, self.names = case, Names()
        self._anew()

    def _anew(self) -> None:
        self.records = gathered(self.case)
        self.standing = self.records.standing()

    def tally(self) -> Tally:
        return self.standing.tally()

    def catch_up(self) -> None:
        """Take in what came since. Where much did, or copies of a report are told apart otherwise, all is done anew."""
        number, names = self._since()
        if names is None:
            self._anew()
            return
        reports, decisions = self._added() if number != self.records.number else ([], [])
        if self._copied(reports):
            self._anew()
            return
        self.records.number = number
        for report in reports:
            self.standing.add_report(report)
        for name in sorted(names):
            self._change(name)
        if decisions or names:
            self._judge(decisions)

    def _since(self) -> tuple[int, set[str] | None]:
        """How many entries there are now, and what stands otherwise; None where that is not known piece by piece."""
        self.case.refresh_from_db()
        number, mine = int(self.case.number), self.records.number
        if not 0 <= number - mine <= REMEMBERED or self.case.tz != self.records.zone:
            return number, None
        moved = Moved.objects.filter(case=self.case, number__gt=mine)
        names = set(moved.values_list("name", flat=True).distinct()[: FEW + 1])
        return number, names if len(names) <= FEW and "" not in names else None

    def _added(self) -> tuple[list[Report], list[Decision]]:
        added = [record for _, record in entries(self.case, after=self.records.number)]
        return [r for r in added if isinstance(r, Report)], [r for r in added if isinstance(r, Decision)]

    def _copied(self, reports: Iterable[Report]) -> bool:
        """Whether with these reports other ones carry the same words."""
        reports = list(reports)
        self.records.reports |= {report.id: report for report in reports}
        if not any(report.text for report in reports):
            return False
        return work.dispatches(work.Reading(tuple(self.records.reports.values()))) != self.records.dispatches

    def _change(self, name: str) -> None:
        """Take in how one record stands now."""
        piece = Piece.objects.filter(case=self.case, name=name, counts=True).first()
        before, after = self.records.told.get(name), pieces.standing(piece) if piece else None
        if before == after:
            return
        if before is not None:
            self.standing.drop(self.records.told.pop(name))
        if after is not None:
            self.records.told[name] = after
            self.standing.add(after)

    def _judge(self, decisions: list[Decision]) -> None:
        """Take in who is one person with whom, as it is judged now."""
        self.records.decisions += decisions
        now = {d.id: d for d in _judged(self.case, self.records.decisions)}
        before, self.records.judged = self.records.judged, now
        for name in before.keys() | now.keys():
            if before.get(name) != now.get(name):
                if name in before:
                    self.standing.drop(before[name])
                if name in now:
                    self.standing.add(now[name])
