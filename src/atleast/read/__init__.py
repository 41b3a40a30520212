"""Reports in, claims and mentions out, each slot with the words it was read from.

`claims(report)` and `mentions(report)` give the records, `read(report)` both with what was amiss.
Rests on the word lists, places and speakers of `atleast.lexicon`; pure: same report, same answer.
"""

from atleast.model import Claim, Mention, Report

from .reader import Reading, read

__all__ = ["Reading", "claims", "mentions", "read"]


def claims(report: Report) -> tuple[Claim, ...]:
    """Every number of people, papers and places that a report states, in the order of its text."""
    return read(report).claims


def mentions(report: Report) -> tuple[Mention, ...]:
    """Every person, named or not, whom a report says something happened to, in the order of its text."""
    return read(report).mentions
