"""What may stand between a person and the words that tell what befell."""

from .groups import Group
from .happenings import Detail
from .line import Frame, Line
from .marks import Mark

LED = 6  # tokens between a noun such as "arrest" and the name that it is of: the role
DASHES = "—–-:"


def overlap(one: Mark, two: Mark) -> bool:
    return one.first < two.last and two.first < one.last


def words_of(line: Line) -> range:
    return range(line.sentence.first, line.sentence.last)


def those_taken(line: Line, i: int) -> bool:
    return any(m.tail == "person" for m in line.marks.get(i, ()))


def one_of_those(line: Line, last: int, first: int) -> bool:
    """ "Ann Lee, one of those detained"."""
    partitive = line.pack.settings["partitive"]
    return 0 < first - last <= LED and any(line.tokens[i].fold in partitive for i in range(last, first))


def past_clause(line: Line, last: int, verb: int) -> int:
    """Where a sentence goes on behind a clause about its subject: "Ann Lee, who left on Sunday, faces a charge"."""
    relative = line.pack.settings["relative"]
    opened = last + 2 < verb and line.tokens[last].text == ","
    if opened and (line.tokens[last + 1].fold in relative or line.at(last + 2, "whose")):
        return next((i + 1 for i in range(last + 2, verb) if line.tokens[i].text == ","), last)
    return last


def dash_before(line: Line, group: Group, detail: Detail) -> bool:
    """ "Иван Чайка — 3 суток": a dash between name and term is verb enough."""
    between = line.tokens[group.last : detail.first]
    return 0 < len(between) <= 3 and any(t.text in DASHES for t in between)


def beside_number(line: Line, frame: Frame, group: Group) -> bool:
    """ "three of them: A, B and C", "20 people, including A": names that a number is told of."""
    if group.first < frame.last:
        return False
    between = range(frame.last, group.first)
    verbs = any(m.tail == "verb" or m.label == "say" for i in between for m in line.marks.get(i, ()))
    opened = any(line.tokens[i].text in ":—–(" or line.at(i, "included") for i in between)
    return opened and not verbs and len(between) <= 14


def crowd_behind(line: Line, deed: Mark) -> bool:
    """Whether right behind the deed stands a crowd: then it was done to them."""
    near = range(deed.last, min(line.sentence.last, deed.last + 3))
    return any(line.at(i, "crowd", "people", "among") or those_taken(line, i) for i in near)
