"""A correction of the past told from growth: by when it was published, and by what it was called."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from atleast.model import Claim, Report

from .manner import own
from .moments import Clock
from .results import Figure, Quote

_NOTED = re.compile(r"\b(?:refined|corrected|revised|corrects|rectified)\b[^;]*", re.IGNORECASE)
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the reports of a case show of corrections: when numbers were published, and what stands around them."""

    clock: Clock
    reports: Mapping[str, Report] = field(default_factory=dict)
    claims: dict[tuple[str, str], Claim] = field(default_factory=dict)
    ends: defaultdict[str, list[tuple[int, str | None]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, claims: Iterable[Claim], reports: Mapping[str, Report], clock: Clock) -> "Corrections":
        """The same for these claims; of two with one name the first counts."""
        by_name: dict[tuple[str, str], Claim] = {}
        ends: defaultdict[str, list[tuple[int, str | None]]] = defaultdict(list)
        for claim in claims:
            by_name.setdefault((claim.id, claim.report), claim)
            ends[claim.report].append((claim.end, claim.claimant))
        return cls(clock, reports, by_name, ends)

    def change(self, claim: Claim, times: int, others: Sequence[Figure]) -> bool:
        """Take in one more claim (1) or let go of one (-1); False where others of its report are called otherwise."""
        before = [self.called(figure) for figure in others]
        if times > 0:
            self.claims.setdefault((claim.id, claim.report), claim)
            self.ends[claim.report].append((claim.end, claim.claimant))
        else:
            self.claims.pop((claim.id, claim.report), None)
            self.ends[claim.report].remove((claim.end, claim.claimant))
        return before == [self.called(figure) for figure in others]

    def called(self, figure: Figure) -> str | None:
        """The words by which the number is called corrected in any report of it, the speaker's own first."""
        return next((words for quote in figure.quotes if (words := self._called(quote))), None)

    def replaces(self, later: Figure, earlier: Figure) -> bool:
        """Whether a number for the same moment is a correction of the other, which was published before it.

        Either both stand in the speaker's own reports, or the later is called corrected: what relays give for one
        moment may as well be a slip.
        """
        if later.moment.real != earlier.moment.real or later.number == earlier.number:
            return False
        before, after = (self.clock.span(f.quotes[0].published) for f in (earlier, later))
        if before is None or after is None or after.start < before.end:
            return False
        return (own(earlier) and own(later)) or bool(self.called(later))

    def published(self, figure: Figure) -> datetime:
        """When the figure was published; before all else where nothing tells."""
        when = self.clock.span(figure.quotes[0].published)
        return when.start if when else _BEFORE_ALL

    def _called(self, quote: Quote) -> str | None:
        from atleast.lexicon.corrections import corrected

        claim, report = self.claims.get((quote.claim, quote.report)), self.reports.get(quote.report)
        if claim is None:
            return None
        if noted := _NOTED.search(claim.note or ""):
            return noted[0].strip()
        return corrected(self._around(claim, report), report.language if report else None)

    def _around(self, claim: Claim, report: Report | None) -> str:
        """The words of a claim with what its speaker says before them in the same paragraph."""
        text = report.text if report else ""
        if text[claim.start : claim.end] != claim.quote:
            return claim.quote
        others = (end for end, who in self.ends[claim.report] if who != claim.claimant and end <= claim.start)
        start = max(text.rfind("\n", 0, claim.start) + 1, max(others, default=0))
        return text[start : claim.end]
