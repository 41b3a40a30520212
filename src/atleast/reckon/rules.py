"""The rules of reckoning: what follows from what. Each has a name, and can be switched off by it.

Their sentences stand in `messages/*.toml` under [rule], their pages in docs/reference/rules.
A *rule* holds by the meaning of the words. An *assumption* may be false on the day: what rests on
one is never a proved bound, only a tension.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

RULES = (
    "parts",  # a whole is at least the sum of its separate parts
    "outside",  # a place and what lies outside it make up the whole
    "others",  # "the largest numbers were in A, B, C" caps every region not named
    "growing",  # a count that only grows bounds from below later and from above before
    "event_over",  # after the event nobody is added to its count
    "crowd",  # a crowd's figure without a time is of the whole event
    "said_together",  # figures given together are for one moment
    "among",  # a group is part of everybody
    "scope",  # a count over some of the cases is part of the count over all
    "among_detained",  # released, held, charged, fined, jailed people are among the detained
    "released_not_held",  # at one moment nobody is both released and held
    "city_has_one",  # at least one person was detained in each city, or region, with detentions
    "named_places",  # each city, or region, where somebody was detained is one of those with detentions
    "last_figure",  # a speaker's later figure replaces the earlier
    "relay",  # a relay adds no evidence
    "copies",  # a dispatch that many print is one voice
    "one_list",  # people on one list are different people
)
ASSUMPTIONS = (
    "about",  # "about N" is within a fifth of N, a vague word at least what its table says
    "last_word",  # a speaker's last figure is the full count
    "jailed_are_held",  # a jail term outlasts the next day
    "same_day",  # counts of the held that are dated to one day are of one moment
    "released_stay_free",  # where all were released, none of them is held later
)
NAMES = RULES + ASSUMPTIONS

# How far "about N" may lie from N; "nearly N" lies below it. Chosen, not measured: see docs/reference/rules/about.md.
ABOUT: Mapping[str, tuple[Fraction, Fraction]] = {
    "about": (Fraction(4, 5), Fraction(6, 5)),
    "nearly": (Fraction(4, 5), Fraction(1)),
}

GROWING = frozenset(
    "detained released charges charged to_court fined jailed injured killed"
    " rallies cities regions police_bodies".split()
)
# Nothing is added to these once the event is over; releases, charges and terms still come in.
CLOSING = frozenset("detained participants rallies cities regions police_bodies".split())
# What comes in day by day after an event: a later number is no quarrel with an earlier one.
COMING_IN = frozenset("released charges charged to_court fined jailed".split())
STOCKS = frozenset({"still_held"})
# A figure for one moment of a crowd bounds its size for the event from below only.
PEAKS = frozenset({"participants"})
AMONG_DETAINED = frozenset("released still_held charged to_court fined jailed".split())
# Nobody is in two groups of one line: together they are part of everybody.
APART_GROUPS: Mapping[str, str] = {"men": "sex", "women": "sex", "minors": "age", "adults": "age"}
# Officers who were hurt are counted by their own side, and left out by those who count the hurt among the people.
COUNTED_APART = frozenset({("injured", "police"), ("killed", "police")})
# Numbers that are not of people: a scope of them ("rallies held", "rallies planned") is another number altogether.
APART_BY_SCOPE = frozenset({"cities", "regions", "police_bodies"})
# Counts of places, and of which kind of place: as "detentions in 26 cities".
COUNTED_PLACES: Mapping[str, str] = {"cities": "city", "regions": "region"}
WITH_DETENTIONS = "detentions"
# What befell a person, as counts have it.
BEFELL = frozenset("detained released charged fined jailed injured killed".split())
# What befalls people at the event itself; the rest comes later and may be of another day.
AT_EVENT = frozenset("detained injured killed".split())
# Papers of the state: whom they document, the authorities' side documents.
OFFICIAL = frozenset({"statement", "court"})
# Groups that a role puts a person into: the last word of the role, before "of" or "for" whatever.
AMONG_BY_ROLE: Mapping[str, str] = {
    "minor": "minors",
    "child": "minors",
    "journalist": "journalists",
    "photojournalist": "journalists",
    "reporter": "journalists",
    "correspondent": "journalists",
    "woman": "women",
    "man": "men",
    "student": "students",
    "organiser": "organisers",
    "activist": "activists",
    "lawyer": "lawyers",
}
RECKONED = GROWING | STOCKS | PEAKS

# A larger number than this is not a count of people, whatever the place.
MOST_PEOPLE = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force: all, less the ones that were switched off."""

    off: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        return name not in self.off

    @classmethod
    def without(cls, names: Iterable[str]) -> "Rules":
        """The rules in force when `names` are switched off; unknown names are the caller's mistake."""
        unknown = sorted(set(names) - set(NAMES))
        if unknown:
            raise ValueError(f"no rule of reckoning is called {', '.join(unknown)}. Known are {', '.join(NAMES)}")
        return cls(frozenset(names))
