"""People of whom a report says that something befell them: by name, or by role where no name is given.

A person who only speaks, rules or is the cause of the rally is no detainee: a name counts only when a
predicate is its own, and never when it stands beside a word of saying or owns what follows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atleast.model import Evidence, Happening, Mention

from .line import Line
from .marks import Mark
from .predicates import predicate_cost
from .tokens import Layout
from .voice import Voice
from .where import PlaceMark, enumeration, nearest
from .who import Source, filled, owner

_BEFALLS = frozenset(("detained", "released", "charged", "fined", "jailed", "injured"))
_FAR = 16.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known around a sentence when its people are looked for."""

    report: str
    layout: Layout
    line: Line
    places: Sequence[PlaceMark]
    voices: Sequence[Voice]
    owning: Sequence[Source]
    default: str | None
    day: str | None
    counted: str | None  # what the sentence before counted, for "they included"


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    name: str | None
    role: Mark | None


def mentions(scene: Scene) -> Iterator[Mention]:
    """The people of a sentence, in order; ids are given later."""
    if scene.line.sentence.paragraph in scene.layout.headings:
        return
    seen: list[_Found] = []
    for found in _named(scene):
        what = _befell(scene, found)
        if what:
            seen.append(found)
            yield _mention(scene, found, what, _place(scene, found))
    yield from _by_role(scene, seen)
    yield from _alleged(scene)


# ---------------------------------------------------------------- names


def _named(scene: Scene) -> Iterator[_Found]:
    tokens, sentence = scene.layout.tokens, scene.line.sentence
    taken = _taken(scene)
    i = sentence.first
    while i < sentence.last:
        stop = i
        while (
            stop < sentence.last
            and stop not in taken
            and tokens[stop].capital
            and len(tokens[stop].text) > 1
            and not tokens[stop].text.isupper()
        ):
            stop += 1
        first = i
        while first < stop and scene.line.at(first, "role", "crowd", "people", "month", "weekday"):
            first += 1
        if (
            stop - first in (2, 3)
            and not _owns(scene, stop)
            and not _speaks(scene, first, stop)
            and not _of_office(scene, first)
            and not _quoted(scene, first)
            and (scene.layout.pack.capitals_tell or (first > i and stop - first == 2))  # a role leads the name
        ):
            text = scene.layout.text[tokens[first].start : tokens[stop - 1].end]
            yield _Found(first, stop, text, _role(scene, first, stop))
        i = max(i + 1, stop)


def _taken(scene: Scene) -> set[int]:
    """Tokens that belong to places, to dates, to bodies and to their offices."""
    taken = {i for m in scene.places for i in range(m.first, m.last)} | scene.line.blocked
    return taken | {i for v in scene.voices if _a_body(v) for i in range(v.first, v.last)}


def _a_body(voice: Voice) -> bool:
    """Whether a voice is no single person; a mayor told with the name is one."""
    return voice.how.startswith("speakers:") or (voice.kind in ("media", "authority") and not voice.name.endswith(")"))


def _of_office(scene: Scene, first: int) -> bool:
    """ "police spokeswoman Ann Lee", "by officer Ann Lee": who speaks or acts for an authority."""
    agents = scene.line.pack.settings.get("agents", ())
    near = range(max(scene.line.sentence.first, first - 2), first)
    acting = any(scene.layout.tokens[i].fold in agents for i in near)
    return acting or any(v.last == first and v.kind == "authority" for v in scene.voices)


def _owns(scene: Scene, stop: int) -> bool:
    return stop < scene.line.sentence.last and scene.layout.tokens[stop].kind == "genitive"


def _quoted(scene: Scene, first: int) -> bool:
    return first > scene.line.sentence.first and scene.layout.tokens[first - 1].text in "«“"


def _speaks(scene: Scene, first: int, stop: int) -> bool:
    """Whether a word of saying has this person as its subject."""
    near = [i for i in (*range(first - 2, first), *range(stop, stop + 2)) if i >= scene.line.sentence.first]
    return any(
        m.label == "say" and (m.last in (first, first - 1) or m.first in (stop, stop + 1))
        for i in near
        for m in scene.line.marks.get(i, ())
    )


def _role(scene: Scene, first: int, stop: int) -> Mark | None:
    """What the person is called, right before the name or behind a comma after it."""
    tokens, sentence = scene.layout.tokens, scene.line.sentence
    for i in range(first - 1, max(sentence.first, first - 7) - 1, -1):
        if tokens[i].text in ";:(" or (tokens[i].text == "," and i < first - 1):
            break
        if mark := scene.line.at(i, "role"):
            wider = (
                m
                for j in (i - 2, i - 1)
                if j >= sentence.first and (m := scene.line.at(j, "role")) and m.last == mark.last
            )
            return next(wider, mark)
    if stop + 1 < sentence.last and tokens[stop].text == ",":
        return next((m for i in (stop + 1, stop + 2) if (m := scene.line.at(i, "role"))), None)
    return None


def _befell(scene: Scene, found: _Found) -> Mark | None:
    """The predicate that is this person's own; in a list of names, that of the list."""
    best: tuple[float, Mark] | None = None
    for i in range(scene.line.sentence.first, scene.line.sentence.last):
        for mark in scene.line.marks.get(i, ()):
            if mark.head in _BEFALLS and mark.tail in ("verb", "person"):
                cost = predicate_cost(scene.line, mark, found.first, found.last)
                if cost <= _FAR and (best is None or cost < best[0]):
                    best = (cost, mark)
    if best:
        return best[1]
    if scene.counted == "detained":
        return next(
            (m for i in range(scene.line.sentence.first, found.first) if (m := scene.line.at(i, "included"))), None
        )
    return None


# ---------------------------------------------------------------- roles without a name


def _by_role(scene: Scene, named: Sequence[_Found]) -> Iterator[Mention]:
    """ "coordinators in Perm, Tver and Stavropol were also detained": somebody in each of them."""
    past = scene.line.sentence.first
    for i in range(scene.line.sentence.first, scene.line.sentence.last):
        role = scene.line.at(i, "role")
        if not role or i < past or any(f.role == role or f.first <= i < f.last for f in named) or _spoken(scene, role):
            continue
        past = role.last
        here = [m for m in scene.places if 0 <= m.first - role.last <= 2 and m.how == "named" and m.located]
        verb = _befell(scene, _Found(role.first, (here[0].last if here else role.last), None, role))
        if here and verb and verb.label != "included":
            for mark in enumeration(scene.places, here[0], scene.layout.tokens, scene.line.joints):
                yield _mention(scene, _Found(role.first, mark.last, None, role), verb, mark)


def _spoken(scene: Scene, role: Mark) -> bool:
    return any(v.first <= role.first < v.last for s in scene.owning for v in (s.voice,))


# ---------------------------------------------------------------- force alleged


def _alleged(scene: Scene) -> Iterator[Mention]:
    """Force of which somebody accuses police: one record a place, the accuser in the detail."""
    sentence = scene.line.sentence
    marks = [m for i in range(sentence.first, sentence.last) for m in scene.line.marks.get(i, ())]
    force, alleged = ([m for m in marks if m.label == label] for label in ("force", "alleged"))
    source = owner(scene.owning, force[0].first) if force else None
    if not force or not alleged or source is None:
        return
    word = next((m for m in marks if m.head in ("crowd", "people") and m.first >= force[0].first), None)
    behind = [m for m in scene.places if m.first > force[0].first]
    near = nearest((force[0].first, force[0].last), behind, scene.layout)
    for mark in enumeration(scene.places, near, scene.layout.tokens, scene.line.joints) if near else [None]:
        who = (
            filled(source.voice, mark.place.key if mark else scene.default, None, scene.places) or "somebody not named"
        )
        detail = f"{_text(scene, force[0].first, force[0].last)}; alleged by {who}"
        found = _Found(force[0].first, max(force[0].last, mark.last if mark else 0), None, word)
        yield _mention(scene, found, force[0], mark, Happening("force", scene.day, detail))


# ---------------------------------------------------------------- the record


def _place(scene: Scene, found: _Found) -> PlaceMark | None:
    cities = [m for m in scene.places if m.place.kind != "country"]
    return nearest((found.first, found.last), cities, scene.layout)


def _mention(
    scene: Scene, found: _Found, what: Mark, place: PlaceMark | None, happened: Happening | None = None
) -> Mention:
    tokens = scene.layout.tokens
    first = min(found.first, found.role.first if found.role else found.first)
    last = max(found.last, found.role.last if found.role else found.last)
    start, end = tokens[first].start, tokens[last - 1].end
    station = _station(scene, found)
    evidence = [Evidence("happened", tokens[what.first].start, tokens[what.last - 1].end, what.source)]
    if place:
        evidence.append(Evidence("place", tokens[place.first].start, tokens[place.last - 1].end, place.how))
    elif scene.default:
        evidence.append(Evidence("place", 0, 0, "from the sentences before", inherited=True))
    head = "detained" if what.label == "included" else what.head
    return Mention(
        id="",
        report=scene.report,
        quote=scene.layout.text[start:end],
        start=start,
        end=end,
        name=found.name,
        role=_text(scene, found.role.first, found.role.last) if found.role else None,
        place=place.place.key if place else scene.default,
        station=_text(scene, station.first, station.last) if station else None,
        happened=(happened or Happening(head, scene.day),),
        evidence=tuple(evidence),
    )


def _station(scene: Scene, found: _Found) -> Mark | None:
    stations = [
        m for i in range(scene.line.sentence.first, scene.line.sentence.last) if (m := scene.line.at(i, "station"))
    ]
    return min(stations, key=lambda m: abs(m.first - found.last), default=None)


def _text(scene: Scene, first: int, last: int) -> str:
    tokens = scene.layout.tokens
    return scene.layout.text[tokens[first].start : tokens[last - 1].end]
