"""What people decided about the records of a case, told."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from atleast.case import Reviewed
from atleast.model import Claim
from atleast.review import STATES, Standing

from .wording import Words

# What came of itself, and needs no word.
_SILENT = frozenset({"proposed"})
_SHOWN = ("quantity", "among", "low", "high", "bound", "hedge", "claimant", "place", "event_date", "as_of", "of")


def summary(found: Reviewed, words: Words) -> Iterator[str]:
    """How many records were accepted, edited, rejected and so on; no line where nobody decided."""
    count = Counter(standing.state for standing in found.standings)
    told = [
        f"{words.word('state', state)}: {count[state]}" for state in STATES if state not in _SILENT and count[state]
    ]
    if told:
        yield words("reckon.reviewed", told=" · ".join(told))


def corrections(found: Reviewed, words: Words) -> Iterator[str]:
    """Each record that was corrected: by whom, and what of it."""
    for standing in found.standings:
        if standing.state == "edited":
            by, decisions = ", ".join(standing.by), ", ".join(standing.decisions)
            change = "; ".join(_changes(standing, words)) or words("reckon.other_fields")
            yield words("reckon.edited", record=standing.original.id, change=change, by=by, decisions=decisions)


def _changes(standing: Standing[Any], words: Words) -> Iterator[str]:
    """The fields of a claim that differ. What was corrected of a person is not printed: who may be shown is decided
    elsewhere."""
    if isinstance(standing.record, Claim):
        for name in _SHOWN:
            before, after = (getattr(each, name) for each in (standing.original, standing.record))
            if before != after:
                yield f"{name} {_value(before, words)} → {_value(after, words)}"


def _value(value: object, words: Words) -> str:
    return words("reckon.open") if value is None else str(value)


def plain(found: Reviewed) -> dict[str, dict[str, Any]]:
    """How each record stands about which somebody decided, by id, as JSON."""
    return {
        standing.original.id: {
            "state": standing.state,
            "by": list(standing.by),
            "decisions": list(standing.decisions),
            "into": list(standing.into),
            "instead_of": list(standing.instead_of),
        }
        for standing in found.standings
        if standing.state not in _SILENT
    }
