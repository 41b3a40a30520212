"""Who may be the one whom something befell: names, names taken up again, pronouns, and the lists that they form."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .cast import Cast, Person
from .excluded import may_be_taken, verbs
from .happenings import Cue
from .line import Line
from .marks import Mark
from .persons import NameMark, name_marks
from .scene import Scene
from .shapes import shape
from .voice import Voice

_APART = 12  # tokens between two names of one list, at most
_OBLIQUE = ("gen", "acc", "dat", "ins", "loc")


class Member(NamedTuple):  # made as often as tokens are
    """One person at tokens `first` up to `last`, the role in front or behind included."""

    first: int
    last: int
    person: Person
    name: NameMark | None = None  # None for a pronoun or a role that stands for somebody met before
    role: Mark | None = None


@shape
class Group:
    """People of one list, or one person alone, at tokens `first` up to `last`."""

    first: int
    last: int
    members: tuple[Member, ...]


def groups(scene: Scene, cast: Cast, told: Sequence[Cue]) -> list[Group]:
    """The people of a sentence in order, those of one list together."""
    tokens = scene.layout.tokens
    found = name_marks(scene.layout, scene.line, taken(scene))
    bodies = {
        m.last for m in scene.places if m.how == "adjective" and tokens[m.first].capital
    }  # "Polish Christian Union"
    alone = (m for m in found if m.first not in bodies)
    marks = [m for m in alone if m.sure or cast.called(tokens[m.last - 1].text) is None]
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
    may = [m.name is None or may_be_taken(scene, (m.first, m.last), m.role, named) for m in run]
    between = (i for one, two in pairwise(run) for i in range(one.last, two.first))
    joined = any(scene.line.tokens[i].fold in scene.line.joints for i in between)
    if joined and not may[0]:
        return []
    return [member for member, good in zip(run, may, strict=True) if good]


def taken(scene: Scene) -> set[int]:
    """Tokens that belong to places, to dates, to bodies and to their offices."""
    held = {i for m in scene.places for i in range(m.first, m.last)} | scene.line.blocked
    return held | {i for v in scene.voices if _a_body(v) for i in range(v.first, v.last)}


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


# ---------------------------------------------------------------- taken up again


def _within(line: Line, i: int, cast: Cast) -> bool:
    """Whether a word is one of a longer name of something else: the Lam of "Tai Lam Women's Prison"."""
    for j in (i - 1, i + 1):
        if line.sentence.first < j < line.sentence.last:
            near = line.tokens[j]
            if near.capital and len(near.text) > 1 and not line.at(j, "role") and cast.called(near.text) is None:
                return True
    return False


_FOR_OTHERS = frozenset(("lawyer", "spokesperson", "human rights defender", "head of office", "chair", "deputy"))
"""Roles of people who speak of others."""


def _again(scene: Scene, cast: Cast, marks: Sequence[NameMark]) -> Iterator[Member]:
    """Family or given names alone, of people met before; and behind a role, of somebody new."""
    line, tokens = scene.line, scene.layout.tokens
    for i in line.sentence.capitals if cast.people else ():
        token = tokens[i]
        if len(token.text) < 3 or token.text.isupper() or any(m.owns(i) for m in marks):
            continue
        if (person := cast.called(token.text)) and not _within(line, i, cast):
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
        if tokens[i].text in ";:(" or (tokens[i].text == "," and i < first - 1) or verbs(line, i, i + 1):
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
    made = tuple(m._replace(role=m.role or shared) if m.name else m for m in members)
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
