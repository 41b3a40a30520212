"""Who is left out: those who only speak, rule or are the cause of the rally, and whoever merely owns what is meant."""

from collections.abc import Iterator

from .line import Line
from .marks import Mark
from .scene import Scene

_SLOGAN = 8  # tokens of a quotation that is a slogan or a title, at most
_SAYING = 7  # tokens from a verb of saying to the name of who speaks
_CLAUSE = 12  # tokens of a clause about somebody who is named, at most


def may_be_taken(scene: Scene, name: tuple[int, int], role: Mark | None, named: frozenset[int]) -> bool:
    """Whether something may have befallen the person of a name here.

    Args:
        name: The first token of the name, and the one behind it.
        role: What the person is called there.
        named: The tokens of all names of the sentence.
    """
    line, (first, last) = scene.line, name
    if _of_those(line, first) or _told_apart(line, last):
        return True
    lead = role.first if role and role.first < first else first
    return not (
        _owns(scene, last)
        or _speaks(scene, first, last)
        or _of_office(scene, lead, first)
        or _slogan(scene, first, last)
        or _behind(line, role.last if role and lead < first else first, lead, named)
    )


def _of_those(line: Line, first: int) -> bool:
    """ "one of those detained, the student Ann Lee": whatever else this person does."""
    for i in range(first - 1, max(line.sentence.first, first - 8) - 1, -1):
        if line.tokens[i].text in ";:.":
            return False
        if i in line.marks and any(m.tail == "person" and m.head == "detained" for m in line.marks[i]):
            partitive = line.pack.settings.get("partitive", ())
            return any(line.tokens[j].fold in partitive for j in range(max(line.sentence.first, i - 3), i))
    return False


def _told_apart(line: Line, last: int) -> bool:
    """ "the wife of Ann Lee, who was given four days": a clause of their own tells what befell."""
    if last + 1 >= line.sentence.last or line.tokens[last].text != ",":
        return False
    if line.tokens[last + 1].fold not in line.pack.settings["relative"]:
        return False
    for i in range(last + 2, min(line.sentence.last, last + _CLAUSE)):
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
        if line.tokens[i].text in ",;:—–" or verbs(line, i, i + 1):
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
    official = any(not verbs(line, i, first) for i in titles)
    return acting or official or any(v.last == first and v.kind == "authority" for v in scene.voices)


def _holds(line: Line, title: Mark) -> bool:
    """Whether a title is one of the state: a president with a capital, any judge."""
    return title.tail != "title" or (line.tokens[title.first].capital and title.first > line.sentence.first)


def verbs(line: Line, first: int, last: int) -> bool:
    return any(m.tail == "verb" for i in range(first, last) if i in line.marks for m in line.marks[i])


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
        if line.tokens[i].text in ",;:—–" or i in named or verbs(line, i, i + 1):
            return False
        if any(m.label == "whose" for m in line.marks.get(i, ())):
            return True
    return False
