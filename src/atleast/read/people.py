"""People of whom a report says that something befell them: by name, or by role where no name is given.

A person who only speaks, rules or is the cause of the rally is no detainee. Each word that tells what befell
somebody looks for its people: the nearest names or pronouns of its sentence that may have it, unless a number has.
Names of a list share it, and a name without a verb goes on with the one before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from atleast.model import Evidence, Happening, Mention
from atleast.model.vocabulary import AMONG

from . import allegations
from .cast import Cast, Person
from .groups import Group, Member, groups, taken
from .happenings import AT_ONCE, Cue, Detail, clock_beside, cues, day_beside, details, of_rally
from .joins import (
    DASHES,
    LED,
    beside_number,
    crowd_behind,
    dash_before,
    one_of_those,
    overlap,
    past_clause,
    those_taken,
    words_of,
)
from .line import Line
from .marks import Mark
from .nameless import roles_alone
from .persons import may_name
from .predicates import predicate_cost
from .scene import Scene, place_of, role_name, text_of
from .stations import StationMark, station_marks

_FAR = 16.0  # a cue costlier than this is nobody's in the sentence
_NEAR = 8.0  # so near must a deed or a role without a name stand
_BULLET = 4  # tokens in front of a name in a list of one name a line
_GROUPS = tuple(f"among.{group}" for group in AMONG if group != "police")
_OPENED = 9.0  # the cost of a verb whose auxiliary stands right behind the name: "wurde … festgenommen"
_CHAIN = 14  # tokens between two verbs of one subject
_COUNTED = {"still_held": "detained", "charges": "charged"} | {q: q for q in ("detained", "charged", "jailed", "fined")}
"""What befell each of those whom the sentence before counted."""


def meet(scene: Scene, cast: Cast) -> list[Mention]:
    """Add to the cast whom a sentence tells of, and give the mentions of those without a name."""
    line = scene.line
    if line.sentence.paragraph in scene.layout.headings and not cast.listing:
        return []
    if not (cast.people or cast.focus or cast.listing or _anybody(scene)):
        return []
    deeds = allegations.deeds(scene)
    strong = [deed for deed in deeds if allegations.told_of(scene, deed)]
    told = [c for c in cues(line, scene.made) if not any(overlap(c.mark, deed) for deed in strong)]
    deeds = [d for d in deeds if d in strong or not any(overlap(c.mark, d) for c in told)]
    beside = details(line)
    if not (told or deeds or beside or cast.listing or scene.counted):
        return []
    telling = _Telling(scene, cast, groups(scene, cast, told), told, deeds, beside, station_marks(line))
    nameless = list(telling.tell())
    _list_goes_on(scene, cast, told)
    return nameless


def _anybody(scene: Scene) -> bool:
    """Whether a sentence may be the first to tell of somebody: by name or role, by a deed, or as the head of a list."""
    line = scene.line
    opens = line.tokens[line.sentence.last - 1].text == ":"
    return opens or bool(line.each("role", *allegations.KINDS)) or may_name(line, taken(scene))


def _list_goes_on(scene: Scene, cast: Cast, told: Sequence[Cue]) -> None:
    """Remember a list of names that opens here, "Задержаны:" at the end of a line; forget it where none goes on."""
    line = scene.line
    if line.tokens[line.sentence.last - 1].text == ":" and told:
        cast.listing = told[-1].what or None
    elif (
        cast.listing
        and cast.paragraph != line.sentence.paragraph
        and any(line.tokens[i].kind == "word" for i in words_of(line))
    ):
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
        if not met and self._carries(left, self.beside):
            met = self._carry(left)
        if not self.found and self.stations and self._of_all():
            self._house()
        yield from roles_alone(self.scene, left, self.deeds, bool(self.found))
        if self._carries(left, bare):  # "his phone was taken"
            for deed in bare:
                self._befell_focus(deed)
            bare = []
        for deed in filter(lambda deed: allegations.told_of(self.scene, deed), bare):
            yield from allegations.of_nobody(self.scene, deed)
        if not met and self.found:  # so that "the woman was detained" finds her
            self.cast.focus = [m.person for m in self.found[-1].members]
            self.cast.upto = self.scene.line.sentence.last
        if met:
            so_far = self.cast.focus if self.cast.listing else []
            self.cast.focus = list({id(p): p for p in (*so_far, *met)}.values())
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
            told = [s for s in shares if beside_number(self.scene.line, cue.taken, s.group)]
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
        leads = 0 <= apart <= LED and not any(line.at(i, "say") for i in range(mark.last, group.first))
        if mark.tail == "noun":
            return 2.0 if leads and not line.between(mark.last, group.first, *",;:—–") else 99.0
        if leads and (mark.tail == "person" or (mark.tail != "verb" and apart <= 2)):
            return 2.0
        if mark.tail == "person" and one_of_those(line, group.last, mark.first):
            return 2.0
        cost = predicate_cost(line, mark, group.first, past_clause(line, group.last, mark.first))
        if group.last < mark.first and line.tokens[group.last].fold in line.pack.settings["passive"]:
            cost = min(cost, _OPENED + 20 * line.between(group.last, mark.first, ";", ":"))
        return cost

    def _done_to(self, deed: Mark, shares: Sequence[_Share]) -> bool:
        """Give a deed to the group right beside it; whether somebody got it."""
        costed = [(self._cost(deed, share.group), n) for n, share in enumerate(shares)]
        cost, n = min(costed, default=(99.0, 0))
        if cost > _NEAR:
            return False
        group = shares[n].group
        if not 0 <= group.first - deed.last <= LED and crowd_behind(self.scene.line, deed):
            return False
        shares[n].deeds.append(deed)
        return True

    def _go_on(self, shares: Sequence[_Share]) -> None:
        """Names without a verb of their own: behind "among them", of a list, or going on with the verb before."""
        line, last = self.scene.line, self.cast.listing
        if not any(s.cues for s in shares) and _included(line, shares):
            last = _COUNTED.get(self.scene.counted or "")
        role: Mark | None = None
        for share in shares:
            before = next((c.what or "jailed" for c in reversed(self.told) if c.mark.last <= share.group.first), None)
            if not share.cues and not share.deeds and (before or last) and self._goes_on(share, first=before is None):
                share.gone_on = before or last
                share.group = _with_role(share.group, role)
            role = share.group.members[0].role or role

    def _goes_on(self, share: _Share, *, first: bool) -> bool:
        line, group = self.scene.line, share.group
        if group.members[0].name is None or (self.cast.listing and group.first - line.sentence.first > _BULLET):
            return False
        behind = group.last < line.sentence.last and line.tokens[group.last].text in DASHES
        before = any(
            line.tokens[i].text in DASHES for i in range(max(line.sentence.first, group.first - 7), group.first)
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

        own = [s for s in shares if s.cues or s.gone_on or dash_before(line, s.group, detail)]
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
            person.role = role_name(self.scene, member.role)
            person.evidence.append(self._seen("role", member.role.first, member.role.last, member.role.source))
        if place := place_of(self.scene, member.first, member.last):
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
            if (made or share.cues) and (detail.what == "charged" or (detail.what not in told and _sentenced(share))):
                made.append((self._bare(detail.what, detail), self._at(share.group, detail)))
        return made

    def _happening(self, what: str, mark: Mark, detail: Detail | None) -> Happening:
        scene = self.scene
        others = [c.mark for c in self.told]
        day = day_beside(scene.line, mark, scene.dates, others) or (self._day if what in AT_ONCE else None)
        clock = clock_beside(scene.line, mark, scene.clocks)
        at = (scene.moment(clock, day) if clock else None) or day
        return Happening(what, at, text_of(scene, detail.first, detail.last) if detail else None)

    @property
    def _day(self) -> str | None:
        """The day of what is told without one: not that of the rally which people went to."""
        scene = self.scene
        gone_to = any(d.when == scene.day and of_rally(scene.line, d) for d in scene.dates)
        return scene.main if gone_to else scene.day

    def _bare(self, what: str, detail: Detail | None) -> Happening:
        at = self._day if what in AT_ONCE else None
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

    def _befell_focus(self, deed: Mark) -> None:
        for person in self.cast.focus[:1]:
            person.befell(allegations.happening(self.scene, deed, person.place))
            person.evidence.append(self._seen("happened", deed.first, deed.last, deed.source))

    def _carries(self, left: Sequence[Cue], more: Sequence[Mark | Detail]) -> bool:
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
        several = ("crowd", "people", "none", "all", "rest", *_GROUPS)
        crowd = any(line.at(i, *several) or those_taken(line, i) for i in words_of(line))
        return (bool(left) or bool(more)) and not crowd and (len(cast.focus) == 1 or bool(self.stations))

    def _carry(self, left: Sequence[Cue]) -> list[Person]:
        at = self.scene.line.sentence.first
        share = _Share(
            Group(at, at, tuple(Member(at, at, p) for p in self.cast.focus)), list(left), [], list(self.beside)
        )
        return list(self._add(share))

    def _of_all(self) -> bool:
        """Whether the sentence tells where all those detained are: "the detainees were taken to …"."""
        line = self.scene.line
        return bool(self.told) and any(line.at(i, "all") or those_taken(line, i) for i in words_of(line))

    def _house(self) -> None:
        station = self.stations[0]
        for person in self.cast.people:
            if person.station is None and any(h.what == "detained" for h in person.happened):
                person.station = text_of(self.scene, station.first, station.last)
                person.evidence.append(self._seen("station", station.first, station.last, "where all were taken"))


def _with_role(group: Group, role: Mark | None) -> Group:
    """A group that goes on with the one before, its role too: "the coordinators A in Perm, B in Tver"."""
    if role is None or group.members[0].role:
        return group
    return replace(group, members=tuple(m._replace(role=m.role or role) for m in group.members))


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


def _included(line: Line, shares: Sequence[_Share]) -> bool:
    return bool(shares) and any(line.at(i, "included") for i in range(line.sentence.first, shares[0].group.first))
