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
    "released_not_held",  # at one moment nobody is both held in a place and released, or moved out of it
    "city_has_one",  # at least one person was detained in each city, or region, with detentions
    "named_places",  # each city, or region, where somebody was detained is one of those with detentions
    "charged_has_paper",  # by law: each person charged has a paper of his or her own
    "one_paper_each",  # by law: nobody has more papers than one
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
    "held_grow_fewer",  # after the event those held only grow fewer
)
NAMES = RULES + ASSUMPTIONS
# These hold where the law makes them true (see `lexicon/data/law.tsv`); elsewhere only if somebody switches them on.
BY_LAW = frozenset({"charged_has_paper", "one_paper_each"})

# How far "about N" may lie from N; "nearly N" lies below it. Chosen, not measured: see docs/reference/rules/about.md.
ABOUT: Mapping[str, tuple[Fraction, Fraction]] = {
    "about": (Fraction(4, 5), Fraction(6, 5)),
    "nearly": (Fraction(4, 5), Fraction(1)),
}

# People moved from one place of custody to another: how a claim of another number tells of them, and how they are
# counted. Those moved out of a place were in it; those moved in came from elsewhere; of the others nobody tells.
MOVED: Mapping[str, str] = {
    "transferred": "moved",
    "transferred out": "moved_out",
    "transferred in": "moved_in",
}
GROWING = frozenset(
    "detained released charges charged to_court fined jailed injured killed"
    " rallies cities regions police_bodies".split()
) | frozenset(MOVED.values())
# Nothing is added to these once the event is over; releases, charges and terms still come in.
CLOSING = frozenset("detained participants rallies cities regions police_bodies".split())
# What comes in day by day after an event: a later number is no quarrel with an earlier one.
COMING_IN = frozenset("released charges charged to_court fined jailed".split()) | frozenset(MOVED.values())
STOCKS = frozenset({"still_held"})
# A figure for one moment of a crowd bounds its size for the event from below only.
PEAKS = frozenset({"participants"})
AMONG_DETAINED = frozenset("released still_held charged to_court fined jailed moved_out".split())
# Nobody is in two groups of one line: together they are part of everybody.
APART_GROUPS: Mapping[str, str] = {
    "men": "sex",
    "women": "sex",
    "minors": "age",
    "adults": "age",
    "police": "duty",
    "civilians": "duty",
}
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
# Papers drawn up, and the people whom they are drawn up on: two counts that only the law joins.
PAPERS = frozenset({"charges", "charged"})
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
    """The rules in force: all, less the ones that were switched off, and those by law that were switched on."""

    off: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        return name not in self.off

    def lawful(self, name: str, country: str) -> bool:
        """Whether a rule of law is in force in a country. Where the law makes it false nobody can switch it on."""
        from atleast.lexicon.law import lawful

        held = lawful(name, country)
        return name not in self.off and (held or (held is None and name in self.on))

    @classmethod
    def without(cls, names: Iterable[str], using: Iterable[str] = ()) -> "Rules":
        """The rules in force when `names` are switched off, and `using` on; unknown names are the caller's mistake."""
        off, on = frozenset(names), frozenset(using)
        if unknown := sorted(off - set(NAMES)):
            raise ValueError(f"no rule of reckoning is called {', '.join(unknown)}. Known are {', '.join(NAMES)}")
        if unknown := sorted(on - BY_LAW):
            known = ", ".join(sorted(BY_LAW))
            raise ValueError(f"no rule that can be switched on is called {', '.join(unknown)}. Known are {known}")
        return cls(off, on)
