"""Looking for words in a case: which mentions, claims and reports hold them all, those that fit best first.

The words that may be meant are found by their blind keys and opened; how well each fits is `spellings.fit`. Where
they stand is found by numbers. Only so many of the newest are gone through, so a name that thousands bear costs no
more than another; how many there are is then told as "more than".

A search is four statements or fewer, whatever the number of its words: a round trip costs more than what it asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from atleast.lexicon import spellings
from atleast.lexicon.packs import fold
from atleast.web.house.models import Case
from atleast.web.vault import vault

from .index import CLAIM, EXACT, MENTION, REPORT, blind, indexed, negligible, words_of
from .models import Posting, Spelling, Word

MOST = 100
"""So many are counted of each kind."""
_MOST_WORDS, _MOST_KEYED, _MOST_WEIGHED = 8, 160, 80
_MOST_TOGETHER = (4_000, 20_000)
"""So many records of a word are looked through at first, and so many where that found too little."""
_FROM, _ALL = 3, 1 << 62
_POSTING, _SPELLING, _WORD = (f'"{each._meta.db_table}"' for each in (Posting, Spelling, Word))


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
    """The records of each kind that hold all words, the best first; `more` where there are more than are told, `cut`
    where every word is so common that only the newest records were gone through."""

    terms: tuple[Term, ...]
    hits: Mapping[int, tuple[Hit, ...]]
    more: frozenset[int] = frozenset()
    cut: frozenset[int] = frozenset()


def find(case: Case, query: str, kinds: Iterable[int] = (MENTION, CLAIM, REPORT), *, begun: bool = True) -> Found:
    """Where all words of a query stand.

    Args:
        kinds: Which kinds of record to look for.
        begun: Whether the last word may be only begun.
    """
    terms = _terms(case, _asked(query), begun)
    if not terms or not kinds or not all(term.fits for term in terms):
        return Found(terms, {})
    look = _alone if len(terms) == 1 else _all
    found, cut = look(case, terms, list(kinds))
    hits = {kind: tuple(_sorted(fits)[:MOST]) for kind, fits in found.items() if fits}
    more = {kind for kind, fits in found.items() if len(fits) > MOST}
    return Found(terms, hits, frozenset(more), frozenset(cut - more))


def _asked(query: str) -> list[str]:
    """The words of a query; the last may be only begun."""
    told = [(query[each.start : each.end], each.word) for each in spellings.words(query)]
    words = list(dict.fromkeys(word for written, word in told if not negligible(written)))
    return (words or list(dict.fromkeys(word for _, word in told)))[:_MOST_WORDS]


def _rows(statement: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _gaps(values: Iterable[object]) -> str:
    return ", ".join("%s" for _ in values)


# ── Words ──


def _terms(case: Case, words: Sequence[str], begun: bool) -> tuple[Term, ...]:
    """The words of a case that each word of the query may be: those that sound so before those that begin so."""
    keyed = {
        (place, met): {blind(case, key) for key in keys}
        for place, word in enumerate(words)
        for met, keys in _keys(word, begun and word == words[-1]).items()
    }
    met: list[dict[int, tuple[spellings.Met, bytes]]] = [{} for _ in words]
    for place, how, number, sealed in sorted(_spelled(case, keyed), key=lambda row: row[:3]):
        if len(met[place]) < _MOST_KEYED:
            met[place].setdefault(number, (spellings.Met(how), sealed))
    return tuple(_term(word, found) for word, found in zip(words, met, strict=True))


def _keys(word: str, begun: bool) -> dict[spellings.Met, Iterable[str]]:
    typed = spellings.typed(word) if begun and len(word) >= _FROM else ()
    sure = (EXACT + fold(word), *spellings.asked(word))
    every = {spellings.Met.SOUND: sure, spellings.Met.FORM: spellings.loosely(word), spellings.Met.START: typed}
    return {met: keys for met, keys in every.items() if keys}


def _spelled(case: Case, keyed: Mapping[tuple[int, spellings.Met], Iterable[int]]) -> list[tuple[Any, ...]]:
    """The words that are kept under these keys, sealed, each with whom it was looked for."""
    if not keyed:
        return []
    found = " UNION ALL ".join(
        f'SELECT * FROM (SELECT DISTINCT {place} AS "place", {met:d} AS "met", "word" FROM {_SPELLING}'
        f' WHERE "case_id" = %s AND "key" IN ({_gaps(keys)}) LIMIT {_MOST_KEYED}) AS "one"'
        for (place, met), keys in keyed.items()
    )
    statement = (
        f'SELECT "place", "met", "w"."word", "sealed" FROM ({found}) AS "s"'
        f' JOIN {_WORD} AS "w" ON "w"."case_id" = %s AND "w"."word" = "s"."word"'
    )
    return _rows(statement, [*(value for keys in keyed.values() for value in (case.pk, *keys)), case.pk])


def _term(word: str, met: Mapping[int, tuple[spellings.Met, bytes]]) -> Term:
    unseal = vault().unseal
    opened = {number: (how, unseal(sealed, of=f"word {number}")) for number, (how, sealed) in met.items()}
    weighed = {number: spellings.fit(word, text, how) for number, (how, text) in opened.items()}
    best = sorted(weighed, key=lambda number: -weighed[number])[:_MOST_WEIGHED]
    return Term(word, {number: weighed[number] for number in best}, {opened[n][1]: weighed[n] for n in best})


# ── Places ──

_Fits = dict[int, dict[int, float]]
"""For each kind its records by number, and how well each fits."""


def _alone(case: Case, terms: Sequence[Term], kinds: Sequence[int]) -> tuple[_Fits, set[int]]:
    """Where one word stands: what fits best first, and of what fits alike the newest."""
    fits = terms[0].fits
    found: _Fits = defaultdict(dict)
    worth = {number: round(10 * fit) for number, fit in fits.items()}
    rows = sorted(_newest(case, worth, kinds), key=lambda row: -worth[row[2]])
    full: dict[int, int] = {}
    for kind, number, word in rows:
        # What fits less well is looked at only where there is room left.
        if full.get(kind, worth[word]) == worth[word]:
            found[kind][number] = max(fits[word], found[kind].get(number, 0.0))
            if len(found[kind]) > MOST:
                full[kind] = worth[word]
    return found, set()


def _newest(case: Case, worth: Mapping[int, int], kinds: Iterable[int]) -> list[tuple[Any, ...]]:
    """Of the words that are worth alike the newest records in which they stand, of each kind: kind, number, word."""
    asked = [(kind, worth[word], word) for kind in kinds for word in worth]
    return _rows(
        f'WITH "w" ("kind", "worth", "word") AS (VALUES {", ".join(["(%s, %s, %s)"] * len(asked))})'
        ' SELECT "kind", "number", "word" FROM (SELECT "w"."kind", "p"."number", "w"."word",'
        ' dense_rank() OVER (PARTITION BY "w"."kind", "w"."worth" ORDER BY "p"."number" DESC) AS "place"'
        f' FROM "w" JOIN {_POSTING} AS "p" ON "p"."case_id" = %s AND "p"."word" = "w"."word"'
        ' AND "p"."kind" = "w"."kind" AND "p"."number" >= coalesce('
        f'(SELECT "q"."number" {_OF_WORD} ORDER BY "q"."number" DESC LIMIT 1 OFFSET {MOST}), 0)'
        f') AS "found" WHERE "place" <= {MOST + 1}',
        [*(value for row in asked for value in row), case.pk, case.pk],
    )


_OF_WORD = f'FROM {_POSTING} AS "q" WHERE "q"."case_id" = %s AND "q"."word" = "w"."word" AND "q"."kind" = "w"."kind"'


def _all(case: Case, terms: Sequence[Term], kinds: Sequence[int]) -> tuple[_Fits, set[int]]:
    """Where all words stand, the newest; and the kinds of which only the newest were gone through."""
    found: dict[int, list[int]] = {}
    left = list(kinds)
    for most in _MOST_TOGETHER:
        cut = _look(case, terms, left, most, found)
        left = [kind for kind in cut if len(found.get(kind, ())) <= MOST]
        if not left:
            break
    fits = _weighed(case, terms, [number for numbers in found.values() for number in numbers])
    return {kind: {number: fits[number] for number in numbers} for kind, numbers in found.items()}, set(left)


def _look(
    case: Case, terms: Sequence[Term], kinds: Sequence[int], most: int, found: dict[int, list[int]]
) -> dict[int, int]:
    """Put into `found` the newest records of each kind with all these terms. Gives the kinds of which not all records
    were gone through, and from which on they were."""
    counted = _counted(case, {word for term in terms for word in term.fits}, kinds, most)
    asked, given, cut = [], list[Any](), {}
    for kind in kinds:
        here = sorted((_here(term, counted, kind) for term in terms), key=lambda each: each.often)
        if here[0].often:
            statement, values = _together(case, kind, here)
            asked.append(statement)
            given += values
            if here[0].since:
                cut[kind] = here[0].since
    found.update((kind, []) for kind in kinds)
    for kind, number in _rows(" UNION ALL ".join(asked), given) if asked else ():
        found[kind].append(number)
    return cut


class _Here(NamedTuple):
    """The words that a term may be in records of one kind: those that stand in few and those that stand in very many;
    how often they stand there, and from which record on that was counted: 0 where it was counted whole."""

    few: tuple[int, ...]
    many: tuple[int, ...]
    often: int
    since: int


def _counted(
    case: Case, words: Iterable[int], kinds: Sequence[int], most: int
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each kind and word in how many records it stands, up to a limit; and which is the last one of these, where
    there are more."""
    asked = [(kind, word) for kind in kinds for word in words]
    rows = _rows(
        f'WITH "w" ("kind", "word") AS (VALUES {", ".join(["(%s, %s)"] * len(asked))})'
        f' SELECT "kind", "word", (SELECT count(*) FROM (SELECT 1 {_OF_WORD} LIMIT {most}) AS "some"),'
        f' (SELECT "q"."number" {_OF_WORD} ORDER BY "q"."number" DESC LIMIT 1 OFFSET {most}) FROM "w"',
        [*(value for row in asked for value in row), case.pk, case.pk],
    )
    return {(kind, word): (count, since or 0) for kind, word, count, since in rows if count}


def _here(term: Term, counted: Mapping[tuple[int, int], tuple[int, int]], kind: int) -> _Here:
    found = {word: counted[kind, word] for word in term.fits if (kind, word) in counted}
    many = tuple(word for word, (_, since) in found.items() if since)
    counts, since = zip(*found.values(), strict=True) if found else ((0,), (0,))
    return _Here(tuple(word for word in found if word not in many), many, sum(counts), max(since))


def _together(case: Case, kind: int, terms: Sequence[_Here]) -> tuple[str, list[Any]]:
    """The statement that finds the newest records of a kind with all these terms, the rarest of which comes first."""
    rarest, *others = terms
    # This limit and those below bound nothing. They keep SQLite from going through all records in their order instead,
    # and PostgreSQL from looking up the words of very many records before the others have left few.
    words = f'"word" IN ({_gaps(rarest.few + rarest.many)}) AND "number" >= %s LIMIT {_ALL}'
    found = (
        f'SELECT DISTINCT "number" FROM (SELECT "number" FROM {_POSTING} WHERE "case_id" = %s AND "kind" = %s'
        f' AND {words}) AS "all" ORDER BY "number" DESC'
    )
    given = [case.pk, kind, *rarest.few, *rarest.many, rarest.since]
    for some in ([each for each in others if not each.many], [each for each in others if each.many]):
        if some:
            held, values = zip(*(_holds(case, kind, each, rarest.since) for each in some), strict=True)
            where = f'WHERE {" AND ".join(held)} ORDER BY "number" DESC LIMIT {_ALL}'
            found = f'SELECT "number" FROM ({found}) AS "among" {where}'
            given += [value for each in values for value in each]
    limit = f'ORDER BY "number" DESC LIMIT {MOST + 1}'
    return f'SELECT * FROM (SELECT {kind} AS "kind", "number" FROM ({found}) AS "found" {limit}) AS "one"', given


def _holds(case: Case, kind: int, term: _Here, since: int) -> tuple[str, list[Any]]:
    """The condition that a record holds a term: where a word of very many records stands is looked up by the record,
    whose kind is known; where the others stand is listed."""
    stands = f'FROM {_POSTING} AS "o" WHERE "o"."case_id" = %s AND "o"."kind" = %s'
    either, given = [], list[Any]()
    if term.many:
        words = f'"o"."number" = "among"."number" AND "o"."word" IN ({_gaps(term.many)})'
        either.append(f"EXISTS (SELECT 1 {stands} AND {words})")
        given += [case.pk, kind, *term.many]
    if term.few:
        words = f'"o"."number" >= %s AND "o"."word" IN ({_gaps(term.few)})'
        either.append(f'"number" IN (SELECT "o"."number" {stands} AND {words})')
        given += [case.pk, kind, since, *term.few]
    return f"({' OR '.join(either)})", given


def _weighed(case: Case, terms: Sequence[Term], numbers: Sequence[int]) -> dict[int, float]:
    """How well all words fit each record: the mean of what each is worth."""
    words = {each.number: set(words_of(each)) for each in indexed(case, numbers)}
    best = {
        number: [max((term.fits[word] for word in term.fits.keys() & held), default=0.0) for term in terms]
        for number, held in words.items()
    }
    return {number: sum(fits) / len(terms) for number, fits in best.items()}


def _sorted(found: Mapping[int, float]) -> list[Hit]:
    """The best first, and of those that fit alike the newest."""
    return sorted(
        (Hit(number, round(fit, 2)) for number, fit in found.items()), key=lambda hit: (-hit.fit, -hit.number)
    )
