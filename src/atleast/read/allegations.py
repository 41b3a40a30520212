"""Force, denial of counsel or care, confiscation: who alleges it, against which force, where.

What somebody alleges stays alleged: the accuser stands in the record, with the HURIDOCS code of the deed.
"""

from collections.abc import Iterator
from dataclasses import replace

from atleast.model import Happening, Mention
from atleast.model.vocabulary import FORCES

from .line import Line
from .marks import Mark
from .offices import filled
from .predicates import negated
from .scene import Scene, of_no_name, text_of
from .voice import Voice
from .where import PlaceMark, enumeration, nearest
from .who import owner

_CODES = {"denied_counsel": "MT31:01", "denied_care": "MT5:031503"}
KINDS = ("force", "denied_counsel", "denied_care", "confiscated")
_NEAR = 12  # tokens between a deed and the force that is accused of it


def deeds(scene: Scene) -> list[Mark]:
    """The words of a sentence for force, denial and confiscation."""
    line, found = scene.line, list[Mark]()
    for mark in line.each(*KINDS):
        if (found and mark.first < found[-1].last) or _of_law(line, mark):
            continue
        if mark.head == "force" and found and found[-1].head == "force" and mark.first - found[-1].last <= _ONE_DEED:
            found[-1] = _both(found[-1], mark)
        elif mark.head != "force" or not negated(line, mark):
            found.append(mark)
    return found


_ONE_DEED = 2  # tokens between two words for one deed: "бил его ногами"


def _both(one: Mark, two: Mark) -> Mark:
    """Two words for one deed: the code of the one that tells more."""
    more = max(one, two, key=lambda m: len(m.tail))
    return replace(more, first=one.first, last=two.last)


def told_of(scene: Scene, deed: Mark) -> bool:
    """Whether somebody alleges a deed or a known force did it; else it stands only beside a name."""
    line = scene.line
    if deed.head != "force":
        return True
    force = accused(line, deed)
    told = any(line.at(i, "alleged") for i in range(line.sentence.first, line.sentence.last))
    return (force is not None and force.tail != "unidentified") or bool(told and owner(scene.owning, deed.first))


def _of_law(line: Line, deed: Mark) -> bool:
    """ "Article 318 (use of force against an officer)": the name of an offence."""
    before = range(max(line.sentence.first, deed.first - 6), deed.first)
    return any(line.at(i, "law", "article") for i in before) and line.between(before.start, deed.first, "(") > 0


def accused(line: Line, deed: Mark) -> Mark | None:
    """The force named beside a deed: that which did it."""
    near = range(max(line.sentence.first, deed.first - _NEAR), min(line.sentence.last, deed.last + _NEAR))
    marks = [m for i in near if (m := line.at(i, "accused"))]
    return min(marks, key=lambda m: (_apart(m, deed) // _ONE_NAME, _PRECISE.index(m.tail)), default=None)


_ONE_NAME = 3  # tokens: "National Guard troops" are one force
_PRECISE = (*tuple(FORCES)[1:-1], "unidentified", "police")
"""The forces, those that tell more first."""


def _apart(mark: Mark, deed: Mark) -> int:
    return min(abs(mark.last - deed.first), abs(mark.first - deed.last))


def happening(scene: Scene, deed: Mark, place: str | None) -> Happening:
    """What a deed is in the record: in the words of the report, with the accuser where there is one."""
    voice, force = _accuser(scene, deed), accused(scene.line, deed)
    words, who = text_of(scene, deed.first, deed.last), None
    if voice and voice.kind != "media":
        who = filled(voice, place or scene.default, None, scene.places) or "somebody not named"
        words = f"{words}; alleged by {who}"
    code = _CODES.get(deed.head) or (f"MT5:{deed.tail}" if deed.tail else None)
    return Happening(deed.head, scene.day, words, alleged_by=who, accused=force.tail if force else None, code=code)


def _accuser(scene: Scene, deed: Mark) -> Voice | None:
    """Who says so: the source of these words, else whoever stands before a word such as "accused"."""
    if source := owner(scene.owning, deed.first):
        return source.voice
    line = scene.line
    alleged = next((m for i in range(line.sentence.first, deed.first) if (m := line.at(i, "alleged"))), None)
    before = (v for v in reversed(scene.voices) if alleged and v.last <= alleged.first)
    return next((v for v in before if v.kind not in ("media", "authority")), None)


def of_nobody(scene: Scene, deed: Mark) -> Iterator[Mention]:
    """A deed done to people without a name: one record a place."""
    line, behind = scene.line, [m for m in scene.places if m.first > deed.first]
    near = nearest((deed.first, deed.last), behind or scene.places, scene.layout)
    for mark in enumeration(scene.places, near, scene.layout.tokens, line.joints) if near else [None]:
        yield _mention(scene, deed, mark)


def _mention(scene: Scene, deed: Mark, place: PlaceMark | None) -> Mention:
    last = max(deed.last, place.last if place and place.first > deed.first else 0)
    told = happening(scene, deed, place.place.key if place else scene.default)
    return of_no_name(scene, deed.first, last, told, [("happened", deed.first, deed.last, deed.source)], place)
