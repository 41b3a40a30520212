"""Police stations with what names them: a number, a name in quotes, a district."""

from dataclasses import dataclass

from .line import Line

_QUOTES = {"«": "»", "“": "”", '"': '"', "„": "“"}
_LONG = 5  # words of a name in quotes, at most


@dataclass(frozen=True, slots=True)
class StationMark:
    """A station at tokens `first` up to `last`."""

    first: int
    last: int


def station_marks(line: Line) -> list[StationMark]:
    """The stations of a sentence that are told apart by something: «ОВД „Арбат“», "the 29th police station"."""
    found: list[StationMark] = []
    past = line.sentence.first
    for mark in line.each("station"):
        if mark.first < past:
            continue
        first, last = _before(line, mark.first), _behind(line, mark.last)
        named = (last, first) != (mark.last, mark.first) or any(_number(line, j) for j in range(mark.first, mark.last))
        if named and not (found and first < found[-1].last):
            found.append(StationMark(first, last))
        past = last
    return found


def _before(line: Line, i: int) -> int:
    """Where a station begins whose name stands in front: "Ленинский райотдел", "15-й отдел", "Wan Chai district …"."""
    first = i
    while first > line.sentence.first:
        token = line.tokens[first - 1]
        name = token.capital and first - 1 > line.sentence.first and not line.at(first - 1, "role", "month", "weekday")
        if not (name or _number(line, first - 1) or line.at(first - 1, "district", "ordinal")):
            break
        first -= 1
    return first if any(not line.at(j, "district") for j in range(first, i)) else i


def _number(line: Line, i: int) -> bool:
    return line.tokens[i].kind in ("number", "mixed") and not line.at(i + 1, "month")


def _behind(line: Line, i: int) -> int:
    """Where a station ends whose name stands behind: number, name in quotes, district, capitals."""
    i = _past_number(line, i)
    i = _past_quoted(line, i)
    return _past_district(line, i)


def _past_number(line: Line, i: int) -> int:
    j = i
    while j < line.sentence.last and (line.tokens[j].text in ("№", "#", "N") or line.at(j, "number_sign")):
        j += 1 + (j + 1 < line.sentence.last and line.tokens[j + 1].text == ".")
    if j < line.sentence.last and j > i and _number(line, j):
        return j + 1
    return (
        i + 1 if i < line.sentence.last and line.tokens[i].kind == "number" and j == i and _closed(line, i + 1) else i
    )


def _closed(line: Line, i: int) -> bool:
    return i >= line.sentence.last or line.tokens[i].kind == "mark" or bool(line.at(i, "district"))


def _past_quoted(line: Line, i: int) -> int:
    if i >= line.sentence.last or line.tokens[i].text not in _QUOTES:
        return i
    closing = _QUOTES[line.tokens[i].text]
    for j in range(i + 2, min(line.sentence.last, i + 2 + _LONG)):
        if line.tokens[j].text == closing:
            return j + 1
    return i


def _past_district(line: Line, i: int) -> int:
    """ "Ленинского района", "по Центральному району", "de Moratalaz", "du 13e arrondissement"."""
    links = frozenset(line.pack.settings.get("station_links", ()))
    j = i
    while j < line.sentence.last and j - i < 2 and line.tokens[j].fold in links:
        j += 1
    start = j
    while j < line.sentence.last and (
        (line.tokens[j].capital and not line.at(j, "role")) or (j > i and _number(line, j)) or line.at(j, "ordinal")
    ):
        j += 1
    district = j < line.sentence.last and line.at(j, "district")
    if district:
        return district.last
    quotes_told = i > 0 and line.tokens[i - 1].text in '»”"'
    return j if j > start and (start > i or not quotes_told) else i
