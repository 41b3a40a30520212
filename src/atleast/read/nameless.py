"""People told by a role alone: "the coordinator in Perm"."""

from collections.abc import Iterator, Sequence

from atleast.model import Happening, Mention

from .happenings import AT_ONCE, Cue
from .joins import overlap
from .line import Line
from .marks import Mark
from .predicates import predicate_cost
from .scene import Scene, of_no_name, place_of, role_name
from .where import PlaceMark, enumeration

_FAR = 16.0  # a cue costlier than this is not that of a role with its place
_NEAR = 8.0  # nor this of a role alone


def roles_alone(scene: Scene, left: Sequence[Cue], deeds: Sequence[Mark], named: bool) -> Iterator[Mention]:
    """ "coordinators in Perm, Tver and Stavropol were also detained": somebody in each of them."""
    line, past = scene.line, scene.line.sentence.first
    if not left:
        return
    for role in line.each("role"):
        if role.first < past or _spoken(scene, role) or any(overlap(role, deed) for deed in deeds):
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
            yield _nameless(scene, role, cue, place_of(scene, role.first, role.last), role.last)


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
    told = Happening(cue.what, scene.day if cue.what in AT_ONCE else None)
    mark = cue.mark
    seen = [("happened", mark.first, mark.last, mark.source), ("role", role.first, role.last, role.source)]
    return of_no_name(scene, role.first, last, told, seen, place, role_name(scene, role))
