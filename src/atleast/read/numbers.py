"""Numbers as written: digits and words in, values out, with the words that softened them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import NamedTuple

from atleast.lexicon import Pack
from atleast.lexicon.packs import VAGUE, NumberWord

from .marks import Mark, Marks
from .tokens import PARTED, Token

_VAGUE_FACTOR = {10: "tens", 12: "dozens", 20: "scores", 100: "hundreds", 1000: "thousands"}
_TIMES = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}
_MOST = 10**9
_DASHES = frozenset("-–—‑−")
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}$")


class Amount(NamedTuple):  # made as often as tokens are
    """A number phrase: tokens `first` up to `last`, hedges included; the bare number is `start` to `stop`."""

    low: float | None
    high: float | None
    bound: str
    hedge: str | None
    first: int
    last: int
    start: int
    stop: int
    digits: bool
    how: str

    @property
    def value(self) -> float:
        return self.low if self.low is not None else self.high or 0


def amounts(tokens: Sequence[Token], first: int, last: int, marks: Marks, pack: Pack) -> list[Amount]:
    """All number phrases of a sentence, in order, hedges and ranges resolved."""
    bare = list(_bare(tokens, first, last, marks, pack))
    joined = list(_ranges(bare, tokens, marks, pack))
    articles = pack.words("articles")
    return [_hedged(amount, tokens, first, last, marks, articles) for amount in joined]


def number(text: str, pack: Pack) -> float | None:
    """The value of a number written in digits, by the separators of the language; None when it is none.

    "2,560" is 2560 in English and 2.56 in Russian; "20.2" is no count in either (a law article).
    """
    plain = text if text.isdecimal() else "".join(c for c in text if c not in PARTED)
    if plain.isdecimal():
        return float(int(plain)) if len(plain) <= 15 else None
    decimal, thousands = pack.settings["decimal"], pack.settings["thousands"]
    groups = plain.split(thousands)
    if len(groups) > 1 and 0 < len(groups[0]) <= 3 and all(len(g) == 3 and g.isdecimal() for g in groups[1:]):
        return float("".join(groups)) if groups[0].isdecimal() and groups[0] != "0" else None
    whole, mark, part = plain.partition(decimal)
    if mark and whole.isdecimal() and part.isdecimal():
        return float(f"{whole}.{part}")
    return None


def numeral(token: Token, pack: Pack) -> bool:
    """Whether a token is a number or a part of one: 40, forty, hunderttausend."""
    return (token.kind == "number" and number(token.text, pack) is not None) or bool(_parts(token.fold, pack))


def _bare(tokens: Sequence[Token], first: int, last: int, marks: Marks, pack: Pack) -> Iterator[Amount]:
    past, vague = first, {mark.first for mark in marks.of("vague")}
    digits, spelt = ("number", "mixed"), _spelt(pack)
    for i in [i for i in range(first, last) if tokens[i].kind in digits or i in vague or spelt(tokens[i].fold)]:
        if i < past:
            continue
        found = _phrase(marks[i]) if i in vague else None
        if found is None and tokens[i].kind in ("number", "mixed"):
            found = _digits(tokens, i, last, pack)
        if found is None and _parts(tokens[i].fold, pack):
            found = _words(tokens, i, last, pack, softened=_softens(marks, i), one=_counts_one(marks, i))
        if found:
            yield found
            past = found.stop


def _phrase(here: Sequence[Mark]) -> Amount | None:
    """A whole phrase that is a vague number: "by the dozen"."""
    for mark in here:
        if mark.head == "vague":
            return Amount(
                VAGUE[mark.tail],
                None,
                "vague",
                mark.tail,
                mark.first,
                mark.last,
                mark.first,
                mark.last,
                False,
                mark.source,
            )
    return None


def _digits(tokens: Sequence[Token], i: int, last: int, pack: Pack) -> Amount | None:
    token = tokens[i]
    if token.kind == "mixed":
        return _glued_digits(token, i, pack)
    if token.kind != "number" or of_a_name(tokens, i):
        return None
    value, fraction = number(token.text, pack), pack.settings["decimal"] in token.text
    if value is None and i + 1 < last and _DECIMAL.match(token.text) and _factor(tokens[i + 1].fold, 2, pack) >= 1000:
        value, fraction = float(token.text.replace(",", ".")), True  # "1,5 thousand", by whatever separator
    if value is None or value > _MOST or token.ending.startswith(tuple(pack.settings.get("ordinal_endings", ()))):
        return None
    stop = i + 1
    while stop < last and (factor := _factor(tokens[stop].fold, value, pack)):
        value *= factor
        stop += 1
        if stop < last and tokens[stop].text == "." and tokens[stop - 1].fold in pack.settings["abbreviations"]:
            stop += 1
    if fraction and stop == i + 1:  # 20.2 is an article of law, 14.00 a time of day
        return None
    while not fraction and stop > i + 1 and (more := _smaller(tokens, stop, last, value, pack)):
        value, stop = value + more, stop + 2
    if not fraction and stop > i + 1 and (rest := _remainder(tokens, stop, last, value, _least(pack))):
        value, stop = value + rest, stop + 1
    return _plain(round(value), i, stop, True)


def _smaller(tokens: Sequence[Token], at: int, last: int, value: float, pack: Pack) -> float:
    """The thousands behind the millions: "3 milyon 600 bin", "2 million 500 thousand"; 0 if there are none."""
    if at + 1 >= last or tokens[at].kind != "number" or not tokens[at].text.isdecimal() or value % 1_000_000:
        return 0
    known = pack.numbers.get(tokens[at + 1].fold)
    return int(tokens[at].text) * 1000 if known and known.factor == 1000 and len(tokens[at].text) <= 3 else 0


def of_a_name(tokens: Sequence[Token], i: int) -> bool:
    """ "Стратегия-31", "Covid-19": digits written to a word with a hyphen; «Стратегия 31»: digits that end a name."""
    if i < 2:
        return False
    before = tokens[i - 2]
    glued = tokens[i - 1].text in "-‑" and before.kind == "word" and before.end == tokens[i - 1].start
    if glued and tokens[i - 1].end == tokens[i].start:
        return True
    closed = i + 1 < len(tokens) and f"{before.text}{tokens[i + 1].text}" in ("«»", "“”", '""')
    return closed and tokens[i - 1].capital


def _factor(word: str, value: float, pack: Pack) -> float:
    """What a word behind digits multiplies them by: "5 тыс.", "2 сотни", "3 dozen"; 0 when it does not."""
    known = pack.numbers.get(word)
    if known is None:
        return 0
    return known.factor if known.factor >= 1000 or 1 < value < 100 else 0


def _glued_digits(token: Token, i: int, pack: Pack) -> Amount | None:
    """Digits with a factor at their end ("15mila", "2,5mln") or with that of their case ("50-ти осіб")."""
    found = re.fullmatch(r"([\d.,]*\d)-?([^\W\d_]+)", token.fold)
    if found and found[2] in pack.settings.get("number_endings", ()) and found[1].isdecimal():
        return _plain(int(found[1]), i, i + 1, True) if len(found[1]) < 10 else None
    word = pack.numbers.get(found[2]) if found else None
    value = number(found[1], pack) if found else None
    if found and value is not None and found[2] in pack.settings.get("digit_endings", ()):  # 65-ти
        return _plain(round(value), i, i + 1, True)
    large = word is not None and word.factor >= 1000 and value is not None
    return _plain(round(value * word.factor), i, i + 1, True) if word and value is not None and large else None


def _remainder(tokens: Sequence[Token], at: int, last: int, value: float, least: int = 3) -> int:
    """What "4 тис. 266" has behind its thousands: three digits (or `least`) that end the number; 0 if there is none."""
    plain = (
        at < last
        and tokens[at].kind == "number"
        and least <= len(tokens[at].text) <= 3
        and tokens[at].text.isdecimal()
        and not tokens[at - 1].ending
    )
    return int(tokens[at].text) if plain and value >= 1000 and value % 1000 == 0 else 0


def _least(pack: Pack) -> int:
    """How many digits the rest behind the thousands has at least: "3 bin 41" is written so in Turkish."""
    return int(pack.settings.get("rest_digits", 3))


def _plain(value: int, i: int, stop: int, digits: bool) -> Amount:
    return Amount(value, value, "exact", None, i, stop, i, stop, digits, "digits" if digits else "number words")


_SOFTENERS = frozenset(("about", "nearly", "more_than", "less_than", "at_least", "up_to"))


def _softens(marks: Marks, at: int) -> bool:
    """Whether a hedge stands in front, so that "сотні", "hundreds" when alone, is "a hundred": "близько сотні"."""
    return any(m.tail == "before" and m.head in _SOFTENERS for m in _ending(marks, at))


_AFTER_INCLUDED = 6  # tokens from "among them" to the one who is counted


def _counts_one(marks: Marks, i: int) -> bool:
    """Whether a word that may be an article counts: "una persona", "ein junger Mann", "entre ellos un menor"."""
    behind = marks.get(i + 1, ())
    if any(m.label == "people" for m in behind) or any(m.head == "single" for m in (*behind, *marks.get(i + 2, ()))):
        return True
    led = any(m.head == "included" for back in range(1, _AFTER_INCLUDED) for m in marks.get(i - back, ()))
    return led and any(m.head == "among" for m in behind)


def _words(
    tokens: Sequence[Token], i: int, last: int, pack: Pack, *, softened: bool = False, one: bool = False
) -> Amount | None:
    """Number words from token `i` on: forty-one, две сотни, dozens, several hundred, tens of thousands."""
    made, stop = _Composer(softened=softened), i
    while stop < last:
        word = tokens[stop].fold
        parts = _parts(word, pack)
        if (parts and made.takes(parts)) or (made.open and _links(made, word, tokens, stop + 1, last, pack)):
            stop += 1
        elif made.open and _and_a_half(tokens[stop : min(stop + 3, last)], pack):
            made.group, stop = made.group + 0.5, stop + 3
        else:
            break
    if stop == i or (stop == i + 1 and not one and tokens[i].fold in pack.settings["articles"]):
        return None
    if made.vague:
        low = VAGUE[made.vague] * made.factor
        return Amount(low, None, "vague", made.vague, i, stop, i, stop, False, f"vague word: {made.vague}")
    value = made.total + made.group
    if not made.group and (rest := _remainder(tokens, stop, last, value, _least(pack))):  # bin 418
        value, stop = value + rest, stop + 1
    if value != int(value):
        return None
    plain = _plain(int(value), i, stop, False)
    return plain._replace(bound="about", hedge="about") if made.about else plain


def _links(made: "_Composer", word: str, tokens: Sequence[Token], behind: int, last: int, pack: Pack) -> bool:
    """Whether a word joins the number so far to the next: "hundred and five", "treinta y dos", "tens of thousands"."""
    tens = word in pack.settings.get("tens_links", ())
    if behind >= last or not (tens or word in pack.settings.get("number_links", ())):
        return False
    return made.would_take(_parts(tokens[behind].fold, pack), tens=tens)


def _and_a_half(tokens: Sequence[Token], pack: Pack) -> bool:
    """Whether the words make a number half more: "two and a half thousand"."""
    links = pack.settings.get("number_links", ())
    half = len(tokens) == 3 and [word.value for word in _parts(tokens[2].fold, pack)] == [0.5]
    return half and tokens[0].fold in links and tokens[1].fold in links


_BEFORE_TEENS = (60, 80)


@dataclass(slots=True)
class _Composer:
    """Number words put together one by one; says whether the next one still fits."""

    total: float = 0
    group: float = 0
    vague: str = ""
    factor: int = 1
    ceiling: float = float("inf")  # the next plain value must be smaller than this
    open: bool = False
    about: bool = False  # "une trentaine"
    softened: bool = False  # "близько сотні" is about a hundred, "сотні" alone hundreds

    def takes(self, parts: Sequence[NumberWord]) -> bool:
        """Add the words (one, or the parts of a hyphened one) if they fit; otherwise change nothing."""
        before = self._state
        if not all(map(self._add, parts)):
            self._state = before
            return False
        self.open = True
        return True

    def would_take(self, parts: Sequence[NumberWord], *, tens: bool = False) -> bool:
        half = 0 < self.group < 1  # "half a dozen"
        wide = tens or half or bool(self.vague) or self.ceiling >= 100
        before = self._state
        taken = bool(parts) and wide and self.takes(parts)
        self._state = before
        return taken

    @property
    def _state(self) -> tuple[float, float, str, int, float, bool, bool]:
        return self.total, self.group, self.vague, self.factor, self.ceiling, self.open, self.about

    @_state.setter
    def _state(self, told: tuple[float, float, str, int, float, bool, bool]) -> None:
        self.total, self.group, self.vague, self.factor, self.ceiling, self.open, self.about = told

    def _add(self, word: NumberWord) -> bool:
        if word.vague and not (word.factor and (self.open or self.softened)):
            return self._add_vague(word.vague)
        if word.factor:
            self.about = self.about or word.about
            return self._multiply(int(word.factor))
        if self.vague or word.value >= self.ceiling:
            return False
        self.group += word.value
        units = word.value >= 20 or word.value == 10  # "on iki", "dix-sept"
        teens = word.value in _BEFORE_TEENS  # "soixante et onze", "quatre-vingt douze"
        self.ceiling = 100 if word.value >= 100 else 20 if teens else 10 if units else 0.5
        return True

    def _add_vague(self, name: str) -> bool:
        if name == "thousands" and self.group in (10, 100) and not self.total:  # zehntausende, yüz binlerce
            self.vague, self.group, self.factor = _VAGUE_FACTOR[int(self.group)], 0, 1000
        elif not self.open or self.vague == "several":  # dozens; several hundreds
            self.vague = name
        elif not self.vague and 1 < self.group < 100 and name in _TIMES:  # две сотни, двух десятков
            self.group *= _TIMES[name]
            self.ceiling = _TIMES[name]
        elif self.vague in ("tens", "hundreds") and name == "thousands":  # tens of thousands
            self.factor = 1000
        else:
            return False
        self.open = True
        return True

    def _multiply(self, factor: int) -> bool:
        if self.vague == "several":
            self.vague = _VAGUE_FACTOR.get(factor, "thousands")
        elif self.vague:
            if factor < 1000:
                return False
            self.factor = factor
        elif factor >= 1000:
            self.total, self.group = self.total + (self.group or 1) * factor, 0
        elif self.group >= factor:
            return False
        else:
            self.group = (self.group or 1) * factor
        self.ceiling = factor
        return True


def _parts(word: str, pack: Pack) -> tuple[NumberWord, ...]:
    """The number words that a word is made of: one, those between its hyphens, or none."""
    return _spelt(pack)(word)


@cache
def _spelt(pack: Pack) -> Callable[[str], tuple[NumberWord, ...]]:
    """The number words that words of one language are made of, remembered."""
    return lru_cache(maxsize=1 << 15)(partial(_split, pack))


def _split(pack: Pack, word: str) -> tuple[NumberWord, ...]:
    found = pack.numbers.get(word)
    if found:
        return (found,)
    pieces = [pack.numbers.get(piece) for piece in word.split("-")] if "-" in word else []
    whole = tuple(piece for piece in pieces if piece is not None)
    if len(whole) == len(pieces) and whole:
        return whole
    return _glued(word, pack) if len(word) >= _GLUED and "glued" in pack.settings else ()


_GLUED = 5  # letters that a word made of two number words has at least


def _glued(word: str, pack: Pack) -> tuple[NumberWord, ...]:
    """The number words that are written as one: "duecentocinquanta". `glued` lists what may stand between them."""
    for cut in range(len(word), 1, -1):
        first = pack.numbers.get(word[:cut])
        if first is None or (cut < len(word) and not (first.value or first.factor)):
            continue
        if cut == len(word):
            return (first,)
        for link in ("", *pack.settings["glued"]):
            if word.startswith(link, cut) and (rest := _glued(word[cut + len(link) :], pack)):
                unit = link and 0 < first.value < 10 <= rest[0].value < 100  # achtunddreißig: 30 and 8
                return (rest[0], first, *rest[1:]) if unit else (first, *rest)
    return ()


def _ranges(bare: Sequence[Amount], tokens: Sequence[Token], marks: Marks, pack: Pack) -> Iterator[Amount]:
    """Two numbers that are one range: "300 to 400", "8–10 тысяч", "от 2 до 3 сотен"."""
    i = 0
    while i < len(bare):
        one = bare[i]
        two = bare[i + 1] if i + 1 < len(bare) else None
        if two and (joined := _range(one, two, tokens, marks, pack)):
            yield joined
            i += 2
        else:
            yield one
            i += 1


def _range(one: Amount, two: Amount, tokens: Sequence[Token], marks: Marks, pack: Pack) -> Amount | None:
    article = two.start == one.stop + 2 and tokens[one.stop + 1].fold in pack.settings["articles"]
    if one.bound != "exact" or two.bound != "exact" or not (two.start == one.stop + 1 or article):
        return None
    opened = next((m for m in _ending(marks, one.start) if m.label == "range.start"), None)
    dash = tokens[one.stop].text in _DASHES and tokens[one.stop].start == tokens[one.stop - 1].end
    joint = any(m.label == "range.joint" for m in marks.get(one.stop, ()))
    word = tokens[one.stop].fold
    if not (dash or (joint and (opened or word not in ("-", *pack.settings.get("opened_ranges", ()))))):
        return None
    if opened and any(m.label == "grew" for m in _ending(marks, opened.first)):  # "rose from 44 to 121"
        return two._replace(first=opened.first)
    low, high = one.value, two.value
    factor = _shared_factor(two, tokens, pack) if low < 100 else 1
    if factor > 1 and not one.digits and not opened and not dash and (one.value >= 20 or two.digits):
        return None
    if low * factor <= high:
        low *= factor
    if low >= high:
        return None
    first = opened.first if opened else one.first
    return Amount(low, high, "range", None, first, two.last, one.start, two.stop, one.digits, "range")


def _shared_factor(two: Amount, tokens: Sequence[Token], pack: Pack) -> float:
    """What the second number of a range is multiplied by, the first one with it: the thousand of "1–1,5 тыс."."""
    if two.digits:
        plain = tokens[two.start].text.replace(pack.settings["decimal"], ".")
        bare = number(tokens[two.start].text, pack) or (float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else 0)
        return two.value / bare if bare and two.value / bare >= 100 else 1
    return 1000 if two.value >= 1000 and two.value % 1000 == 0 else 1


def _ending(marks: Marks, at: int) -> list[Mark]:
    """Marks of one to five tokens that end just before token `at`, the shortest first."""
    here = marks.ending(at)
    return sorted([m for m in here if at - m.first <= 5], key=lambda m: -m.first) if here else []


def _hedged(
    amount: Amount,
    tokens: Sequence[Token],
    first: int,
    last: int,
    marks: Marks,
    articles: frozenset[str],
) -> Amount:
    found: list[Mark] = []
    start = amount.first
    led = any(mark.label.endswith(".before") for mark in _ending(marks, start))
    if not led and start - 1 >= first and tokens[start - 1].fold in articles:
        start -= 1
    again = True
    while again:  # "just under", "уже более": several may stand in a row
        again = False
        for mark in sorted(_ending(marks, start), key=lambda m: m.first):
            if mark.label == "up_to.before" and any(m.label == "grew" for m in _ending(marks, mark.first)):
                continue  # "выросло до 1800": grew to, not up to
            if mark.label.endswith(".before") and mark.first >= first:
                found.append(mark)
                start, again = mark.first, True
                break
    behind = [*marks.get(amount.last, ()), *[m for m in marks.get(amount.last - 1, ()) if m.last > amount.last]]
    after = [m for m in behind if m.tail == "after" and m.last <= last]
    end = amount.last
    if after:
        best = max(after, key=lambda m: (m.last, -m.first))
        found.append(best)
        end = best.last
    else:
        found += _behind_noun(amount, tokens, last, marks)
    if not found:
        return amount
    hedges = [m for m in found if not m.label.startswith("exact")]
    first_token = min([amount.first, *[m.first for m in found]])
    if not hedges:
        return amount._replace(first=first_token, last=end)
    return _softened(amount._replace(first=first_token, last=end), hedges[0])


def _behind_noun(amount: Amount, tokens: Sequence[Token], last: int, marks: Marks) -> list[Mark]:
    """ "30 people or more": the hedge may stand behind the word that is counted."""
    at = amount.last
    if at + 1 >= last or tokens[at].kind != "word":
        return []
    return [m for m in marks.get(at + 1, ()) if m.label == "at_least.after" and m.last <= last][:1]


def _softened(amount: Amount, hedge: Mark) -> Amount:
    name = hedge.label.split(".")[0]
    how = f"{amount.how}; {hedge.source}"
    low, high = amount.low, amount.high
    if amount.bound == "vague":
        return amount._replace(how=how)  # "up to several dozen" stays as vague as it is
    if name == "at_least":
        return amount._replace(high=None, bound="at_least", hedge=name, how=how)
    if name == "more_than":
        return amount._replace(low=(low or 0) + 1, high=None, bound="at_least", hedge=name, how=how)
    if name == "up_to":
        return amount._replace(low=None, bound="at_most", hedge=name, how=how)
    if name == "less_than":
        return amount._replace(low=None, high=(high or 1) - 1, bound="at_most", hedge=name, how=how)
    if amount.bound == "range":
        return amount._replace(how=how)
    return amount._replace(bound="about", hedge=name, how=how)
