"""A sentence as it is when its people are looked for."""

from collections.abc import Callable, Sequence

from atleast.model import Evidence, Happening, Mention

from .line import Frame, Line
from .marks import Mark
from .shapes import shape
from .times import ClockMark, DateMark
from .tokens import Layout
from .voice import Voice
from .where import PlaceMark, nearest
from .who import Source


@shape
class Scene:
    """What is known around a sentence when its people are looked for."""

    report: str
    layout: Layout
    line: Line
    places: Sequence[PlaceMark]
    voices: Sequence[Voice]
    owning: Sequence[Source]
    made: Sequence[Frame]
    dates: Sequence[DateMark]
    clocks: Sequence[ClockMark]
    moment: Callable[[ClockMark, str | None], str | None]  # a time of day put on a day
    default: str | None
    day: str | None
    main: str | None  # the day that the report is about
    counted: str | None  # what the sentence before counted, for "they included"


def text_of(scene: Scene, first: int, last: int) -> str:
    """The words at tokens `first` up to `last`, as written."""
    tokens = scene.layout.tokens
    return scene.layout.text[tokens[first].start : tokens[last - 1].end]


def role_name(scene: Scene, role: Mark) -> str:
    return role.tail or text_of(scene, role.first, role.last)


def place_of(scene: Scene, first: int, last: int) -> PlaceMark | None:
    tokens, past = scene.layout.tokens, scene.line.sentence.last
    gone_on = (m for m in scene.places if m.first >= last and m.last < past and tokens[m.last].text in "—–")
    others = {m.first for m in gone_on}  # "A in Perm, in Tver — B": Tver is B's
    cities = [m for m in scene.places if m.place.kind != "country" and m.first not in others]
    return nearest((first, last), cities, scene.layout)


def of_no_name(
    scene: Scene,
    first: int,
    last: int,
    happened: Happening,
    seen: Sequence[tuple[str, int, int, str]],
    place: PlaceMark | None,
    role: str | None = None,
) -> Mention:
    """Somebody told of without a name at tokens `first` up to `last`.

    Args:
        seen: Of each slot but the place its name, the tokens it was read from, and how.
    """
    tokens = scene.layout.tokens
    slots = [*seen, ("place", place.first, place.last, place.how)] if place else seen
    start, end = tokens[first].start, tokens[last - 1].end
    return Mention(
        id="",
        report=scene.report,
        quote=scene.layout.text[start:end],
        start=start,
        end=end,
        role=role,
        place=place.place.key if place else scene.default,
        happened=(happened,),
        evidence=tuple(Evidence(slot, tokens[a].start, tokens[b - 1].end, how) for slot, a, b, how in slots),
    )
