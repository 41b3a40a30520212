"""Names of persons: which words are given names, and which nominative a written form may stand for.

Given names are one list for all languages. How names change is the language's own, `names.tsv` in its pack:

    whose <tab> gender <tab> case <tab> ending <tab> ending of the nominative [<tab> rare]

`whose` is given, patronymic or family; case is nom, gen, dat, acc, ins, loc, or any where nothing changes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from itertools import product
from typing import NamedTuple

from .packs import NameEnding, Pack, fold

_VOWELS = frozenset("аеёиоуыэюяіїєьйaeiouyąęóöüäàáâãèéêìíîòôõùúû'’")


_MOST_KEPT = 1 << 15  # names that are remembered


class Form(NamedTuple):  # made as often as tokens are
    """What a written word may be: its nominative, whose name it then is, and in which case it stands."""

    nominative: str
    gender: str
    case: str
    worth: int  # how much of the word its ending tells; -1 for endings that are seldom meant


@dataclass(slots=True)
class Names:
    """What one language knows of the names of persons."""

    endings: Mapping[str, Sequence[NameEnding]]  # by whose
    given: Callable[[str], tuple[Form, ...]] = field(init=False, compare=False, repr=False)
    """The known given names that a word may be a form of; empty when it is none."""
    families: Callable[[str], frozenset[str]] = field(init=False, compare=False, repr=False)
    """All nominatives that a family name may have and the word as it is, folded."""
    _forms: Callable[[str, str], tuple[Form, ...]] = field(init=False, compare=False, repr=False)
    _whole: Callable[[str, tuple[str, ...], frozenset[str]], Form | None] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        remembered = lru_cache(maxsize=_MOST_KEPT)
        self.given, self.families = remembered(self._given), remembered(self._families)
        self._whole = remembered(self._likeliest)
        self._forms = remembered(lambda whose, word: tuple(self._straightened(whose, word)))

    @property
    def changing(self) -> bool:
        """Whether names change at all."""
        return bool(self.endings)

    def _given(self, word: str) -> tuple[Form, ...]:
        genders, _ = _known()
        plain = [Form(word, g, "nom" if self.changing else "any", 9) for g in genders.get(fold(word), ())]
        bent = (f for f in self._forms("given", word) if f.gender in genders.get(fold(f.nominative), ()))
        return tuple(dict.fromkeys((*plain, *bent)))

    def family(self, word: str) -> tuple[Form, ...]:
        """What a family name may be; where names do not change, itself."""
        return self._forms("family", word) or (Form(word, "m", "any", 0), Form(word, "f", "any", 0))

    def _families(self, word: str) -> frozenset[str]:
        return frozenset((fold(word), *(fold(form.nominative) for form in self.family(word))))

    def patronymic(self, word: str) -> tuple[Form, ...]:
        """What a patronymic may be; empty when the word is none."""
        return self._forms("patronymic", word) if len(word) > 4 else ()

    def nominative(self, given: str, others: Sequence[str], cases: Iterable[str] = ()) -> "Form | None":
        """The whole name as it stands alone; None when the words leave it open.

        Args:
            given: The first word, in the order given name, patronymic, family name.
            others: The words behind it.
            cases: The cases that the sentence allows, where it tells.
        """
        return self._whole(given, tuple(others), frozenset(cases))

    def _likeliest(self, given: str, others: tuple[str, ...], allowed: frozenset[str]) -> "Form | None":
        choices = [self.given(given) or self.family(given), *(self.patronymic(w) or self.family(w) for w in others)]
        found: dict[str, tuple[int, Form]] = {}
        for picked in product(*choices):
            if made := _agreeing(picked, allowed):
                old = found.get(made.nominative)
                if old is None or made.worth > old[0]:
                    found[made.nominative] = (made.worth, made)
        best = max((worth for worth, _ in found.values()), default=0)
        likely = [form for worth, form in found.values() if worth == best]
        return likely[0] if len(likely) == 1 else None

    def _straightened(self, whose: str, word: str) -> Iterator[Form]:
        low = fold(word)
        if len(low) != len(word):
            return
        for e in self.endings.get(whose, ()):
            stem = len(word) - len(e.ending)
            if stem < 1 or not low.endswith(e.ending):
                continue
            if not e.nominative and low[stem - 1] in _VOWELS:
                continue
            yield Form(word[:stem] + e.nominative, e.gender, e.case, -1 if e.rare else len(e.ending))


def _agreeing(picked: Sequence[Form], allowed: frozenset[str]) -> Form | None:
    """The forms put together, if one gender and one case fit them all."""
    if len({form.gender for form in picked}) != 1:
        return None
    cases = {form.case for form in picked} - {"any"}
    if cases == {"gen", "acc"} and picked[0].gender == "m":  # of men the accusative is the genitive
        cases = {"gen"}
    case = cases.pop() if len(cases) == 1 else "any" if not cases else ""
    if not case or (allowed and case != "any" and not ({case, _TWIN.get(case, case)} & allowed)):
        return None
    worth = sum(form.worth for form in picked[1:]) + min(0, picked[0].worth)
    return Form(" ".join(form.nominative for form in picked), picked[0].gender, case, worth)


_TWIN = {"gen": "acc", "acc": "gen"}


def particles() -> frozenset[str]:
    """Small words within a name: de, van, bin."""
    return _known()[1]


@cache
def names(pack: Pack) -> Names:
    """What a pack knows of names."""
    by: dict[str, list[NameEnding]] = {}
    for ending in pack.endings:
        by.setdefault(ending.whose, []).append(ending)
    return Names(by)


@cache
def _known() -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Given names with the genders that bear them, and the small words within names."""
    genders: dict[str, set[str]] = {}
    small: set[str] = set()
    text = (resources.files("atleast.lexicon") / "data" / "given_names.tsv").read_text("utf-8")
    for row in text.splitlines():
        whose, _, listed = row.partition("\t")
        if row.startswith("#") or not listed:
            continue
        for name in map(fold, listed.split()):
            if whose == "particle":
                small.add(name)
            else:
                genders.setdefault(name, set()).update(whose)
    return {name: frozenset(both) for name, both in genders.items()}, frozenset(small)
