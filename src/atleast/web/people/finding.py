"""Looking for words in a case: which mentions, claims and reports hold them all, those that fit best first.

The words that may be meant are found by their blind keys and opened; how well each fits is `spellings.likeness`. Where
they stand is found by numbers. Only so many of the best are opened and looked at, so a name that thousands bear costs
no more than another; how many there are is then told as "more than".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db import connection

from atleast.lexicon import spellings
from atleast.lexicon.packs import fold
from atleast.web.house.models import Case
from atleast.web.rows import parts
from atleast.web.vault import vault

from .index import CLAIM, EXACT, MENTION, REPORT, blind, negligible
from .models import Posting, Spelling, Word

MOST = 200
"""So many are counted of each kind."""
_MOST_WORDS, _MOST_KEYED, _MOST_WEIGHED = 8, 400, 80
_MOST_TOGETHER = 20_000
_FROM = 3
# A word that shares a key and is not alike, as far as can be measured: the last of all.
_FAINT = 0.05


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for, the words of the case that it may be, by number, and how well each of them fits."""

    word: str
    fits: Mapping[int, float]
    texts: Mapping[str, float]


class Hit(NamedTuple):
    """A record that holds all words: its number in the ledger, and how well they fit, 0 to 1."""

    number: int
    fit: float


@dataclass(frozen=True, slots=True)
class Found:
    """The records of each kind that hold all words, the best first; `more` where there are more than are told."""

    terms: tuple[Term, ...]
    hits: Mapping[int, tuple[Hit, ...]]
    more: frozenset[int]


def find(case: Case, query: str, kinds: Iterable[int] = (MENTION, CLAIM, REPORT), *, begun: bool = True) -> Found:
    """Where all words of a query stand.

    Args:
        kinds: Which kinds of record to look for.
        begun: Whether the last word may be only begun.
    """
    terms = tuple(_term(case, word, begun and last) for word, last in _asked(query))
    if not terms or not all(term.fits for term in terms):
        return Found(terms, {}, frozenset())
    found = {kind: _alone(case, terms[0], kind) if len(terms) == 1 else _all(case, terms, kind) for kind in kinds}
    hits = {kind: tuple(hits[:MOST]) for kind, hits in found.items() if hits}
    return Found(terms, hits, frozenset(kind for kind, hits in found.items() if len(hits) > MOST))


def _asked(query: str) -> list[tuple[str, bool]]:
    """The words of a query, each with whether it is the last and may be only begun."""
    told = [(query[each.start : each.end], each.word) for each in spellings.words(query)]
    words = list(dict.fromkeys(word for written, word in told if not negligible(written)))
    words = (words or list(dict.fromkeys(word for _, word in told)))[:_MOST_WORDS]
    return [(word, word == words[-1]) for word in words]


# ── Words ──


def _term(case: Case, word: str, last: bool) -> Term:
    """The words of a case that a word of the query may be."""
    sure = [EXACT + fold(word), *spellings.asked(word)]
    loose = spellings.loosely(word)
    begun = spellings.typed(word) if last and len(word) >= _FROM else ()
    numbers: dict[int, None] = {}
    for keys in (sure, loose, begun):
        blinded = {blind(case, key) for key in keys}
        rows = Spelling.objects.filter(case=case, key__in=blinded).values_list("word", flat=True)
        numbers.update(dict.fromkeys(rows[:_MOST_KEYED]))
    opened = _opened(case, list(numbers)[: _MOST_WEIGHED * 2])
    weighed = {number: spellings.likeness(word, text) or _FAINT for number, text in opened.items()}
    best = sorted(weighed, key=lambda number: -weighed[number])[:_MOST_WEIGHED]
    return Term(word, {number: weighed[number] for number in best}, {opened[n]: weighed[n] for n in best})


def _opened(case: Case, numbers: Sequence[int]) -> dict[int, str]:
    unseal = vault().unseal
    rows = Word.objects.filter(case=case, word__in=numbers).values_list("word", "sealed")
    return {number: unseal(sealed, of=f"word {number}") for number, sealed in rows}


# ── Places ──


def _alone(case: Case, term: Term, kind: int) -> list[Hit]:
    """Where one word stands: what fits best first, and of what fits alike the newest."""
    found: dict[int, float] = {}
    for _, alike in groupby(term.fits, key=lambda number: round(term.fits[number], 1)):
        words = list(alike)
        for number, word in _newest(case, words, kind):
            found.setdefault(number, term.fits[word])
        if len(found) > MOST:
            break
    return _sorted(found)


def _newest(case: Case, words: Sequence[int], kind: int) -> list[tuple[int, int]]:
    """Of each of these words the newest records that it stands in."""
    one = (
        f'SELECT * FROM (SELECT "number", "word" FROM "{Posting._meta.db_table}" WHERE "case_id" = %s AND "word" = %s'
        f' AND "kind" = %s ORDER BY "number" DESC LIMIT {MOST + 1}) AS "found"'
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(words)), [v for word in words for v in (case.pk, word, kind)])
        rows: list[tuple[int, int]] = cursor.fetchall()
    return rows


def _all(case: Case, terms: Sequence[Term], kind: int) -> list[Hit]:
    """Where all words stand: sought among the records of the rarest."""
    rarest, *others = sorted(terms, key=lambda term: _rarity(case, term, kind))
    table = f'"{Posting._meta.db_table}"'
    among = (
        f'SELECT DISTINCT "number" FROM (SELECT "number" FROM {table} WHERE "case_id" = %s AND "kind" = %s'
        f' AND "word" IN ({_gaps(rarest)}) LIMIT {_MOST_TOGETHER}) AS "one"'
    )
    also = " AND ".join(
        f'EXISTS (SELECT 1 FROM {table} AS "o" WHERE "o"."case_id" = %s AND "o"."number" = "among"."number"'
        f' AND "o"."word" IN ({_gaps(term)}))'
        for term in others
    )
    given = [case.pk, kind, *rarest.fits]
    for term in others:
        given += [case.pk, *term.fits]
    with connection.cursor() as cursor:
        limit = f' ORDER BY "number" DESC LIMIT {MOST + 1}'
        cursor.execute(f'SELECT "number" FROM ({among}) AS "among" WHERE {also}{limit}', given)
        numbers = [number for (number,) in cursor.fetchall()]
    return _sorted(_weighed(case, terms, numbers))


def _gaps(term: Term) -> str:
    return ", ".join(["%s"] * len(term.fits))


def _rarity(case: Case, term: Term, kind: int) -> int:
    """In how many records a word stands, counted up to what is looked through."""
    rows = Posting.objects.filter(case=case, kind=kind, word__in=list(term.fits)).order_by()
    return rows[:_MOST_TOGETHER].count()


def _weighed(case: Case, terms: Sequence[Term], numbers: Iterable[int]) -> dict[int, float]:
    """How well all words fit each record: the mean of what each is worth."""
    best: dict[int, dict[str, float]] = defaultdict(dict)
    wanted = list({word for term in terms for word in term.fits})
    for part in parts(numbers):
        rows = Posting.objects.filter(case=case, number__in=part, word__in=wanted).values_list("number", "word")
        for number, word in rows:
            for term in terms:
                if fit := term.fits.get(word):
                    best[number][term.word] = max(fit, best[number].get(term.word, 0.0))
    return {number: sum(fits.values()) / len(terms) for number, fits in best.items()}


def _sorted(found: Mapping[int, float]) -> list[Hit]:
    """The best first, and of those that fit alike the newest."""
    return sorted(
        (Hit(number, round(fit, 2)) for number, fit in found.items()), key=lambda hit: (-hit.fit, -hit.number)
    )


# ── Words in a text ──


class Placed(NamedTuple):
    """Where the words stand in a text, how well they fit it, and the shortest stretch that has so many of them."""

    fit: float
    spans: tuple[tuple[int, int], ...]
    nearest: tuple[int, int]  # code points

    @property
    def apart(self) -> int:
        """How long that stretch is."""
        return self.nearest[1] - self.nearest[0]


def placed(terms: Sequence[Term], text: str) -> Placed:
    """Where the words that were found stand in a text."""
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    best: dict[str, float] = {}
    for word, start, end in spellings.words(text):
        for term in terms:
            if fit := term.texts.get(word):
                best[term.word] = max(fit, best.get(term.word, 0.0))
                spans[term.word].add((start, end))
    every = sorted(set().union(*spans.values()))
    fit = sum(best.values()) / len(terms) if terms else 0.0
    return Placed(round(fit, 2), tuple(every), _nearest(every, len(spans)))


def _nearest(spans: Sequence[tuple[int, int]], number: int) -> tuple[int, int]:
    """The shortest stretch with so many of the words."""
    runs = [(first[0], last[1]) for first, last in zip(spans, spans[max(0, number - 1) :], strict=False)]
    return min(runs, key=lambda run: run[1] - run[0], default=(0, 0))
