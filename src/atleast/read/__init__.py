"""Reports in, claims and mentions out, each slot with the words it was read from.

`read(report)` gives both, with what was amiss; `claims` and `mentions` one of them. `agreed(readings)` is what the
reports of one case agree on: read again with it, those that name no day or country take the case's. `explain(report)`
says which words and which rule gave each slot, `trial(text, language)` what an example of a language pack gives,
`measured()` how often claims of each tier were right.

Rests on the word lists, places and speakers of `atleast.lexicon`. Pure: same report, same answer.
"""

from atleast.model import Claim, Mention, Report

from .page import Setting
from .reader import Gist, Reading, agreed, read
from .tiers import measured
from .told import Trial, brief, explain, trial

__all__ = [
    "Gist",
    "Reading",
    "Setting",
    "Trial",
    "agreed",
    "brief",
    "claims",
    "explain",
    "measured",
    "mentions",
    "read",
    "trial",
]


def claims(report: Report) -> tuple[Claim, ...]:
    """Every number of people, papers and places that a report states, in the order of its text."""
    return read(report).claims


def mentions(report: Report) -> tuple[Mention, ...]:
    """Every person, named or not, whom a report says something happened to, in the order of its text."""
    return read(report).mentions
