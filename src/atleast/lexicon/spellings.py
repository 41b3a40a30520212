"""What finds a name in every script and spelling: Сосин, Sosin and Sossin.

All of it is keys that are compared for equality, so that an index can hold keyed hashes of them and nothing readable.

Stored with a word: `keys(word)`, `loosely(word)` and, to find it while it is typed, `prefixes(word)`. Looked for:
`asked(word)`, `loosely(word)`, `typed(start)`. What is found is a candidate: `rank` says on the text itself how well
it fits and where. Keys that were made under another `edition()` must be made anew.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources
from typing import NamedTuple

from anyascii import anyascii

from .glyphs import HIDDEN
from .packs import fold
from .sounds import lowered, sounds

_REMEMBERED = 1 << 16
_NAME, _BARE, _UNVOWELLED, _LOOSE, _START, _AS_IT_IS = "@", ".", ":", "~", ">", "="
"""What kind of key it is, as its first character; those of sounds have none."""

_LONG = 5  # sounds; shorter names sound like too many others


@lru_cache(maxsize=_REMEMBERED)
def keys(word: str) -> tuple[str, ...]:
    """What to store with one written word of a name; never empty.

    >>> keys("Сосин")
    ('sosin', '.sn')
    """
    skeletons, consonants, vowelled = sounds(word)
    found = [
        *filter(None, skeletons),
        *_marked(_BARE if vowelled else _UNVOWELLED, consonants),
        *_one_name(word, skeletons),
    ]
    return tuple(dict.fromkeys(found)) or (_AS_IT_IS + lowered(word),)


@lru_cache(maxsize=_REMEMBERED)
def asked(word: str) -> tuple[str, ...]:
    """What to look for among the stored `keys` to find a word in all its spellings; never empty.

    It differs from `keys` for scripts without vowels only: consonants alone find محمد from Mohammed and back, but not
    Sasin from Sosin.

    >>> set(asked("محمد")) & set(keys("Mohamad")), set(asked("Сосин")) & set(keys("Sasin"))
    ({...}, set())
    """
    skeletons, consonants, vowelled = sounds(word)
    across = _marked(_UNVOWELLED, consonants) + ([] if vowelled else _marked(_BARE, consonants))
    found = [*filter(None, skeletons), *across, *_one_name(word, skeletons)]
    return tuple(dict.fromkeys(found)) or (_AS_IT_IS + lowered(word),)


def _marked(mark: str, skeletons: Iterable[str]) -> list[str]:
    return [mark + skeleton for skeleton in skeletons if skeleton]


# ── Other forms of a name ──


@lru_cache(maxsize=_REMEMBERED)
def loosely(word: str) -> tuple[str, ...]:
    """What a word shares with its other cases, with the name of a wife or sister, and with other vowels (Karim, Kerim).

    Stored and looked for alike. Longer names are also found by their consonants and where a vowel stands, any vowel.

    >>> sorted(set(loosely("Сосин")) & set(loosely("Сосиной"))), bool(set(loosely("Белова")) & set(loosely("Belov")))
    (['~sesen', '~sosin'], True)
    """
    skeletons, consonants, vowelled = sounds(word)
    stems = [stem for each in (skeletons if vowelled else consonants) for stem in _stems(each)]
    wavering = [each for each in (stem.translate(_ANY_VOWEL) for stem in stems) if len(each) >= _LONG]
    return tuple(dict.fromkeys(_marked(_LOOSE, (*stems, *wavering)))) or (_LOOSE + lowered(word),)


_ENDING = re.compile("(?:oho|iho|omo|imo|ami|[aio]m|[aio]h|ov|iv)$")
_VOWELS = re.compile("[aio]+$")
_ANY_VOWEL = str.maketrans("aio", "eee")
_FLEETING = re.compile("(?<=[^aio])[io](?=[klc]$)")


def _stems(skeleton: str) -> Iterator[str]:
    """Without the vowels it ends in, and without what may be an ending: Максим may be a name, or "with Макс"."""
    for ending in (_VOWELS, _ENDING):
        stem = ending.sub("", skeleton)
        yield stem if len(stem) > 2 else skeleton
    stem = _FLEETING.sub("", skeleton)  # Павел, Павла
    if stem != skeleton:
        yield stem


# ── Names that are one ──


def _one_name(word: str, skeletons: Iterable[str]) -> list[str]:
    """The lines of the table of given names that a word is on, by its spelling or, when long enough, by its sound."""
    table = _given()
    return [_NAME + name for each in (_AS_IT_IS + lowered(word), *skeletons) if each in table for name in table[each]]


@cache
def _given() -> Mapping[str, tuple[str, ...]]:
    """For a spelling and for a long skeleton, the first names of the lines of the table on which it stands."""
    first: dict[str, tuple[str, ...]] = {}
    for row in _file("given.txt").splitlines():
        names = [] if row.startswith("#") else row.split()
        spelled = {_AS_IT_IS + each for name in names for each in (lowered(name), fold(lowered(name)))}
        heard = {each for name in names for each in sounds(name).skeletons if len(each) >= _LONG}
        for each in spelled | heard:
            first[each] = (*first.get(each, ()), fold(names[0]))
    return first


def _file(name: str) -> str:
    return (resources.files("atleast.lexicon") / "data" / "spellings" / name).read_text("utf-8")


_RULES = "1"
"""Another number whenever this module or `sounds` makes other keys of the same tables."""


@cache
def edition() -> str:
    """Which tables and rules the keys are made by: where it differs, stored keys must be made anew."""
    return sha256("\0".join((_RULES, _file("sounds.tsv"), _file("given.txt"))).encode()).hexdigest()[:16]


# ── While typing ──

_FROM, _SOUNDS, _LETTERS, _WAYS = 3, 6, 14, 4


@lru_cache(maxsize=_REMEMBERED)
def typed(start: str) -> tuple[str, ...]:
    """What to look for among the stored `prefixes` when a word has been typed so far, from three letters; never empty.

    >>> set(typed("Сос")) & set(prefixes("Sossin"))
    {'>sos'}
    """
    skeletons, consonants, vowelled = sounds(lowered(start)[:_LETTERS])
    read = [each[:_SOUNDS] for each in (skeletons if vowelled else consonants)[:_WAYS] if each]
    return tuple(dict.fromkeys(_marked(_START, read))) or (_START + lowered(start)[:_LETTERS],)


@lru_cache(maxsize=_REMEMBERED)
def prefixes(word: str) -> tuple[str, ...]:
    """What to store so that a word is found while it is typed: some ten keys, at most four for each letter up to 14.

    The sounds of everything that may have been typed: "Sc" on the way to Schukow, but also "Sch".
    """
    low = lowered(word)
    ends = range(min(_FROM, len(low)), min(_LETTERS, len(low)) + 1)
    return tuple(dict.fromkeys(key for end in ends for key in typed(low[:end])))


# ── Words of a text ──


class Word(NamedTuple):
    """A word of a text and its place."""

    word: str  # lower case, one alphabet; ё is kept, since it tells a sound
    start: int  # code points
    end: int


_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}{HIDDEN}]|['’ʼ](?![sS]\b)(?=[^\W_]))*")


def words(text: str, leave_out: Iterable[str] = ()) -> Iterator[Word]:
    """The words of a text in order, numbers too; the parts of Сосин-Лозко one by one.

    Args:
        text: Any text.
        leave_out: Words not worth finding, in lower case.

    >>> [tuple(word) for word in words("Задержан Со\u00adсин, 78 лет")][1:3]
    [('сосин', 9, 15), ('78', 17, 19)]
    """
    without = frozenset(leave_out)
    for found in _WORD.finditer(text):
        word = lowered(found[0])
        if word not in without:
            yield Word(word, *found.span())


def distinct(text: str) -> frozenset[str]:
    """The words of a text as they are written in it, each once: sooner told than `words`, which tells where they stand.

    >>> sorted(distinct("Сосин, снова Сосин"))
    ['Сосин', 'снова']
    """
    return frozenset(_WORD.findall(text))


# ── How well a text fits ──


class Rank(NamedTuple):
    """How well a text fits a query, and where."""

    score: float
    """0 to 1, for an order only; the mean of what each word of the query is worth, see `likeness`."""
    spans: tuple[tuple[int, int], ...]  # what to underline, in the order of the text; code points


_EXACT, _ACCENTS, _SAME_SCRIPT = 1.0, 0.9, 0.6
_LEAST = (0.5, 0.3, 0.1)
"""By how it was met, as `Met` tells."""


def rank(query: str, text: str) -> Rank:
    """How well a text that was found fits what was looked for; 0 when no word of the query is in it.

    >>> rank("Сосин", "Police held Igor Sossin."), rank("Сосин", "Police held Igor Lozko.").score
    (Rank(score=0.59, spans=((17, 23),)), 0.0)
    """
    wanted = list(dict.fromkeys(each.word for each in words(query)))
    best = dict.fromkeys(wanted, 0.0)
    spans: dict[str, list[tuple[int, int]]] = {word: [] for word in wanted}
    fits: dict[tuple[str, str], float] = {}
    for word, start, end in words(text):
        for each in wanted:
            if (fit := fits.get((each, word))) is None:
                fit = fits[each, word] = likeness(each, word)
            if fit:
                best[each] = max(best[each], fit)
                spans[each].append((start, end))
    score = sum(best.values()) / len(wanted) if wanted else 0.0
    return Rank(round(score, 2), tuple(sorted({span for each in spans.values() for span in each})))


class Met(IntEnum):
    """By which keys a word was found; the surest first."""

    SOUND = 0
    """By `keys`: it is spelled so, sounds so, or is the same given name."""
    FORM = 1
    """By `loosely`: it may be another form of the name."""
    START = 2
    """By `prefixes`: it begins so."""


def likeness(one: str, other: str) -> float:
    """How well a word fits what was looked for, 0 to 1; 0 when no key of it would have been found."""
    common = _looked_for(one) & _kept(other)
    if not common:
        return 0.0
    marks = {key[0] for key in common}
    return fit(one, other, Met.START if marks == {_START} else Met.FORM if marks <= {_START, _LOOSE} else Met.SOUND)


def fit(one: str, other: str, met: Met) -> float:
    """How well a word that was found by some key fits what was looked for, 0 to 1.

    1 when spelled so; .9 when only accents differ; .6 to .7 when it sounds so in the same script, .5 to .6 in another,
    nearer spellings first; .3 to .4 when it may be another form of the name; .1 to .2 when it only begins so.
    """
    if fold(one) == fold(other):
        return _EXACT
    plain, found = _plain(one), _plain(other)
    same_script = _script(one) == _script(other)
    if plain == found and same_script:
        return _ACCENTS
    least = _SAME_SCRIPT if met is Met.SOUND and same_script else _LEAST[met]
    return least + 0.1 * SequenceMatcher(None, plain, found, autojunk=False).ratio()


def near(one: str, other: str) -> bool:
    """Whether a word fits what is looked for by more than its beginning: `likeness` of it may be more than .2.

    Told without the keys of beginnings, which take ten times as long to make as all others.

    >>> near("Сосин", "Sossin"), near("Сосин", "Сосновка")
    (True, False)
    """
    common = _looked_for(one) & _sure(other)
    return bool(common) or fold(one) == fold(other) or _plain(one) == _plain(other)


@lru_cache(maxsize=_REMEMBERED)
def _looked_for(word: str) -> frozenset[str]:
    return frozenset((*asked(word), *loosely(word), *(typed(word) if len(word) >= _FROM else ())))


@lru_cache(maxsize=_REMEMBERED)
def _kept(word: str) -> frozenset[str]:
    return _sure(word).union(prefixes(word))


@lru_cache(maxsize=_REMEMBERED)
def _sure(word: str) -> frozenset[str]:
    return frozenset((*keys(word), *loosely(word)))


@lru_cache(maxsize=_REMEMBERED)
def _plain(word: str) -> str:
    return anyascii(fold(word)).lower()


def _script(word: str) -> str:
    """The block of a word's first letter, roughly: Latin with all its accents is one."""
    code = ord(word[0])
    return "latin" if code < 0x250 else str(code >> 8)
