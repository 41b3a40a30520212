"""How a number was said: whose words it is, how loosely it is put, and whether two figures say one number."""

import re
from datetime import timedelta
from functools import lru_cache
from operator import attrgetter

from .results import Figure
from .rules import PEAKS

# Below this a number is too common to tell by itself where it came from.
TELLING = 10
# A number that stands in the wrong place or under the wrong name is only recognised when it is neither small nor round.
UNMISTAKABLE = 30
WEAK_HEDGES = frozenset("more_than about nearly up_to dozens tens scores hundreds thousands several".split())
SOURCES = frozenset({"monitor", "authority"})
# A bulletin may be out so long after the hour that it tells of.
ABOUT_THEN = timedelta(minutes=15)
_WORD = re.compile(r"[^\W_]+")

# A number as it is laid beside others, and its hedge.
Saying = tuple[int | None, str | None]

# Where a figure stands among the figures of a heap: by its name, and of those that share one by the report.
in_heap = attrgetter("name", "quotes")


def stated(figure: Figure) -> bool:
    """Whether the figure is a statement of its speaker: a number with its time, or in his own report."""
    if not figure.named or figure.number is None:
        return False
    if figure.partial:
        return figure.dated and figure.key.quantity in PEAKS
    return figure.dated or own(figure)


def timeless(figure: Figure) -> bool:
    """Whether a relay tells no time at all, and is dated by its own report."""
    return relayed(figure) and figure.moment.shown == (figure.quotes[0].published or "")


def saying(figure: Figure) -> Saying:
    """The number as it is laid beside others: "at least" is no other number."""
    return figure.number, None if figure.hedge == "at_least" else figure.hedge


def own(figure: Figure) -> bool:
    """Whether the speaker's own report carries the figure: a monitor's bulletin, a ministry's statement.

    What nobody said, as the number of people who are documented, nobody relays.
    """
    return not figure.named or not figure.quotes or one_house(figure.quotes[0].publisher or "", figure.speaker)


@lru_cache(maxsize=65536)
def one_house(publisher: str, speaker: str) -> bool:
    """Whether one name stands whole within the other: "OVD-Info" in "OVD-Info (mirror)", but not "AP" in "Apostrophe".

    >>> one_house("OVD-Info (mirror)", "OVD-Info"), one_house("Apostrophe", "AP")
    (True, False)
    """
    one, other = (" ".join(["", *_WORD.findall(name.casefold()), ""]) for name in (publisher, speaker))
    return bool(one.strip() and other.strip()) and (one in other or other in one)


def relayed(figure: Figure) -> bool:
    """Whether the figure is a named speaker's, passed on by somebody else without its time."""
    return figure.named and not figure.dated and not own(figure) and not figure.partial


def described(figure: Figure) -> bool:
    """Whether the speaker is described and not named: "other sources", "media reports", "eyewitnesses".

    The names of a case are proper names with capital letters; what has none is a description.
    """
    return figure.kind in ("media", "witness") and figure.speaker == figure.speaker.lower()


def settled(figure: Figure) -> tuple[object, ...]:
    """The order of a speaker's statements: own reports first, then by time."""
    return (not own(figure), figure.moment.real, figure.moment.key, figure.name)


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures give one number, hedged or not."""
    if one.hedge == other.hedge or {one.hedge, other.hedge} <= {None, "at_least"}:
        return one.number == other.number
    return False


def agree(one: Figure, other: Figure) -> bool:
    """Whether both numbers, as said, can be true of one count; "about" within its tolerance."""
    (a, b), (c, d) = _range(one), _range(other)
    return (b is None or c <= b) and (d is None or a <= d)


def _range(figure: Figure) -> tuple[int, int | None]:
    if figure.roughly.known:
        return figure.roughly.low or 0, figure.roughly.high
    return figure.low or 0, None if figure.bound in ("at_least", "vague") or figure.partial else figure.high


def reworded(figure: Figure, told: Figure) -> bool:
    """Whether "more than 830" stands for "at least 830": outlets write one for the other; nobody counted 831."""
    at_least = told.bound == "at_least" and told.hedge != "more_than"
    return figure.hedge == "more_than" and at_least and spoken(figure) == told.number


def spoken(figure: Figure) -> int:
    """The number as it was spoken: 260 of "more than 260"."""
    number = figure.number or 0
    return number - 1 if figure.hedge == "more_than" else number + 1 if figure.hedge == "less_than" else number
