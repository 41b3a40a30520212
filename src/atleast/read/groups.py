"""Who may be the one whom something befell: names, names taken up again, pronouns, and the lists that they form.

Left out are those who only speak, rule or are the cause of the rally, and whoever merely owns what is spoken of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .cast import Cast, Person
from .happenings import Cue
from .line import Line
from .marks import Mark
from .persons import NameMark, name_marks
from .scene import Scene
from .voice import Voice

_APART = 12  # tokens between two names of one list, at most
_SLOGAN = 8  # tokens of a quotation that is a slogan or a title, at most
_SAYING = 7  # tokens from a verb of saying to the name of who speaks
_OBLIQUE = ("gen", "acc", "dat", "ins", "loc")


@dataclass(frozen=True, slots=True)
class Member:
    """One person at tokens `first` up to `last`, the role in front or behind included."""

    first: int
    last: int
    person: Person
    name: NameMark | None = None  # None for a pronoun or a role that stands for somebody met before
    role: Mark | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """People of one list, or one person alone, at tokens `first` up to `last`."""

    first: int
    last: int
    members: tuple[Member, ...]


def groups(scene: Scene, cast: Cast, told: Sequence[Cue]) -> list[Group]:
    """The people of a sentence in order, those of one list together."""
    tokens = scene.layout.tokens
    found = name_marks(scene.layout, scene.line, _taken(scene))
    marks = [m for m in found if m.sure or cast.called(tokens[m.last - 1].text) is None]
    members = [_named(scene, cast, mark, told) for n, mark in enumerate(marks) if not _owner_of(marks, n)]
    members += _again(scene, cast, marks)
    members.sort(key=lambda m: m.first)
    named = frozenset(i for mark in marks for i in range(mark.first, mark.last))
    kept = [m for run in _runs(scene.line, members) for m in _allowed(scene, run, named)]
    kept += _pronouns(scene, cast, kept, members)
    kept.sort(key=lambda m: m.first)
    return [_agreed(scene, cast, group) for group in _listed(scene.line, kept)]


def _runs(line: Line, members: Sequence[Member]) -> Iterator[list[Member]]:
    """The members in their lists."""
    run: list[Member] = []
    for member in members:
        if run and not _one_list(line, run[-1], member):
            yield run
            run = []
        run.append(member)
    if run:
        yield run


def _allowed(scene: Scene, run: Sequence[Member], named: frozenset[int]) -> list[Member]:
    """Those of a list whom something may have befallen; of "in support of A, B and C" nobody."""
    may = [_may(scene, member, named) for member in run]
    between = (i for one, two in pairwise(run) for i in range(one.last, two.first))
    joined = any(scene.line.tokens[i].fold in scene.line.joints for i in between)
    if joined and not may[0]:
        return []
    return [member for member, good in zip(run, may, strict=True) if good]


def _taken(scene: Scene) -> set[int]:
    """Tokens that belong to places, to dates, to bodies and to their offices."""
    taken = {i for m in scene.places for i in range(m.first, m.last)} | scene.line.blocked
    return taken | {i for v in scene.voices if _a_body(v) for i in range(v.first, v.last)}


def _a_body(voice: Voice) -> bool:
    """Whether a voice is no single person; a mayor told with the name is one."""
    return voice.how.startswith("speakers:") or (voice.kind in ("media", "authority") and not voice.name.endswith(")"))


def _owner_of(marks: Sequence[NameMark], n: int) -> bool:
    """ "координатору штаба Алексея Лесного Анне Ли": the first of two names in a row owns the office of the second."""
    return n + 1 < len(marks) and marks[n].last == marks[n + 1].first


def _named(scene: Scene, cast: Cast, mark: NameMark, told: Sequence[Cue]) -> Member:
    person = cast.person(mark, scene.layout.tokens, scene.layout.text, _cases(scene, mark, told))
    role = role_beside(scene, mark.first, mark.last)
    if role and person not in cast.people:
        tokens = scene.layout.tokens
        person.role = role.tail or None
        person.start = min(person.start, tokens[role.first].start)
        person.end = max(person.end, tokens[role.last - 1].end)
    return Member(mark.first, mark.last, person, mark, role)


def _cases(scene: Scene, mark: NameMark, told: Sequence[Cue]) -> tuple[str, ...]:
    """The cases that the nearest verb allows: «задержали» wants no nominative, «задержана» nothing else."""
    near = min(told, key=lambda c: min(abs(c.mark.first - mark.last), abs(mark.first - c.mark.last)), default=None)
    if near is None:
        return ()
    words = [scene.layout.tokens[i].fold for i in range(near.mark.first, near.mark.last)]
    settings = scene.line.pack.settings
    if any(word.endswith(tuple(settings.get("object_verbs", ()))) for word in words):
        return _OBLIQUE if near.mark.head == "verdict" else ("acc", "gen")
    return ("nom",) if any(word.endswith(tuple(settings.get("subject_verbs", ()))) for word in words) else ()


# ---------------------------------------------------------------- who is left out


def _may(scene: Scene, member: Member, named: frozenset[int]) -> bool:
    """Whether something may have befallen this person here."""
    line, first, last = scene.line, member.first, member.last
    if member.name is None:
        return True
    if _of_those(line, first) or _told_apart(line, last):
        return True
    lead = member.role.first if member.role and member.role.first < first else first
    return not (
        _owns(scene, last)
        or _speaks(scene, first, last)
        or _of_office(scene, lead, first)
        or _slogan(scene, first, last)
        or _behind(line, member.role.last if lead < first and member.role else first, lead, named)
    )


def _of_those(line: Line, first: int) -> bool:
    """ "one of those detained, the student Ann Lee": whatever else this person does."""
    for i in range(first - 1, max(line.sentence.first, first - 8) - 1, -1):
        if line.tokens[i].text in ";:.":
            return False
        if any(m.tail == "person" and m.head == "detained" for m in line.marks.get(i, ())):
            partitive = line.pack.settings.get("partitive", ())
            return any(line.tokens[j].fold in partitive for j in range(max(line.sentence.first, i - 3), i))
    return False


def _told_apart(line: Line, last: int) -> bool:
    """ "the wife of Ann Lee, who was given four days": a clause of their own tells what befell."""
    if last + 1 >= line.sentence.last or line.tokens[last].text != ",":
        return False
    if line.tokens[last + 1].fold not in line.pack.settings["relative"]:
        return False
    for i in range(last + 2, min(line.sentence.last, last + _APART)):
        if line.tokens[i].text in ",;":
            return False
        if any(
            m.head in ("verdict", "befell") or (m.tail == "verb" and m.head in _TAKEN) for m in line.marks.get(i, ())
        ):
            return True
    return False


_TAKEN = frozenset(("detained", "jailed", "fined", "charged", "released"))


def _owns(scene: Scene, stop: int) -> bool:
    return stop < scene.line.sentence.last and scene.layout.tokens[stop].kind == "genitive"


def _speaks(scene: Scene, first: int, last: int) -> bool:
    """Whether this person is the source of the sentence, or a word of saying without a subject stands beside."""
    line = scene.line
    own = (s for s in scene.owning if s.voice.first < last and first < s.voice.last and not s.inherited)
    if any(not (say := line.at(s.cue, "say")) or not _other_sense(line, say) for s in own):
        return True
    beside = (
        m
        for i in (*range(max(line.sentence.first, first - 2), first), last, last + 1)
        for m in line.marks.get(i, ())
        if m.label == "say" and (_touch(line, m.last, first) or _touch(line, last, m.first))
    )
    said = next(_said_before(line, first), None)
    told = (*beside, said) if said else (*beside,)
    return any(not _other_sense(line, m) and not any(s.cue == m.first for s in scene.owning) for m in told)


def _said_before(line: Line, first: int) -> Iterator[Mark]:
    """ "сообщил по горячей линии координатор штаба Иван Чайка": a verb of saying before its subject."""
    if line.pack.settings["order"] != "free":
        return
    for i in range(first - 1, max(line.sentence.first, first - _SAYING) - 1, -1):
        if line.tokens[i].text in ",;:—–" or _verbs(line, i, i + 1):
            return
        if said := line.at(i, "say"):
            yield said


def _touch(line: Line, first: int, last: int) -> bool:
    """Whether nothing, or one mark or auxiliary that is no passive, stands between."""
    return first == last or (first == last - 1 and line.tokens[first].fold not in line.pack.settings["passive"])


def _other_sense(line: Line, say: Mark) -> bool:
    """Whether what looks like a word of saying is one of a longer or likelier phrase: "found guilty", «заявителя»."""
    here = line.marks.get(say.first, ())
    return any(m.head in ("role", "befell", "charged") and m.last >= say.last for m in here)


def _of_office(scene: Scene, lead: int, first: int) -> bool:
    """ "police spokeswoman Ann Lee", "Judge Ann Lee", "by officer Ann Lee": who speaks or acts for an authority."""
    line = scene.line
    agents = line.pack.settings.get("agents", ())
    near = (*range(lead - 3, lead), first - 1)
    acting = any(_acts(line, i, lead) for i in near if line.tokens[i].fold in agents)
    titles = (
        i for i in range(max(line.sentence.first, lead - 3), first) if (m := line.at(i, "official")) and _holds(line, m)
    )
    official = any(not _verbs(line, i, first) for i in titles)
    return acting or official or any(v.last == first and v.kind == "authority" for v in scene.voices)


def _holds(line: Line, title: Mark) -> bool:
    """Whether a title is one of the state: a president with a capital, any judge."""
    return title.tail != "title" or (line.tokens[title.first].capital and title.first > line.sentence.first)


def _verbs(line: Line, first: int, last: int) -> bool:
    return any(m.tail == "verb" for i in range(first, last) for m in line.marks.get(i, ()))


def _acts(line: Line, i: int, lead: int) -> bool:
    """Whether "by" makes an agent of who follows: the one of tut.by does not, nor that of "by name"."""
    apart = i >= line.sentence.first and (i == 0 or line.tokens[i - 1].end < line.tokens[i].start)
    return apart and not line.between(i, lead, ",", ";") and not line.at(i, "called")


def _slogan(scene: Scene, first: int, last: int) -> bool:
    """Whether the name stands in a short quotation: a slogan, a title, the name of a body."""
    tokens, line = scene.layout.tokens, scene.line
    opened: int | None = None
    for i in range(line.sentence.first, first):
        if opened is None and tokens[i].text in '«“„"':
            opened = i
        elif opened is not None and tokens[i].text in '»”"“':
            opened = None
    closed = next((i for i in range(last, line.sentence.last) if tokens[i].text in '»”"“'), None)
    return opened is not None and closed is not None and closed - opened <= _SLOGAN


def _behind(line: Line, first: int, lead: int, named: frozenset[int]) -> bool:
    """ "in support of Ann Lee", "жену Сергея Ли": behind words whose names are not those of the people concerned."""
    for i in range(first - 1, max(line.sentence.first, lead - 5) - 1, -1):
        if line.tokens[i].text in ",;:—–" or i in named or _verbs(line, i, i + 1):
            return False
        if any(m.label == "whose" for m in line.marks.get(i, ())):
            return True
    return False


# ---------------------------------------------------------------- taken up again


_FOR_OTHERS = frozenset(("lawyer", "spokesperson", "human rights defender", "head of office", "chair", "deputy"))
"""Roles of people who speak of others."""


def _again(scene: Scene, cast: Cast, marks: Sequence[NameMark]) -> Iterator[Member]:
    """Family or given names alone, of people met before; and behind a role, of somebody new."""
    line, tokens = scene.line, scene.layout.tokens
    for i in range(line.sentence.first, line.sentence.last):
        token = tokens[i]
        if not token.capital or len(token.text) < 3 or token.text.isupper() or any(m.owns(i) for m in marks):
            continue
        if person := cast.called(token.text):
            yield Member(i, i + 1, person, NameMark(i, i + 1, (), i, True), role_beside(scene, i, i + 1))


def _pronouns(scene: Scene, cast: Cast, kept: Sequence[Member], named: Sequence[Member]) -> Iterator[Member]:
    """ "he", "ей", "them": those spoken of last; who only speaks may speak of himself."""
    line = scene.line
    for mark in line.each("person"):
        i = mark.first
        if any(m.first == mark.last for m in kept):  # «самого Ивана Чайку»
            continue
        before = [m.person for m in kept if m.last <= i] or cast.focus
        if mark.tail == "one":  # "the activist" of a sentence that names nobody
            if not kept and cast.focus:
                yield Member(mark.first, mark.last, cast.focus[-1])
        elif mark.tail == "they":
            people = before if len(before) > 1 else cast.focus
            for person in people if len(people) > 1 else ():
                yield Member(mark.first, mark.last, person)
        else:
            gender = {"he": "m", "she": "f"}.get(mark.tail)
            fitting = [p for p in before if gender is None or p.gender in (None, gender)]
            if not fitting:
                own = (m for m in named if m.last <= i and not (m.role and m.role.tail in _FOR_OTHERS))
                fitting = [m.person for m in own if m.person.gender == gender]
            if fitting:
                yield Member(mark.first, mark.last, fitting[-1])


# ---------------------------------------------------------------- roles and lists


def role_beside(scene: Scene, first: int, stop: int) -> Mark | None:
    """What the person is called, right before the name or behind a comma after it."""
    tokens, sentence, line = scene.layout.tokens, scene.line.sentence, scene.line
    for i in range(first - 1, max(sentence.first, first - 9) - 1, -1):
        if tokens[i].text in ";:(" or (tokens[i].text == "," and i < first - 1) or _verbs(line, i, i + 1):
            break
        if (mark := line.at(i, "role")) and not (tokens[first - 1].text == "," and mark.last != first - 1):
            wider = (
                m for j in (i - 2, i - 1) if j >= sentence.first and (m := line.at(j, "role")) and m.last == mark.last
            )
            return next(wider, mark)
    if stop + 1 < sentence.last and tokens[stop].text in ",(":
        return next((m for i in (stop + 1, stop + 2) if (m := line.at(i, "role"))), None)
    return None


def _one_list(line: Line, one: Member, two: Member) -> bool:
    """Whether two names stand in one list: a comma or "and" between, roles and places, but no verb and no dash."""
    between = range(one.last, two.first)
    if not between or len(between) > _APART:
        return False
    if any(line.tokens[i].text in ";—–" for i in between) or any(
        _verb(m) for i in between for m in line.marks.get(i, ())
    ):
        return False
    links = line.joints | frozenset(line.pack.settings.get("companions", ()))
    return any(line.tokens[i].text == "," or line.tokens[i].fold in links for i in between)


def _verb(mark: Mark) -> bool:
    return mark.tail == "verb" or mark.head in ("whose", "befell", "verdict", "say", "measure", "article", "force")


def _listed(line: Line, members: Sequence[Member]) -> Iterator[Group]:
    """The members in their lists. A pronoun that stands for several is one list of them."""
    group: list[Member] = []
    for member in members:
        joined = group and (
            member.first == group[-1].first
            or (member.name is not None and group[-1].name is not None and _one_list(line, group[-1], member))
        )
        if group and not joined:
            yield _group(group)
            group = []
        group.append(member)
    if group:
        yield _group(group)


def _group(members: Sequence[Member]) -> Group:
    """A list, whose first role is everybody's who has none."""
    role = next((m.role for m in members if m.role), None)
    shared = members[0].role if role is members[0].role else None
    made = tuple(replace(m, role=m.role or shared) if m.name else m for m in members)
    return Group(members[0].first, members[-1].last, made)


def _agreed(scene: Scene, cast: Cast, group: Group) -> Group:
    """A list stands in one case: what a name leaves open, the others tell."""
    if len(group.members) < 2 or not cast.names.changing:
        return group
    forms = [cast.whole(m.name, scene.layout.tokens) if m.name else None for m in group.members]
    cases = {form.case for form in forms if form and form.case != "any"}
    if len(cases) == 1:
        for member, form in zip(group.members, forms, strict=True):
            if form is None and member.name and (told := cast.whole(member.name, scene.layout.tokens, cases)):
                person = member.person
                person.gender = told.gender
                if person.name and told.nominative != person.name:
                    person.nominative = told.nominative
    return group
