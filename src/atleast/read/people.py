"""People of whom a report says that something befell them: by name, or by role where no name is given.

A person who only speaks, rules or is the cause of the rally is no detainee. Each word that tells what befell
somebody looks for its people: the nearest names or pronouns of its sentence that may have it, unless a number has.
Names of a list share it, and a name without a verb goes on with the one before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from atleast.model import Evidence, Happening, Mention

from . import allegations
from .cast import Cast, Person
from .groups import Group, Member, groups
from .happenings import Cue, Detail, clock_beside, cues, day_beside, details
from .line import Frame, Line
from .marks import Mark
from .predicates import predicate_cost
from .scene import Scene, text_of
from .stations import StationMark, station_marks
from .where import PlaceMark, enumeration, nearest

_FAR = 16.0  # a cue costlier than this is nobody's in the sentence
_NEAR = 8.0  # so near must a deed or a role without a name stand
_LED = 6  # tokens between a noun such as "arrest" and the name that it is of: the role
_CHAIN = 14  # tokens between two verbs of one subject
_DASHES = "—–-:"
_AT_ONCE = ("detained", "injured", "search")
"""What is of the day that the report is about when no other day is named."""


def meet(scene: Scene, cast: Cast) -> list[Mention]:
    """Add to the cast whom a sentence tells of, and give the mentions of those without a name."""
    line = scene.line
    if line.sentence.paragraph in scene.layout.headings and not cast.listing:
        return []
    deeds = allegations.deeds(scene)
    strong = [deed for deed in deeds if allegations.told_of(scene, deed)]
    told = [c for c in cues(line, scene.made) if not any(_overlap(c.mark, deed) for deed in strong)]
    deeds = [d for d in deeds if d in strong or not any(_overlap(c.mark, d) for c in told)]
    beside = details(line)
    if not (told or deeds or beside or cast.listing or scene.counted):
        return []
    telling = _Telling(scene, cast, groups(scene, cast, told), told, deeds, beside, station_marks(line))
    nameless = list(telling.tell())
    _list_goes_on(scene, cast, told)
    return nameless


def _overlap(one: Mark, two: Mark) -> bool:
    return one.first < two.last and two.first < one.last


def _list_goes_on(scene: Scene, cast: Cast, told: Sequence[Cue]) -> None:
    """Remember a list of names that opens here, "Задержаны:" at the end of a line; forget it where none goes on."""
    line = scene.line
    if line.tokens[line.sentence.last - 1].text == ":" and told:
        cast.listing = told[-1].what or None
    elif cast.listing and cast.paragraph != line.sentence.paragraph:
        cast.listing = None


@dataclass(slots=True)
class _Share:
    """What of a sentence is a group's own."""

    group: Group
    cues: list[Cue] = field(default_factory=list)
    deeds: list[Mark] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    gone_on: str | None = None  # what befell the list that this one goes on with


@dataclass(slots=True)
class _Telling:
    """One sentence while its happenings are dealt out to its people."""

    scene: Scene
    cast: Cast
    found: Sequence[Group]
    told: Sequence[Cue]
    deeds: Sequence[Mark]
    beside: Sequence[Detail]
    stations: Sequence[StationMark]

    def tell(self) -> Iterator[Mention]:
        shares = [_Share(group) for group in self.found]
        left: list[Cue] = []
        before: Cue | None = None
        for cue in self.told:
            if not (self._joined(cue, before, shares) or self._dealt(cue, shares)):
                left.append(cue)
            before = cue
        bare = [deed for deed in self.deeds if not self._done_to(deed, shares)]
        self._go_on(shares)
        for detail in self.beside:
            if near := self._nearest_share(detail, shares):
                near.details.append(detail)
        met = [p for share in shares for p in self._add(share)]
        if not met and self._carries(left):
            met = self._carry(left)
        if not self.found and self.stations and self._of_all():
            self._house()
        yield from _roles_alone(self.scene, left, self.deeds, bool(self.found))
        for deed in filter(lambda deed: allegations.told_of(self.scene, deed), bare):
            yield from allegations.of_nobody(self.scene, deed)
        if met:
            self.cast.focus = list({id(p): p for p in met}.values())
            self.cast.paragraph, self.cast.upto = self.scene.line.sentence.paragraph, self.scene.line.sentence.last

    # -- dealing out

    def _joined(self, cue: Cue, before: Cue | None, shares: Sequence[_Share]) -> bool:
        """Give a cue to the group of the one before, "detained and later released"; whether that one had a group."""
        if before is None or cue.mark.tail == "noun" or cue.taken:
            return False
        line, between = self.scene.line, range(before.mark.last, cue.mark.first)
        names = any(before.mark.last <= s.group.first < cue.mark.first for s in shares)
        linked = any(line.tokens[i].text == "," or line.tokens[i].fold in self._links for i in between)
        share = next((s for s in shares if before in s.cues), None)
        ahead = share is not None and share.group.last <= before.mark.first
        if (
            share is None
            or names
            or not linked
            or len(between) > _CHAIN
            or line.between(between.start, between.stop, ";", ":")
        ):
            return False
        behind = (s for s in shares if cue.mark.last <= s.group.first)
        if any(not ahead or self._cost(cue.mark, s.group) <= _NEAR for s in behind):
            return False
        share.cues.append(cue)
        return True

    @property
    def _links(self) -> frozenset[str]:
        return self.scene.line.joints | frozenset(self.scene.line.pack.settings["conjunctions"])

    def _dealt(self, cue: Cue, shares: Sequence[_Share]) -> bool:
        """Give a cue to the nearest group, unless a number is nearer; whether somebody got it."""
        costed = [(self._cost(cue.mark, share.group), n) for n, share in enumerate(shares)]
        cost, n = min(costed, default=(99.0, 0))
        if cue.taken and cue.taken.amount.value != 1:
            told = [s for s in shares if _beside_number(self.scene.line, cue.taken, s.group)]
            amount = cue.taken.amount
            if cost < predicate_cost(self.scene.line, cue.mark, amount.first, amount.last):
                told.append(shares[n])
            for share in told:
                share.cues.append(cue)
            return True
        if cost > _FAR:
            return False
        shares[n].cues.append(cue)
        return True

    def _cost(self, mark: Mark, group: Group) -> float:
        """How far a word is from a group; a noun is only that of the name behind it: "the arrest of Ann Lee"."""
        line, apart = self.scene.line, group.first - mark.last
        leads = 0 <= apart <= _LED and not any(line.at(i, "say") for i in range(mark.last, group.first))
        if mark.tail == "noun":
            return 2.0 if leads and not line.between(mark.last, group.first, *",;:—–") else 99.0
        if leads and (mark.tail == "person" or (mark.tail != "verb" and apart <= 2)):
            return 2.0
        return predicate_cost(line, mark, group.first, _past_clause(line, group.last, mark.first))

    def _done_to(self, deed: Mark, shares: Sequence[_Share]) -> bool:
        """Give a deed to the group right beside it; whether somebody got it."""
        costed = [(self._cost(deed, share.group), n) for n, share in enumerate(shares)]
        cost, n = min(costed, default=(99.0, 0))
        if cost > _NEAR or _others(self.scene.line, deed):
            return False
        shares[n].deeds.append(deed)
        return True

    def _go_on(self, shares: Sequence[_Share]) -> None:
        """Names without a verb of their own: behind "among them", of a list, or going on with the verb before."""
        line, last = self.scene.line, self.cast.listing
        if not any(s.cues for s in shares) and self.scene.counted == "detained" and _included(line, shares):
            last = "detained"
        role: Mark | None = None
        for share in shares:
            before = next((c.what or "jailed" for c in reversed(self.told) if c.mark.last <= share.group.first), None)
            if not share.cues and not share.deeds and (before or last) and self._goes_on(share, first=before is None):
                share.gone_on = before or last
                share.group = _with_role(share.group, role)
            role = share.group.members[0].role or role

    def _goes_on(self, share: _Share, *, first: bool) -> bool:
        if share.group.members[0].name is None:
            return False
        line, group = self.scene.line, share.group
        behind = group.last < line.sentence.last and line.tokens[group.last].text in _DASHES
        before = any(
            line.tokens[i].text in _DASHES for i in range(max(line.sentence.first, group.first - 7), group.first)
        )
        return first or behind or before

    def _nearest_share(self, detail: Detail, shares: Sequence[_Share]) -> _Share | None:
        """Whose term, sum or article this is: that of the group nearest in its clause."""
        line = self.scene.line

        def apart(share: _Share) -> float:
            group = share.group
            a, b = (group.last, detail.first) if detail.first >= group.last else (detail.last, group.first)
            crossed = sum(a <= other.group.first < b for other in shares if other is not share)
            cost = sum(t.kind != "mark" for t in line.tokens[a:b]) + 30 * line.between(a, b, ";") + 8 * crossed
            return cost + (4 if detail.first < group.first else 0)

        own = [s for s in shares if s.cues or s.gone_on or _dash_before(line, s.group, detail)]
        return min(own, key=apart, default=None)

    # -- what comes of it

    def _add(self, share: _Share) -> Iterator[Person]:
        happened = self._happenings(share)
        if not happened and not share.deeds:
            return
        station = self._station(share.group)
        for member in share.group.members:
            person = member.person
            self._settle(person, member, station)
            for what, evidence in happened:
                person.befell(what)
                person.evidence.append(evidence)
            for deed in share.deeds:
                person.befell(allegations.happening(self.scene, deed, person.place))
                person.evidence.append(self._seen("happened", deed.first, deed.last, deed.source))
            yield person

    def _settle(self, person: Person, member: Member, station: StationMark | None) -> None:
        """Role, place and station of a person, as far as they were not told before."""
        if member.role and not person.role:
            person.role = _role_name(self.scene, member.role)
            person.evidence.append(self._seen("role", member.role.first, member.role.last, member.role.source))
        if place := _place(self.scene, member.first, member.last):
            if not person.happened or person.place is None:
                person.place = place.place.key
                person.evidence.append(self._seen("place", place.first, place.last, place.how))
        elif person.place is None and self.scene.default:
            person.place = self.scene.default
            person.evidence.append(Evidence("place", 0, 0, "from the sentences before", inherited=True))
        if station and not person.station:
            person.station = text_of(self.scene, station.first, station.last)
            person.evidence.append(self._seen("station", station.first, station.last, "a station with its name"))
        self.cast.enter(person)

    def _seen(self, slot: str, first: int, last: int, how: str) -> Evidence:
        tokens = self.scene.layout.tokens
        return Evidence(slot, tokens[first].start, tokens[last - 1].end, how)

    def _happenings(self, share: _Share) -> list[tuple[Happening, Evidence]]:
        """What befell a group: each cue with the detail that is its own, details without a cue for themselves."""
        made: list[tuple[Happening, Evidence]] = []
        left = list(share.details)
        for cue in share.cues:
            what, detail = _completed(cue, left, share)
            if not what or (cue.mark.tail == "noun" and what == "detained" and _term(share)):
                continue
            if detail:
                left.remove(detail)
            mark = cue.mark
            made.append(
                (self._happening(what, mark, detail), self._seen("happened", mark.first, mark.last, mark.source))
            )
        if share.gone_on and not share.cues:
            own = next((d for d in left if d.what != "charged"), None)
            what = own.what if own else share.gone_on
            if own or share.gone_on not in ("fined", "jailed"):
                made.append((self._bare(what, own), self._at(share.group, own)))
            left = [d for d in left if d is not own]
        told = {what.what for what, _ in made}
        for detail in left:
            if made and (detail.what == "charged" or (detail.what not in told and _sentenced(share))):
                made.append((self._bare(detail.what, detail), self._at(share.group, detail)))
        return made

    def _happening(self, what: str, mark: Mark, detail: Detail | None) -> Happening:
        scene = self.scene
        others = [c.mark for c in self.told]
        day = day_beside(scene.line, mark, scene.dates, others) or (scene.day if what in _AT_ONCE else None)
        clock = clock_beside(scene.line, mark, scene.clocks)
        at = (scene.moment(clock, day) if clock else None) or day
        return Happening(what, at, text_of(scene, detail.first, detail.last) if detail else None)

    def _bare(self, what: str, detail: Detail | None) -> Happening:
        at = self.scene.day if what in _AT_ONCE else None
        return Happening(what, at, text_of(self.scene, detail.first, detail.last) if detail else None)

    def _at(self, group: Group, detail: Detail | None) -> Evidence:
        first, last = (detail.first, detail.last) if detail else (group.first, group.last)
        return self._seen(
            "happened", first, last, "told beside the name" if detail else "going on with the list before"
        )

    def _station(self, group: Group) -> StationMark | None:
        line = self.scene.line

        def apart(station: StationMark) -> int:
            a, b = (group.last, station.first) if station.first >= group.last else (station.last, group.first)
            crossed = sum(a <= other.first < b for other in self.found if other is not group)
            return b - a + 30 * line.between(a, b, ";") + 10 * crossed

        return min((s for s in self.stations if apart(s) < 30), key=apart, default=None)

    # -- people of the sentence before

    def _carries(self, left: Sequence[Cue]) -> bool:
        """Whether a sentence without people of its own goes on with the one person told of before."""
        line, cast = self.scene.line, self.cast
        next_to = cast.upto == line.sentence.first
        if (
            not cast.focus
            or self.found
            or self.scene.made
            or not (next_to or cast.paragraph == line.sentence.paragraph)
        ):
            return False
        crowd = any(
            line.at(i, "crowd", "people", "among", "none", "all", "rest") or _those(line, i) for i in _all(line)
        )
        return (bool(left) or bool(self.beside)) and not crowd and (len(cast.focus) == 1 or bool(self.stations))

    def _carry(self, left: Sequence[Cue]) -> list[Person]:
        at = self.scene.line.sentence.first
        share = _Share(
            Group(at, at, tuple(Member(at, at, p) for p in self.cast.focus)), list(left), [], list(self.beside)
        )
        return list(self._add(share))

    def _of_all(self) -> bool:
        """Whether the sentence tells where all those detained are: "the detainees were taken to …"."""
        line = self.scene.line
        return bool(self.told) and any(line.at(i, "all") or _those(line, i) for i in _all(line))

    def _house(self) -> None:
        station = self.stations[0]
        for person in self.cast.people:
            if person.station is None and any(h.what == "detained" for h in person.happened):
                person.station = text_of(self.scene, station.first, station.last)
                person.evidence.append(self._seen("station", station.first, station.last, "where all were taken"))


def _all(line: Line) -> range:
    return range(line.sentence.first, line.sentence.last)


def _those(line: Line, i: int) -> bool:
    return any(m.tail == "person" for m in line.marks.get(i, ()))


def _with_role(group: Group, role: Mark | None) -> Group:
    """A group that goes on with the one before, its role too: "the coordinators A in Perm, B in Tver"."""
    if role is None or group.members[0].role:
        return group
    return replace(group, members=tuple(replace(m, role=m.role or role) for m in group.members))


def _past_clause(line: Line, last: int, verb: int) -> int:
    """Where a sentence goes on behind a clause about its subject: "Ann Lee, who left on Sunday, faces a charge"."""
    relative = line.pack.settings["relative"]
    if last + 1 < verb and line.tokens[last].text == "," and line.tokens[last + 1].fold in relative:
        return next((i + 1 for i in range(last + 2, verb) if line.tokens[i].text == ","), last)
    return last


def _completed(cue: Cue, left: Sequence[Detail], share: _Share) -> tuple[str, Detail | None]:
    """What a cue tells, with the nearest detail of its kind; a verdict is what its detail makes of it."""
    if cue.what not in ("", "jailed", "fined", "charged"):
        return cue.what, None
    what = cue.what
    kinds = {d.what for d in left}
    if what == "jailed" and kinds & {"jailed", "fined"} == {"fined"} and all(c.what != "fined" for c in share.cues):
        what = "fined"  # "condamné à 500 euros"
    own = [d for d in left if d.what == what or (not what and d.what != "charged")]
    near = min(own, key=lambda d: abs(d.first - cue.mark.last), default=None)
    return what or (near.what if near else ""), near


def _term(share: _Share) -> bool:
    """Whether a sentence is told: "8-day detention" is one, no seizure."""
    return _sentenced(share) and any(d.what == "jailed" for d in share.details)


def _sentenced(share: _Share) -> bool:
    return any(cue.what in ("", "jailed", "fined") for cue in share.cues)


def _dash_before(line: Line, group: Group, detail: Detail) -> bool:
    """ "Иван Чайка — 3 суток": a dash between name and term is verb enough."""
    between = line.tokens[group.last : detail.first]
    return 0 < len(between) <= 3 and any(t.text in _DASHES for t in between)


def _beside_number(line: Line, frame: Frame, group: Group) -> bool:
    """ "three of them: A, B and C", "20 people, including A": names that a number is told of."""
    if group.first < frame.last:
        return False
    between = range(frame.last, group.first)
    verbs = any(m.tail == "verb" or m.label == "say" for i in between for m in line.marks.get(i, ()))
    opened = any(line.tokens[i].text in ":—–(" or line.at(i, "included") for i in between)
    return opened and not verbs and len(between) <= 14


def _included(line: Line, shares: Sequence[_Share]) -> bool:
    return bool(shares) and any(line.at(i, "included") for i in range(line.sentence.first, shares[0].group.first))


def _others(line: Line, deed: Mark) -> bool:
    """Whether right behind the deed stands a crowd: then it was done to them."""
    near = range(deed.last, min(line.sentence.last, deed.last + 3))
    return any(line.at(i, "crowd", "people", "among") or _those(line, i) for i in near)


def _role_name(scene: Scene, role: Mark) -> str:
    return role.tail or text_of(scene, role.first, role.last)


def _place(scene: Scene, first: int, last: int) -> PlaceMark | None:
    cities = [m for m in scene.places if m.place.kind != "country"]
    return nearest((first, last), cities, scene.layout)


# ---------------------------------------------------------------- roles without a name


def _roles_alone(scene: Scene, left: Sequence[Cue], deeds: Sequence[Mark], named: bool) -> Iterator[Mention]:
    """ "coordinators in Perm, Tver and Stavropol were also detained": somebody in each of them."""
    line, past = scene.line, scene.line.sentence.first
    for i in _all(line):
        role = line.at(i, "role")
        if role is None or i < past or _spoken(scene, role) or any(_overlap(role, deed) for deed in deeds):
            continue
        past = role.last
        here = [m for m in scene.places if 0 <= m.first - role.last <= 2 and m.how == "named" and m.located]
        last = here[0].last if here else role.last
        cue = min(left, key=lambda c: predicate_cost(line, c.mark, role.first, last), default=None)
        if cue is None or not cue.what or predicate_cost(line, cue.mark, role.first, last) > (_FAR if here else _NEAR):
            continue
        if here and role.tail in ("", *_OWN_ROLES):
            for mark in enumeration(scene.places, here[0], scene.layout.tokens, line.joints):
                yield _nameless(scene, role, cue, mark, mark.last)
        elif not named and role.tail in _OWN_ROLES and not _several(line, role):
            yield _nameless(scene, role, cue, _place(scene, role.first, role.last), role.last)


_OWN_ROLES = frozenset(
    ("coordinator", "campaign coordinator", "head of office", "lawyer", "organiser", "applicant", "editor", "deputy")
)
"""Roles of which a place has one or few, so that the role alone tells a person."""


def _several(line: Line, role: Mark) -> bool:
    """Whether a role stands in the plural, by its ending."""
    endings = tuple(line.pack.settings.get("plural_endings", ()))
    return bool(endings) and line.tokens[role.first].fold.endswith(endings)


def _spoken(scene: Scene, role: Mark) -> bool:
    return any(s.voice.first <= role.first < s.voice.last for s in scene.owning)


def _nameless(scene: Scene, role: Mark, cue: Cue, place: PlaceMark | None, last: int) -> Mention:
    tokens = scene.layout.tokens
    start, end = tokens[role.first].start, tokens[last - 1].end
    evidence = [
        Evidence("happened", tokens[cue.mark.first].start, tokens[cue.mark.last - 1].end, cue.mark.source),
        Evidence("role", tokens[role.first].start, tokens[role.last - 1].end, role.source),
    ]
    if place:
        evidence.append(Evidence("place", tokens[place.first].start, tokens[place.last - 1].end, place.how))
    return Mention(
        id="",
        report=scene.report,
        quote=scene.layout.text[start:end],
        start=start,
        end=end,
        role=_role_name(scene, role),
        place=place.place.key if place else scene.default,
        happened=(Happening(cue.what, scene.day if cue.what in _AT_ONCE else None),),
        evidence=tuple(evidence),
    )
