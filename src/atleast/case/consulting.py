"""What other readers make of a case that the rules have read."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from atleast import read as reading
from atleast.model import AtleastError, Claim, Mention, NoAnswer, Report, Trouble
from atleast.read.readers import Reader, joined

from .gathering import Progress
from .work import Reading

Maker = Callable[[reading.Setting], Reader]
"""Makes a reader, given what the case agrees on."""

_Quoted = TypeVar("_Quoted", Claim, Mention)


def consult(case: Reading, readers: Sequence[Maker], *, progress: Progress | None = None) -> Reading:
    """The same case, read by other readers too: see `read.readers` for what that makes of a claim.

    Reports are left alone whose claims somebody wrote or that other readers have seen already.

    Args:
        case: What the rules read.
        readers: Each is made with what the case agrees on, for reports that do not tell their day or country.
        progress: Called with the stage ("consult"), the steps done and the steps in all.

    Returns:
        A Reading with one trouble more for each report that a reader could not read.
    """
    claims, mentions = _by_report(case.claims), _by_report(case.mentions)
    fresh = [r for r in case.reports if r.text and all(c.tier and not c.readers for c in claims[r.id])]
    asked = [make(_agreed(case.reports, claims)) for make in readers]
    troubles = list(case.troubles)
    for n, report in enumerate(fresh, 1):
        found = reading.Reading(report, tuple(claims[report.id]), tuple(mentions[report.id]))
        for reader in asked:
            try:
                found = joined(found, reader(report), reader)
            except NoAnswer as wrong:
                troubles.append(Trouble.of(wrong))
            except AtleastError:
                raise
            except Exception as wrong:
                what = f"{reader.id} failed on this report: {type(wrong).__name__}: {wrong}"
                troubles.append(Trouble(what, report.id, remedy="Please tell us, with the report"))
        claims[report.id], mentions[report.id] = list(found.claims), list(found.mentions)
        troubles += found.troubles
        if progress:
            progress("consult", n, len(fresh))
    return replace(
        case,
        claims=tuple(_in_order(claims, case.reports)),
        mentions=tuple(_in_order(mentions, case.reports)),
        troubles=tuple(dict.fromkeys(troubles)),
    )


def _by_report(records: Iterable[_Quoted]) -> defaultdict[str, list[_Quoted]]:
    found: defaultdict[str, list[_Quoted]] = defaultdict(list)
    for record in records:
        found[record.report].append(record)
    return found


def _in_order(records: Mapping[str, Sequence[_Quoted]], reports: Sequence[Report]) -> Iterator[_Quoted]:
    """All records in the order of their reports; those of reports that did not come along are last."""
    for name in dict.fromkeys([*(report.id for report in reports), *records]):
        yield from records.get(name, ())


def _agreed(reports: Sequence[Report], claims: Mapping[str, Sequence[Claim]]) -> reading.Setting:
    """The day and country of a case, as its claims have them."""

    def most(values: Iterable[str | None]) -> str | None:
        return next((value for value, _ in Counter(filter(None, values)).most_common(1)), None)

    told = [(report, tuple(claims.get(report.id, ()))) for report in reports]
    return reading.agreed(
        reading.Reading(
            report,
            own,
            day=most(claim.event_date for claim in own),
            country=most((claim.place or "").rpartition(", ")[2].partition(" (")[0] for claim in own),
        )
        for report, own in told
    )
