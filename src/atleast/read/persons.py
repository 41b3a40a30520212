"""Names of persons as they stand in a sentence: in full, with initials, family name first."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from atleast.lexicon import Names, names, particles

from .line import Line
from .tokens import Layout, Token

_LONGEST = 4  # words of one name


class NameMark(NamedTuple):  # made as often as tokens are
    """A name at tokens `first` up to `last`; its parts by their tokens, in the order given name first."""

    first: int
    last: int
    given: tuple[int, ...]  # given names and patronymics; empty where there are initials or nothing
    family: int | None
    sure: bool  # a given name is known, or an initial stands there

    def owns(self, i: int) -> bool:
        return self.first <= i < self.last


def name_marks(layout: Layout, line: Line, taken: Collection[int]) -> list[NameMark]:
    """All names of a sentence, in order.

    Args:
        taken: Tokens that belong to places, dates and bodies.
    """
    known, found = names(line.pack), list[NameMark]()
    past = line.sentence.first
    for i in line.sentence.capitals if may_name(line, taken) else ():
        stop = _run(layout.tokens, line, i, taken) if i >= past else i
        if stop > i + 1:  # no name is one word
            listed = bool(found) and _lists(line, found[-1].last, i)
            found += _split(layout, line, known, i, stop, listed=listed)
            past = stop
    return found


def may_name(line: Line, taken: Collection[int]) -> bool:
    """Whether two capitals stand near enough to each other to be the name of a person."""
    free = [i for i in line.sentence.capitals if i not in taken]
    return any(two - one <= _LONGEST for one, two in pairwise(free))


def _run(tokens: Sequence[Token], line: Line, i: int, taken: Collection[int]) -> int:
    """Where a run of capitals, initials and small words within names ends."""
    small, stop = particles(), i
    while stop < line.sentence.last and stop not in taken:
        token = tokens[stop]
        if _initial(tokens, stop) or (token.capital and not (token.text.isupper() and len(token.text) > 1)):
            stop += 1 + _initial(tokens, stop)
        elif stop > i and token.fold in small and (behind := _past_small(tokens, stop, line.sentence.last)):
            stop = behind
        else:
            break
    return stop


def _past_small(tokens: Sequence[Token], i: int, last: int) -> int:
    """Behind the small words that begin at token `i`, when a capital follows; else 0."""
    while i < last and tokens[i].fold in particles():
        i += 1
    return i if i < last and tokens[i].capital and len(tokens[i].text) > 1 else 0


def _initial(tokens: Sequence[Token], i: int) -> bool:
    """A capital and a full stop: the А. of А. Б. Иванов."""
    return len(tokens[i].text) == 1 and tokens[i].capital and i + 1 < len(tokens) and tokens[i + 1].text == "."


def _lists(line: Line, last: int, first: int) -> bool:
    """Whether only a comma or "and" stands between two runs of capitals."""
    return first - last == 1 and (line.tokens[last].text == "," or line.tokens[last].fold in line.joints)


def _split(
    layout: Layout, line: Line, known: Names, first: int, last: int, *, listed: bool = False
) -> Iterator[NameMark]:
    """The names of a run of capitals: «Навального Виктор Бармин» holds one, «Алексея Навального Ксении Ли» two."""
    tokens = layout.tokens
    while first < last and line.at(first, *_NOT_NAMES):
        first += 1
    words = [i for i in range(first, last) if tokens[i].kind == "word"]
    if any(_initial(tokens, i) for i in words):
        yield from _with_initials(tokens, known, words)
        return
    known_at = [n for n, i in enumerate(words) if known.given(tokens[i].text)]
    if not known_at:
        led = listed or _led(line, first)
        longest = 3 + sum(tokens[i].fold in particles() for i in words)
        if 2 <= len(words) <= longest and (led or (line.pack.capitals_tell and not _a_thing(line, words))):
            yield NameMark(words[0], words[-1] + 1, (words[0],), words[-1], False)
        return
    done = 0
    for n in known_at:
        if n < done:
            continue
        later = next((k for k in known_at if k >= n + 2), len(words))
        behind = next((k for k in range(n + 1, later) if known.patronymic(tokens[words[k]].text)), None)
        stop = min(later, n + _LONGEST)
        if stop - n == 1 and n > done:  # family name first
            yield NameMark(words[n - 1], words[n] + 1, (words[n],), words[n - 1], True)
        elif behind == stop - 1 and n > done and stop - n == 2:  # Иванов Иван Иванович
            yield NameMark(words[n - 1], words[stop - 1] + 1, (words[n], words[stop - 1]), words[n - 1], True)
        elif stop - n > 1:
            yield NameMark(words[n], words[stop - 1] + 1, tuple(words[n : stop - 1]), words[stop - 1], True)
        done = stop


_NOT_NAMES = (
    "role", "crowd", "people", "month", "weekday", "official", "station", "person", "included", "district", "law",
    "article",
)  # fmt: skip


def _a_thing(line: Line, words: Sequence[int]) -> bool:
    """Whether capitals without a known given name are likelier a street, a body or a title than a person."""
    first, last = words[0], words[-1] + 1
    settings = line.pack.settings
    lead = line.tokens[first - 1].fold if first > line.sentence.first else ""
    led = lead in settings["in_place"] or lead in settings["articles"]
    landmarks = tuple(settings.get("landmarks", ()))
    near = line.tokens[first : min(last + 1, line.sentence.last)]
    landmark = bool(landmarks) and any(t.fold.startswith(landmarks) for t in near)
    known = any(line.at(i, *_NOT_NAMES) for i in words)
    word = line.tokens[first].fold
    common = word in (*settings["stops"], *settings.get("no_names", ())) or word in line.pack.numbers
    aside = lead in ("(", '"', "«", "“", "„")
    return led or landmark or known or common or aside


def _led(line: Line, first: int) -> bool:
    """Whether a role stands a word or two before: "der Aktivist und Anwalt", "the editor of its paper"."""
    return any(line.at(i, "role") for i in range(max(line.sentence.first, first - 2), first))


def _with_initials(tokens: Sequence[Token], known: Names, words: Sequence[int]) -> Iterator[NameMark]:
    """ "А. Б. Иванов", "Иванов А. Б.", "Сергей А.": initials stand before or behind their word."""
    i = 0
    while i < len(words):
        stop = i
        while stop < len(words) and _initial(tokens, words[stop]):
            stop += 1
        if stop > i and stop < len(words) and not _initial(tokens, words[stop]):
            yield NameMark(words[i], words[stop] + 1, (), words[stop], True)
            i = stop + 1
            continue
        behind = i + 1
        while behind < len(words) and _initial(tokens, words[behind]):
            behind += 1
        if stop == i and behind > i + 1:
            given = bool(known.given(tokens[words[i]].text))
            mark = NameMark(words[i], words[behind - 1] + 2, (), words[i], True)
            yield mark._replace(given=(words[i],), family=None) if given else mark
        i = max(behind, i + 1)
