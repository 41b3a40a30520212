"""Invented nights: what really happened, known to the last person, and what everybody says of it, all of it true.

A country, its towns, outlets and people are made up from a seed. Monitors hear of somebody late or never, and say
"at least"; offices count exactly, late, and each its own; outlets pass on what others said, late, rounded, without its
time. So nothing that is said can contradict anything else, and every count is known: `Night.world` is the oracle.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

from atleast.model import Claim, People, Report
from atleast.reckon import Bound, Cell, Key, Tally, tally
from atleast.reckon.moments import FINAL

DAY, NEXT = "2031-05-01", "2031-05-02"
MORNING = timedelta(hours=34)  # ten o'clock of the next day, when offices give their numbers
_HEADS = "Zen Hof Tar Strel Wel Kar Lind Mor Ost Bran Fal Gor Hel Ister Jar Kol Lau Mir Nor Pel Rav Sol Tem Ul Ved".split()
_TAILS = "da bau lenheim sau gard mark stad burg ov ska mouth feld grad vik".split()
_LANDS = "Ruritania Gondal Graustark Evallonia Orsinia Karlsland Samavia Maurania".split()
_PAPERS = "Courier Herald Bugle Echo Gazette Mirror Dispatch Tribune Clarion Post".split()
OFFENCE = "failure to obey"


class Size(NamedTuple):
    """How large a night is: regions, towns in all, people taken, outlets, and hours between two bulletins."""

    regions: int = 8
    towns: int = 36
    people: int = 700
    outlets: int = 24
    every: float = 0.5


LARGE, SMALL = Size(), Size(2, 5, 40, 4, 1.5)


class Person(NamedTuple):
    """What befell somebody. `heard` tells for each monitor from when until when it had him or her on its list."""

    places: frozenset[str]
    taken: datetime
    free: datetime | None
    groups: frozenset[str]
    papers: tuple[datetime, ...]
    offence: bool
    heard: tuple[tuple[datetime, datetime] | None, ...]


@dataclass(frozen=True)
class World:
    """A country as a tree of places, and all that happened in it on one day. All times carry the country's zone."""

    name: str
    capital: str
    parents: Mapping[str, str]
    kinds: Mapping[str, str]
    start: datetime
    people: Sequence[Person] = ()

    def path(self, key: str) -> tuple[str, ...]:
        """From narrow to wide."""
        found = [key] if key in self.kinds else []
        while found and found[-1] in self.parents:
            found.append(self.parents[found[-1]])
        return tuple(found)

    def kind(self, key: str) -> str:
        """What sort of place it is."""
        return self.kinds.get(key, "")

    def inside(self, place: str, kind: str) -> list[str]:
        """The places of a kind in a place, itself left out."""
        return [p for p in self.parents if self.kinds[p] == kind and place in self.path(p)[1:]]

    def when(self, hours: float) -> datetime:
        """So many hours after midnight of the day."""
        return self.start + timedelta(hours=hours)

    def count(
        self, quantity: str, place: str, when: datetime, *, among: str = "", of: str = "", monitor: int | None = None
    ) -> int:
        """How many there were at a moment; as far as a monitor knew, if one is named by its number."""
        if quantity == "cities":
            towns = self.inside(place, "city")
            return sum(self.count("detained", town, when, monitor=monitor) > 0 for town in towns)
        base, _, rest = place.partition(" (outside ")
        out = f"{rest.rstrip(')')}, {self.name}" if rest else None
        here = (p for p in self.people if base in p.places and out not in p.places)
        counted = (p for p in here if (not among or among in p.groups) and (not of or p.offence))
        known = (p for p in counted if p.taken <= when and (monitor is None or _on_list(p.heard[monitor], when)))
        return sum(_times(p, quantity, when) for p in known)


def _on_list(listed: tuple[datetime, datetime] | None, when: datetime) -> bool:
    return listed is not None and listed[0] <= when < listed[1]


def _times(person: Person, quantity: str, when: datetime) -> int:
    """How often a person counts."""
    free = person.free is not None and person.free <= when
    papers = sum(at <= when for at in person.papers)
    return {"detained": 1, "released": free, "still_held": not free, "charges": papers, "charged": papers > 0}[quantity]


class Source(NamedTuple):
    """A statement that outlets may pass on: who said it, when it was made, when it was out."""

    speaker: str
    kind: str
    made: datetime
    out: datetime
    claims: tuple[Claim, ...]


@dataclass
class Night:
    """A world and what was said of it. `passed_on` leads from each relay to the claim that it passes on."""

    world: World
    chance: random.Random
    claims: list[Claim] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    passed_on: dict[str, str] = field(default_factory=dict)

    def publish(self, publisher: str, out: datetime, told: Sequence[Claim], kind: str = "news") -> list[Claim]:
        """A report that holds the claims, each in a sentence of its own; an outlet's own number is its title."""
        name, text, placed = f"r{len(self.reports):04}", "", []
        for claim in told:
            start, sentence = len(text), _sentence(claim)
            ready = replace(claim, id=f"{name}-{len(placed)}", report=name, quote=sentence, start=start, end=start + len(sentence))
            placed.append(ready)
            text += sentence + "\n"
        self.claims += placed
        title = next((claim.quote for claim in placed if claim.claimant is None), None)
        self.reports.append(Report(name, publisher=publisher, kind=kind, published=_iso(out), language="en", text=text, title=title))
        return placed

    def state(self, speaker: str, kind: str, made: datetime, out: datetime, told: Sequence[Claim]) -> None:
        """A speaker's own statement."""
        if told:
            spoken = [replace(claim, claimant=speaker, claimant_kind=kind) for claim in told]
            form = {"monitor": "bulletin", "authority": "statement"}.get(kind, "news")
            self.sources.append(Source(speaker, kind, made, out, tuple(self.publish(speaker, out, spoken, form))))


def night(seed: int, size: Size = LARGE) -> Night:
    """A night in which nothing false was said."""
    chance = random.Random(seed)
    found = Night(_world(chance, size), chance)
    for each in (_monitors, _police, _ministry, _lawyers):
        each(found, size)
    _outlets(found, size)
    return found


def unseen(told: Night) -> Night:
    """The same night as far as outlets tell it: of half of those who speak no report of their own was kept.

    Left out is what is printed between midnight and ten without its time: that is read as of the whole evening.
    """
    speakers = sorted({source.speaker for source in told.sources})
    gone = set(random.Random(len(told.claims)).sample(speakers, len(speakers) // 2))
    lost = {report.id for report in told.reports if report.publisher in gone}
    late = {report.id for report in told.reports if f"{NEXT}T10" > (report.published or "") >= NEXT}
    kept = (c for c in told.claims if c.report not in lost and (c.as_of or c.report not in late))
    return replace(told, claims=list(kept))


# --- the oracle


def reckon(told: Night, **more: Any) -> Tally:
    """The tally of a night."""
    return tally(told.claims, told.reports, places=told.world, zone=told.world.start.tzinfo or UTC, **more)


def strays(result: Tally, world: World) -> Iterator[tuple[str, Key, Bound]]:
    """Every row whose bounds, at the moment that they are shown for, do not enclose the truth; and which side's."""
    for cell in result.cells:
        for side in ("independent", "authority", "joint"):
            bound = getattr(cell, side)
            if bound.people.known and not encloses(bound.people, *_truth(world, cell, bound)):
                yield side, cell.key, bound


def encloses(people: People, first: int, last: int) -> bool:
    """Whether an interval can be of a count that grew from the first number to the last within the moment shown."""
    return (people.low or 0) <= last and (people.high is None or first <= people.high)


def _truth(world: World, cell: Cell, bound: Bound) -> tuple[int, int]:
    key, (first, last) = cell.key, (bound.moment.lo, bound.moment.hi) if bound.moment else (FINAL, FINAL)
    of = "" if key.quantity == "cities" else key.of
    ends = (world.when(200) if when == FINAL else when for when in (first, last))
    one, other = (world.count(key.quantity, key.place, when, among=key.among, of=of) for when in ends)
    return one, other


# --- what happened


def _world(chance: random.Random, size: Size) -> World:
    land = chance.choice(_LANDS)
    names = [f"{head}{tail}" for head in _HEADS for tail in _TAILS]
    chance.shuffle(names)
    capital, *rest = (f"{name}, {land}" for name in names[: 1 + size.towns + size.regions])
    regions = [f"{name.partition(', ')[0]} Province, {land}" for name in rest[size.towns :]]
    towns = rest[: size.towns]
    parents = dict.fromkeys([*regions, capital], land) | {town: regions[n % len(regions)] for n, town in enumerate(towns)}
    kinds = {land: "country", **dict.fromkeys(regions, "region"), **dict.fromkeys([capital, *towns], "city")}
    for town in (capital, *towns[: size.towns // 8]):
        for n in range(1, 1 + chance.randint(2, 4)):
            parents[f"Station {n}, {town}"], kinds[f"Station {n}, {town}"] = town, ""
    zone = timezone(timedelta(hours=chance.choice([1, 2, 3, 5, 6])))
    bare = World(land, capital, parents, kinds, datetime.fromisoformat(DAY).replace(tzinfo=zone))
    weights = [size.towns / 2, *(chance.paretovariate(0.9) for _ in towns)]
    where = chance.choices([capital, *towns], weights, k=size.people)
    return replace(bare, people=[_person(bare, town, chance) for town in where])


def _person(world: World, town: str, chance: random.Random) -> Person:
    stations = world.inside(town, "")
    place = chance.choice(stations) if stations else town
    taken = world.when(chance.triangular(13, 22.5, 16))
    free = taken + timedelta(hours=chance.triangular(1, 16, 5)) if chance.random() < 0.85 else None
    papers = [taken + timedelta(hours=chance.uniform(1, 10)) for _ in range(chance.choice([0, 1, 1, 1, 2]))]
    groups = {name for name, often in (("minors", 0.12), ("journalists", 0.05)) if chance.random() < often}
    places = frozenset(world.path(place))
    heard = tuple(_heard(world, taken, often, chance) for often in (0.9, 0.6))
    return Person(places, taken, free, frozenset(groups), tuple(sorted(papers)), chance.random() < 0.4, heard)


def _heard(world: World, taken: datetime, often: float, chance: random.Random) -> tuple[datetime, datetime] | None:
    """When a monitor had somebody on its list; now and then it strikes a name from it that was right after all."""
    if chance.random() > often:
        return None
    first = taken + timedelta(hours=chance.expovariate(1.5))
    last = first + timedelta(hours=chance.uniform(0.5, 5)) if chance.random() < 0.03 else world.when(1000)
    return first, last


# --- who counts


def _said(world: World, quantity: str, place: str, number: int, made: datetime | None, *, least: bool = False, **more: str) -> Claim:
    """A claim without its report; of the day, where it tells no time."""
    low, high, bound, hedge = (number, None, "at_least", "at_least") if least else (number, number, "exact", None)
    return Claim(
        id="", report="", quote="", start=0, end=0, quantity=quantity, low=low, high=high, bound=bound, hedge=hedge,
        place=place, event_date=DAY, as_of=_iso(made) if made else None, **more,
    )  # fmt: skip


def _monitors(night: Night, size: Size) -> None:
    """Running bulletins of what each monitor has heard: the country, its towns, groups, those who are free again."""
    world, chance = night.world, night.chance
    for number, (name, every) in enumerate((("Arrest Watch", size.every), ("Night Hotline", 2 * size.every))):
        hours = [14 + every * n for n in range(int(10 / every))] + [34.0]
        before: dict[str, int] = {}
        for hour in hours:
            made = world.when(hour)
            told = list(_bulletin(world, number, made, chance, timed=chance.random() < 0.6))
            told = [replace(c, note="refined by the monitor") if (c.low or 0) < before.get(_row(c), 0) else c for c in told]
            before.update((_row(c), int(c.low or 0)) for c in told)
            night.state(name, "monitor", made, made + timedelta(minutes=chance.choice([0, 0, 3])), told)


def _row(claim: Claim) -> str:
    return f"{claim.quantity}|{claim.place}|{claim.among}"


def _bulletin(world: World, number: int, made: datetime, chance: random.Random, *, timed: bool) -> Iterator[Claim]:
    def known(quantity: str, place: str, **more: str) -> Iterator[Claim]:
        group = {name: value for name, value in more.items() if name == "among"}
        people = world.count(quantity, place, made, monitor=number, **group)
        all_of_them = timed and people == world.count(quantity, place, made, **group) and chance.random() < 0.5
        if people:
            yield _said(world, quantity, place, people, made if timed else None, least=not all_of_them, **more)

    yield from known("detained", world.name)
    yield from known("cities", world.name, of="detentions")
    towns = [world.capital, *world.inside(world.name, "city")]
    shown = dict.fromkeys(sorted(towns, key=lambda t: -world.count("detained", t, made, monitor=number))[: chance.choice([5, 12, 99])])
    for town in shown:
        yield from known("detained", town)
    if chance.random() < 0.3:
        yield from known("detained", f"{world.name} (outside {world.capital.partition(', ')[0]})")
    for among in ("minors", "journalists"):
        if chance.random() < 0.4:
            yield from known("detained", world.name, among=among)
    if chance.random() < 0.4:
        yield from known("released", world.name)
        yield from known("released", world.capital)


def _police(night: Night, size: Size) -> None:
    """Offices of towns: exact, of their own town, some in the evening and most the next day."""
    world, chance = night.world, night.chance
    for town in world.inside(world.name, "city"):
        speaker = f"{town.partition(', ')[0]} Police"
        if chance.random() < 0.35:
            made = world.when(chance.choice([17, 18.5, 20, 22]))
            told = [_said(world, "detained", town, world.count("detained", town, made), made)]
            night.state(speaker, "authority", made, made + timedelta(minutes=30), told)
        if chance.random() < 0.5:
            night.state(speaker, "authority", world.when(34), world.when(34.5), list(_account(world, town, chance)))


def _account(world: World, place: str, chance: random.Random) -> Iterator[Claim]:
    """An office's whole account of the day before, as of ten o'clock or without a time."""
    made = world.start + MORNING
    timed = made if chance.random() < 0.7 else None
    yield _said(world, "detained", place, world.count("detained", place, made), timed)
    if chance.random() < 0.5:
        yield _said(world, "detained", place, world.count("detained", place, made, of=OFFENCE), timed, of=OFFENCE)
    for quantity in ("released", "still_held", "charges", "charged"):
        if chance.random() < 0.4:
            yield _said(world, quantity, place, world.count(quantity, place, made), made)
    if chance.random() < 0.4:
        yield _said(world, "detained", place, world.count("detained", place, made, among="minors"), timed, among="minors")


def _ministry(night: Night, size: Size) -> None:
    """The country's ministry: one count in the evening, the account of the next day with regions and the rest."""
    world, chance = night.world, night.chance
    speaker, evening = "Interior Ministry", world.when(chance.choice([19, 20, 21.5]))
    night.state(speaker, "authority", evening, evening, [_said(world, "detained", world.name, world.count("detained", world.name, evening), evening)])
    told = list(_account(world, world.name, chance))
    made = world.start + MORNING
    first = replace(told[0], as_of=_iso(made))
    capital, *_ = world.capital.partition(", ")
    outside = f"{world.name} (outside {capital})"
    parts = [_said(world, "detained", p, world.count("detained", p, made), made) for p in (world.capital, outside)]
    night.state(speaker, "authority", made, made, [first, *told[1:], *(parts if chance.random() < 0.6 else ())])
    regions = sorted(((world.count("detained", r, made), r) for r in [world.capital, *world.inside(world.name, "region")]), reverse=True)
    if chance.random() < 0.6 and len(regions) > 3:
        cap = _said(world, "detained", f"{world.name} (any region not named)", regions[2][0], made)
        listed = [_said(world, "detained", region, number, made) for number, region in regions[:3]]
        night.state(speaker, "authority", made, world.when(35), [*listed, replace(cap, low=None, bound="at_most")])


def _lawyers(night: Night, size: Size) -> None:
    """Counts of single stations by those who stood in them."""
    world, chance = night.world, night.chance
    for station in (place for place in world.parents if world.kinds[place] == ""):
        if chance.random() < 0.5:
            made = world.when(chance.choice([18, 20, 21, 23]))
            held = world.count("still_held", station, made)
            told = [_said(world, "detained", station, world.count("detained", station, made), made, least=True)]
            night.state("Free Bar", "lawyer", made, made, [*told, _said(world, "still_held", station, held, made)])


# --- who passes it on


def _outlets(night: Night, size: Size) -> None:
    for n in range(size.outlets):
        outlet = f"The {_HEADS[n % len(_HEADS)]}{_TAILS[n % len(_TAILS)]} {_PAPERS[n % len(_PAPERS)]}"
        for hour in sorted(night.chance.uniform(14.5, 36) for _ in range(night.chance.randint(2, 6))):
            _article(night, outlet, night.world.when(round(hour * 12) / 12))


def _article(night: Night, outlet: str, out: datetime) -> None:
    """What an outlet prints of statements of the last hours: some numbers of each, its total as its own headline."""
    chance = night.chance
    fresh = [s for s in night.sources if timedelta() < out - s.out < timedelta(hours=4) and s.speaker != outlet]
    told: list[tuple[Claim, Claim]] = []
    for source in _one_each(chance.sample(fresh, min(len(fresh), chance.choice([1, 1, 2])))):
        chosen = sorted(chance.sample(range(len(source.claims)), min(len(source.claims), chance.choice([1, 2, 4]))))
        timed, way = chance.random() < 0.35, chance.choice(_WAYS)
        for claim in (source.claims[n] for n in chosen):
            told.append((replace(way(claim), as_of=_iso(source.made) if timed or claim.quantity == "still_held" else None), claim))
    own = [(replace(printed, claimant=None, claimant_kind=None), claim) for printed, claim in told if claim.bound == "at_least"]
    if own and chance.random() < 0.3:
        told.insert(0, own[0])
    if told:
        placed = night.publish(outlet, out, [printed for printed, _ in told])
        night.passed_on.update({new.id: claim.id for new, (_, claim) in zip(placed, told, strict=True)})


def _one_each(sources: Sequence[Source]) -> list[Source]:
    """Of each speaker the latest statement."""
    latest = {s.speaker: s for s in sorted(sources, key=lambda s: s.made)}
    return list(latest.values())


def _plainly(claim: Claim) -> Claim:
    return replace(claim, note=None)


def _more_than(claim: Claim) -> Claim:
    """ "More than 260" of 271."""
    number = int(claim.low or 0)
    round_number = number // 10 * 10
    if claim.bound not in ("exact", "at_least") or round_number < 20 or round_number == number:
        return _plainly(claim)
    return replace(claim, low=round_number + 1, high=None, bound="at_least", hedge="more_than", note=None)


def _about(claim: Claim) -> Claim:
    """ "About 120" of 117."""
    number = int(claim.low or 0)
    if claim.bound != "exact" or number < 40:
        return _plainly(claim)
    return replace(claim, low=round(number, -1), high=round(number, -1), bound="about", hedge="about", note=None)


def _dozens(claim: Claim) -> Claim:
    number = int(claim.low or 0)
    if not 30 <= number < 100:
        return _plainly(claim)
    return replace(claim, low=24, high=None, bound="vague", hedge="dozens", note=None)


_WAYS: tuple[Callable[[Claim], Claim], ...] = (*[_plainly] * 6, _more_than, _about, _dozens)


# --- in words


def _sentence(claim: Claim) -> str:
    hedge = {"at_least": "at least ", "more_than": "more than ", "about": "about "}.get(claim.hedge or "", "")
    number = claim.low if claim.low is not None else claim.high
    written = "dozens" if claim.bound == "vague" else f"{hedge}{(number or 0) - (claim.hedge == 'more_than')}"
    group = "".join(f" ({word})" for word in (claim.among, claim.of) if word)
    time = f" by {claim.as_of[11:16]}" if claim.as_of else ""
    called = ", a refined figure" if claim.note else ""
    return f"{claim.claimant or 'Headline'}: {written} {claim.quantity.replace('_', ' ')}{group} in {claim.place}{time}{called}."


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="minutes")
