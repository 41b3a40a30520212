"""Tokens, sentences and paragraphs, each with offsets into the stored text.

The text itself is never changed: words are folded one by one, and every token remembers where it stands.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from atleast.lexicon import Pack, fold
from atleast.lexicon.glyphs import HIDDEN, seen
from atleast.lexicon.packs import APOSTROPHES

from .shapes import shape

_SPACES = "\u00a0\u202f\u2009\u2007 "
PARTED = f"{_SPACES}'’\u066c"  # between thousands; the Swiss write 1'200, Arabic print ١٬٢٠٠
_TOKEN = re.compile(
    rf"""
    (?P<mixed>\d{{1,2}}[hH]\d\d(?!\w)                               # 18h30
    |\d+(?:[.,]\d+)*-?[^\W\d_]+(?:-[^\W\d_]+)*)                   # 20th, 38-летний, 14-year-old
  | (?P<number>\d{{1,3}}(?:[{PARTED}]\d{{3}})+(?![\d.,]?\d)|\d+(?:[.,:/]\d+)*)
  | (?P<genitive>['’][sS](?![^\W_]))
  | (?P<word>[^\W\d_](?:[^\W\d_]+|[{HIDDEN}\u0300-\u036f]|[{APOSTROPHES}\-‑](?=[^\W\d_])(?!['’]?[sS](?![^\W_])))*
      (?:[:*_·](?:innen|in)(?![^\W_]))?)
  | (?P<mark>[^\s\w{HIDDEN}]|_)
    """,
    re.VERBOSE,
)
_INCLUSIVE = re.compile(r"[:*_·](?=innen$|in$)")  # Demonstrant:innen are Demonstrantinnen
_LONGEST = 150  # tokens; a longer sentence is cut at the next comma, one of twice that anywhere
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("»”\"')]’")
_EITHER = frozenset("“«")  # „so“ and »so« close with what “so” and «so» open with


@shape
class Token:
    """One word, number or mark. `kind` is "word", "number", "mixed" (20th), "genitive" ('s) or "mark".

    `text` is what a reader sees: characters that cannot be seen are gone, letters borrowed from another alphabet
    are put right. What the document holds stands from `start` to `end`.
    """

    text: str
    fold: str
    kind: str
    start: int
    end: int
    capital: bool
    ending: str = ""  # what was cut off behind an apostrophe: the "da" of İstanbul'da


@shape
class Sentence:
    """A run of tokens, from `first` up to but without `last`, in one paragraph.

    Where its capitals, numbers and signs stand is noted once, since nearly every step looks for one of these.
    """

    first: int
    last: int
    paragraph: int
    start: int
    end: int
    capitals: Sequence[int]
    numbers: Sequence[int]  # those with digits: "number" and "mixed"
    signs: Sequence[int]  # of kind "mark"


@shape
class Layout:
    """A text taken apart: all tokens, the sentences they form, and which paragraphs are mere headings.

    Attributes:
        words: A word list among the settings of the text's language; empty where the pack has none.
    """

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    headings: frozenset[int]
    pack: Pack
    words: Callable[[str], frozenset[str]]

    def shown(self, first: int, last: int) -> str:
        """The words from token `first` up to but without `last`, as a reader sees them."""
        if last == first + 1 and self.tokens[first].kind == "word":
            return self.tokens[first].text
        text = self.text[self.tokens[first].start : self.tokens[last - 1].end]
        return text if text.isascii() else " ".join(map(seen, text.split(" ")))

    def headline(self, at: int) -> bool:
        """Whether a code point stands in a heading; paragraphs are lines."""
        return self.text.count("\n", 0, at) in self.headings


def layout(text: str, pack: Pack, wanted: Collection[int] | None = None) -> Layout:
    """How a text falls into paragraphs, sentences and tokens.

    Args:
        wanted: The numbers of the paragraphs to look at; all of them where nothing is said.
    """
    abbreviations = (pack.words("abbreviations"), pack.words("soft_abbreviations"), pack.words("ordinal_nouns"))
    cut = pack.settings.get("cut_endings", False)
    elided = pack.words("elided")
    respelled = pack.settings.get("respelled", {})
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    headings: set[int] = set()
    at = 0
    for number, line in enumerate(text.split("\n")):
        if wanted is not None and number not in wanted:
            at += len(line) + 1
            continue
        first = len(tokens)
        found = _tokens(text, at, at + len(line), elided)
        found = [_respelled(token, respelled) for token in found] if respelled else found
        tokens.extend(_without_endings(found) if cut else found)
        cuts = _cuts(tokens, first, abbreviations)
        sentences.extend(_sentence(tokens, a, b, number) for a, b in zip([first, *cuts], cuts, strict=False))
        if len(tokens) > first and _is_heading(tokens, first):
            headings.add(number)
        at += len(line) + 1
    return Layout(text, tokens, sentences, frozenset(headings), pack, pack.words)


def _sentence(tokens: Sequence[Token], first: int, last: int, paragraph: int) -> Sentence:
    capitals, numbers, signs = list[int](), list[int](), list[int]()
    for i in range(first, last):
        token = tokens[i]
        if token.capital:
            capitals.append(i)
        elif token.kind != "word":
            (signs if token.kind == "mark" else numbers if token.kind != "genitive" else []).append(i)
    return Sentence(first, last, paragraph, tokens[first].start, tokens[last - 1].end, capitals, numbers, signs)


_Short = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""Abbreviations, those that may end a sentence all the same, and nouns behind ordinals ("7. Oktober")."""


def _tokens(text: str, start: int, end: int, elided: frozenset[str]) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        kind, (at, stop) = match.lastgroup or "mark", match.span()
        if kind == "word":
            word, folded, capital = _word(match[0])
            made = Token(word, folded, kind, at, stop, capital)
            if elided and "'" in folded:
                found += _parted(made, elided)
            else:
                found.append(made)
            continue
        if kind == "mark":
            found.append(Token(match[0], match[0], kind, at, stop, False))
            continue
        word = seen(match[0])
        if kind == "number" and found and found[-1].kind == "word" and found[-1].end == at:
            kind = "mixed"  # the 1 of "N1"
        found.append(Token(word, fold(word) if kind in ("mixed", "genitive") else word, kind, at, stop, False))
    return found


@lru_cache(maxsize=1 << 15)
def _word(written: str) -> tuple[str, str, bool]:
    """A word as it is seen and as it is compared, and whether it has a capital."""
    word = seen(written)
    return word, fold(_INCLUSIVE.sub("", word)), word[0].isupper()


def _respelled(token: Token, letters: Mapping[str, str]) -> Token:
    """A word in the spelling of the word lists: Belarusian "затрыманьне" is their "затрыманне"."""
    if token.kind != "word" or not any(old in token.fold for old in letters):
        return token
    word = token.fold
    for old, new in letters.items():
        word = word.replace(old, new)
    return replace(token, fold=word)


def _parted(token: Token, elided: frozenset[str]) -> list[Token]:
    """A word without the article or preposition that lost its vowel before it: "d'" and "arrestations"."""
    cut = token.fold.index("'") + 1
    if not len(token.fold) == len(token.text) == token.end - token.start or token.fold[:cut] not in elided:
        return [token]
    at, rest = token.start + cut, token.text[cut:]
    left = Token(token.text[:cut], token.fold[:cut], "word", token.start, at, token.capital)
    right = Token(rest, token.fold[cut:], "word", at, token.end, rest[0].isupper())
    return [left, *(_parted(right, elided) if "'" in right.fold else [right])]


def _without_endings(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens with the endings behind an apostrophe cut off: İstanbul'da, 38'i."""
    i = 0
    while i < len(found):
        token, joined = found[i], found[i : i + 3]
        name, apostrophe, ending = token.fold.rpartition("'")
        if token.kind == "word" and apostrophe and name and len(token.text) == token.end - token.start:
            size = len(token.text) - len(re.split(f"[{APOSTROPHES}]", token.text)[-1]) - 1
            yield replace(token, text=token.text[:size], fold=name, end=token.start + size, ending=ending)
        elif token.kind == "number" and [t.kind for t in joined[1:]] == ["mark", "word"] and _apostrophe(*joined):
            yield replace(token, ending=joined[2].fold)
            i += 2
        else:
            yield token
        i += 1


def _apostrophe(number: Token, mark: Token, ending: Token) -> bool:
    return mark.text in APOSTROPHES and number.end == mark.start and mark.end == ending.start


def _cuts(tokens: Sequence[Token], first: int, abbreviations: _Short) -> list[int]:
    """Where sentences end (one past their last token), the end of the paragraph included."""
    cuts = [first]
    i, last = first, len(tokens)
    while i < last:
        if tokens[i].text in _ENDS and not _inside(tokens, i, first, abbreviations):
            while i + 1 < last and (tokens[i + 1].text in _ENDS or _closes(tokens, i + 1)):
                i += 1
            cuts.append(i + 1)
        elif i - cuts[-1] >= _LONGEST and _too_long(tokens, cuts[-1], i):
            cuts.append(i + 1)
        i += 1
    return cuts[1:] if cuts[-1] == len(tokens) else [*cuts[1:], len(tokens)]


def _too_long(tokens: Sequence[Token], first: int, i: int) -> bool:
    """Whether it is time to cut: no sentence of prose is as long as that, it is a table or lacks its full stops."""
    return i - first >= 2 * _LONGEST or tokens[i].text in ",;:)"


def _closes(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark closes what the sentence before it opened; “ and « close where no word begins right behind."""
    opens = i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end
    closing = tokens[i].text in _CLOSERS or (tokens[i].text in _EITHER and not opens)
    return closing and tokens[i].start == tokens[i - 1].end


def _inside(tokens: Sequence[Token], i: int, first: int, abbreviations: _Short) -> bool:
    """Whether the mark at `i` is part of an abbreviation, an initial or a list number, not an end."""
    if tokens[i].text != "." or i + 1 >= len(tokens):
        return False
    before, after = tokens[i - 1] if i > first else None, tokens[i + 1]
    if after.start == tokens[i].end and after.kind != "mark":
        return True
    if before is None:
        return True
    if before.kind == "number" and len(before.text) <= 2 and after.fold in abbreviations[2]:
        return True
    if before.kind == "word" and before.end == tokens[i].start:
        if len(before.text) == 1 and before.capital:
            return True
        if before.fold in abbreviations[0] and not (before.fold in abbreviations[1] and after.capital):
            return True
    return after.kind == "word" and not after.capital


def _is_heading(tokens: Sequence[Token], first: int) -> bool:
    """A line without a closing mark: a headline, a caption, a piece of page furniture."""
    last = len(tokens) - 1
    while last > first and tokens[last].text in _CLOSERS | _EITHER:
        last -= 1
    return tokens[last].text not in _ENDS and tokens[last].text not in ":;,"
