"""Who is one person with whom, among some mentions of a case: by the rules that documented people are counted by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from atleast.model import Decision, Mention, Report, Trouble

from .reviewing import judgements


@dataclass(frozen=True, slots=True)
class Persons:
    """The people that mentions are of.

    Attributes:
        person: Of each mention its person, named by the first of his or her mentions.
        verdicts: Of each two mentions that people decided about the last word: same, different, unsure; "" where
            two were said at one moment.
        least: How many different people these are at least. Any two of whom nothing is decided may be one.
        exact: Whether that is the least number that fits all decisions, and not only below it.
        troubles: Decisions that contradict each other, or cannot be used.
    """

    person: Mapping[str, str]
    verdicts: Mapping[tuple[str, str], str]
    least: int
    exact: bool
    troubles: tuple[Trouble, ...]


def persons(
    mentions: Iterable[Mention],
    decisions: Sequence[Decision],
    reports: Iterable[Report],
    *,
    out: Collection[str] = (),
    among: Collection[str] | None = None,
    zone: tzinfo = UTC,
) -> Persons:
    """The people that some mentions are of.

    Args:
        mentions: As they stand, and reckoned with. With a mention on a list come all others of that list, and with
            one that was judged all that it was judged to be one with: else something else may come out.
        decisions: All that were made about them, and those that take these back.
        reports: Those that they stand in; of these only id and kind are looked at.
        out: Ids of mentions that are not reckoned with.
        among: Count only the people of these mentions; None for all.
        zone: The zone of decisions' times that carry none.
    """
    # Here, for who only reads has no use for it.
    from atleast.reckon.judging import Judged
    from atleast.reckon.rules import Rules

    judged = Judged({report.id: report for report in reports}, Rules(), zone)
    judged.change((), [*mentions, *judgements(decisions, claims=(), out=out)])
    wanted = judged.person.keys() if among is None else judged.person.keys() & set(among)
    least = judged.differences.least({judged.person[name] for name in wanted})
    verdicts = {
        (one, other): verdict.what
        for one, found in judged.verdicts.items()
        for other, verdict in found.items()
        if one < other
    }
    return Persons(dict(judged.person), verdicts, least.number, least.exact, tuple(judged.troubles))
