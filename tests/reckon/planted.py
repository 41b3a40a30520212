"""Errors planted in an invented night, one at a time: a number changed as a relay or an office would get it wrong.

A planter finds every occasion for an error of its class in what was said in a night.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from atleast.model import Claim, Report

from .nights import DAY, Night

FIGURES = ("proof", "dispute", "text")
Chance = random.Random


@dataclass(frozen=True)
class Planted:
    """An error: the wrong claim, and the right one that it takes the place of, with all that passed that one on."""

    claim: Claim
    instead: str | None = None
    beside: Sequence[Claim] = ()
    reports: Sequence[Report] = ()

    def into(self, told: Night) -> Night:
        kept = [c for c in told.claims if self.instead is None or self.instead not in (c.id, told.passed_on.get(c.id))]
        return replace(told, claims=[*kept, self.claim, *self.beside], reports=[*told.reports, *self.reports])


Planter = Callable[[Night, Chance], Iterator[Planted]]


# --- what relays get wrong


def relays(
    told: Night, *, quantity: str = "detained", place: str | None = None, dated: bool | None = None
) -> Iterator[tuple[Claim, Claim]]:
    """What outlets pass on plainly under the name of who said it, each with the claim that it passes on."""
    by_id = {c.id: c for c in told.claims}
    for relay in told.claims:
        source = by_id.get(told.passed_on.get(relay.id, ""))
        if source is None or relay.claimant is None or (relay.low, relay.bound) != (source.low, source.bound):
            continue
        fits = (
            relay.quantity == quantity
            and not relay.among
            and place in (None, relay.place)
            and "(" not in (relay.place or "")
        )
        if fits and relay.hedge != "more_than" and dated in (None, relay.as_of is not None):
            yield relay, source


def numbered(claim: Claim, number: int) -> Claim:
    return replace(claim, low=number, high=None if claim.high is None else number)


def alike(claim: Claim) -> tuple[object, ...]:
    return claim.claimant, claim.quantity, claim.place, claim.among, claim.of


def spoken(told: Night, claim: Claim) -> set[int]:
    """All numbers that the speaker of a claim gives for its row."""
    return {int(c.low or 0) for c in told.claims if alike(c) == alike(claim)}


def statements(told: Night, claim: Claim) -> list[Claim]:
    """The speaker's own statements with the number of a claim."""
    return [c for c in told.claims if c.id not in told.passed_on and alike(c) == alike(claim) and c.low == claim.low]


def two_numbers(told: Night, chance: Chance) -> Iterator[Planted]:
    for relay, _ in relays(told, dated=True):
        swapped = int(str(relay.low)[::-1])
        if swapped >= 10 and swapped not in spoken(told, relay):
            yield Planted(numbered(relay, swapped), relay.id)


def place(told: Night, chance: Chance) -> Iterator[Planted]:
    towns = told.world.inside(told.world.name, "city")
    for relay, _ in relays(told, place=told.world.name, dated=False):
        if (relay.low or 0) >= 30:
            yield Planted(replace(relay, place=chance.choice(towns)), relay.id)


def other_place(told: Night, chance: Chance) -> Iterator[Planted]:
    towns = told.world.inside(told.world.name, "city")
    for relay, _ in relays(told, dated=False):
        if relay.place in towns and (relay.low or 0) >= 30:
            yield Planted(replace(relay, place=chance.choice([t for t in towns if t != relay.place])), relay.id)


def companion(told: Night, chance: Chance) -> Iterator[Planted]:
    for relay, source in relays(told, dated=False):
        beside = [
            r for r, s in relays(told) if r.report == relay.report and s.report == source.report and r.id != relay.id
        ]
        if any((r.low or 0) >= 10 and (r.low or 0) > (relay.low or 0) for r in beside):
            earlier = sorted(n for n in spoken(told, relay) if n < (relay.low or 0))
            if earlier and earlier[-1] >= 10 and relay.bound == "exact":
                yield Planted(numbered(relay, earlier[-1]), relay.id)


def added(told: Night, chance: Chance) -> Iterator[Planted]:
    for relay, _ in relays(told, place=told.world.name, dated=False):
        earlier = sorted(n for n in spoken(told, relay) if 10 <= n < (relay.low or 0))
        if earlier:
            yield Planted(numbered(relay, int(relay.low or 0) + chance.choice(earlier)), relay.id)


def credited(told: Night, chance: Chance) -> Iterator[Planted]:
    agencies = sorted(
        {r.publisher or "" for r in told.reports if r.kind == "news" and (r.publisher or "").startswith("The ")}
    )
    for relay, _ in relays(told, place=told.world.name, dated=False):
        if (relay.low or 0) >= 30:
            publisher = next(r.publisher for r in told.reports if r.id == relay.report)
            agency = chance.choice([name for name in agencies if name != publisher])
            yield Planted(replace(relay, claimant=agency, claimant_kind="media"), relay.id)


def zone(told: Night, chance: Chance) -> Iterator[Planted]:
    for relay, _ in relays(told, dated=True):
        when = datetime.fromisoformat(relay.as_of or "")
        if (relay.low or 0) >= 10 and len(statements(told, relay)) == 1:
            lost = when - (when.utcoffset() or timedelta())
            yield Planted(replace(relay, as_of=lost.isoformat(timespec="minutes")), relay.id)


def thousand(told: Night, chance: Chance) -> Iterator[Planted]:
    for relay, _ in relays(told):
        if (relay.low or 0) >= 10:
            yield Planted(numbered(relay, int(relay.low or 0) * 1000), relay.id)


def papers(told: Night, chance: Chance) -> Iterator[Planted]:
    for relay, _ in relays(told, quantity="charges"):
        wrong = replace(relay, quantity="detained", as_of=None)
        if (relay.low or 0) >= 10 and relay.low not in spoken(told, wrong) and spoken(told, wrong):
            yield Planted(wrong, relay.id)


def hedge_lost(told: Night, chance: Chance) -> Iterator[Planted]:
    for relay, _ in relays(told):
        if relay.bound == "at_least" and (relay.low or 0) >= 10:
            yield Planted(replace(relay, high=relay.low, bound="exact", hedge=None), relay.id)


def hedge_gained(told: Night, chance: Chance) -> Iterator[Planted]:
    for relay, _ in relays(told):
        if relay.bound == "exact" and (relay.low or 0) >= 10:
            more = int(relay.low or 0) + 1
            yield Planted(replace(relay, low=more, high=None, bound="at_least", hedge="more_than"), relay.id)


# --- what the figures themselves get wrong


def own(told: Night, kind: str) -> Iterator[Claim]:
    """What speakers of a kind say in their own reports."""
    publishers = {r.id: r.publisher for r in told.reports}
    yield from (c for c in told.claims if c.claimant_kind == kind and publishers[c.report] == c.claimant)


def plain(claim: Claim, quantity: str = "detained") -> bool:
    return claim.quantity == quantity and not claim.among and not claim.of and "(" not in (claim.place or "")


def floor(told: Night, place: str | None) -> int:
    """The most that a monitor is sure of in a place, in numbers that are not taken back."""
    last: dict[str, int] = {}
    for claim in own(told, "monitor"):
        if plain(claim) and claim.place == place:
            last[claim.claimant or ""] = int(claim.low or 0)
    return max(last.values(), default=0)


def accounts(told: Night) -> Iterator[Claim]:
    """The full counts that offices give the next day."""
    out = {r.id: r.published or "" for r in told.reports}
    yield from (c for c in own(told, "authority") if plain(c) and out[c.report][:10] > DAY)


def low_office(told: Night, chance: Chance) -> Iterator[Planted]:
    for claim in accounts(told):
        known = floor(told, claim.place)
        if known >= 10:
            yield Planted(numbered(claim, known - max(2, known // chance.choice([3, 5, 10]))), claim.id)


def office_sum(told: Night, chance: Chance) -> Iterator[Planted]:
    """A part above its whole, both of the authorities, in two reports."""
    totals = {c.place: int(c.low or 0) for c in accounts(told)}
    for claim in accounts(told):
        wider = [totals[p] for p in told.world.path(claim.place or "")[1:] if p in totals]
        if wider:
            yield Planted(numbered(claim, min(wider) + chance.randint(1, 9)), claim.id)


def in_statement(told: Night, chance: Chance) -> Iterator[Planted]:
    """More released, or minors, than were detained at all, by one statement."""
    totals = {(c.report, c.place): int(c.low or 0) for c in accounts(told)}
    for claim in own(told, "authority"):
        total = totals.get((claim.report, claim.place))
        if total is not None and (claim.quantity == "released" or claim.among == "minors"):
            yield Planted(numbered(claim, total + chance.randint(1, 9)), claim.id)


def division(told: Night, chance: Chance) -> Iterator[Planted]:
    """A capital and the rest that make less than the total that stands beside them."""
    for claim in own(told, "authority"):
        if "(outside" in (claim.place or "") and (claim.low or 0) >= 20:
            yield Planted(numbered(claim, int(claim.low or 0) - chance.randint(2, 12)), claim.id)


def others(told: Night, chance: Chance) -> Iterator[Planted]:
    """ "The largest numbers were in A, B and C", and a place that is not named has more."""
    for cap in (c for c in told.claims if "not named" in (c.place or "")):
        named = {c.place for c in told.claims if c.report == cap.report}
        known = [
            floor(told, town)
            for town in told.world.inside(told.world.name, "city")
            if not named & set(told.world.path(town))
        ]
        if max(known, default=0) >= 3:
            yield Planted(replace(cap, high=chance.randrange(max(known) // 2 + 1)), cap.id)


def last_word(told: Night, chance: Chance) -> Iterator[Planted]:
    """An office's count of the day, without its hour, below a monitor's."""
    for claim in accounts(told):
        known = floor(told, claim.place)
        if known >= 10 and not any(
            c.claimant == claim.claimant and c.id != claim.id and plain(c) and c.place == claim.place
            for c in told.claims
        ):
            yield Planted(replace(numbered(claim, known // 2), as_of=DAY), claim.id)


def about(told: Night, chance: Chance) -> Iterator[Planted]:
    for claim in accounts(told):
        known = floor(told, claim.place)
        if known >= 20:
            yield Planted(replace(numbered(claim, known // 2), bound="about", hedge="about"), claim.id)


# --- what one text says against itself


def headline(told: Night, chance: Chance) -> Iterator[Planted]:
    for claim in told.claims:
        beside = [
            c
            for c in told.claims
            if c.report == claim.report
            and c.claimant
            and (c.quantity, c.place, c.among) == (claim.quantity, claim.place, claim.among)
        ]
        if claim.claimant is None and plain(claim) and (claim.low or 0) >= 20 and beside:
            more = int(claim.low or 0) * chance.choice([13, 15, 20]) // 10
            yield Planted(replace(claim, low=more, high=more, bound="exact", hedge=None), claim.id)


def headline_sum(told: Night, chance: Chance) -> Iterator[Planted]:
    """A new article: the monitor's number, the ministry's, and their sum in the headline."""
    country = told.world.name
    for office in (c for c in accounts(told) if c.place == country):
        for monitor in (c for c in own(told, "monitor") if plain(c) and c.place == country and (c.low or 0) >= 20):
            out = next(r.published for r in told.reports if r.id == office.report)
            report = Report("planted", publisher="The Planted Post", kind="news", published=out)
            quoted = [
                replace(c, id=f"planted-{n}", report="planted", as_of=None, note=None)
                for n, c in enumerate((office, monitor))
            ]
            total = int((office.low or 0) + (monitor.low or 0))
            own_words = replace(
                quoted[0], id="planted", claimant=None, claimant_kind=None, low=total, high=total, note="headline"
            )
            yield Planted(own_words, None, quoted, (report,))


CLASSES: dict[str, tuple[Planter, tuple[str, ...], tuple[str, ...]]] = {
    "relay.two_numbers": (two_numbers, ("relay",), ("relay.two_numbers",)),
    "relay.place": (place, ("relay",), ("relay.place",)),
    "relay.other_place": (other_place, ("relay",), ("relay.other_place",)),
    "relay.companion": (companion, ("relay",), ("relay.companion",)),
    "relay.added": (added, ("relay",), ("relay.added",)),
    "relay.credited": (credited, ("relay",), ("relay.credited",)),
    "relay.zone": (zone, ("relay",), ("relay.zone",)),
    "relay.thousand": (thousand, ("relay",), ("relay.thousand",)),
    "relay.papers": (papers, ("relay",), ("relay.papers",)),
    "relay.hedge_lost": (hedge_lost, ("relay",), ("relay.hedge_lost",)),
    "relay.hedge_gained": (hedge_gained, ("relay",), ("relay.hedge_gained",)),
    "a low official number": (
        low_office,
        FIGURES,
        ("clash.two_figures", "clash.part_above_whole", "clash.sum_above_whole"),
    ),
    "an official part above its whole": (office_sum, FIGURES, ("clash.part_above_whole", "clash.sum_above_whole")),
    "a statement against itself": (in_statement, FIGURES, ("clash.group_above_all",)),
    "a division below its total": (division, FIGURES, ("clash.parts_below_whole",)),
    "more than the largest": (others, FIGURES, ("clash.above_others",)),
    "last_word": (last_word, ("tension",), ("clash.two_figures", "clash.part_above_whole", "clash.sum_above_whole")),
    "about": (about, ("tension",), ("clash.two_figures", "clash.part_above_whole", "clash.sum_above_whole")),
    "text.own_and_quoted": (headline, ("text",), ("text.own_and_quoted",)),
    "text.added": (headline_sum, ("text",), ("text.added",)),
}
