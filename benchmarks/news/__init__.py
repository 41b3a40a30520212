"""Made-up news of an ordinary day, of real size, in English and Russian: what a reader of arrests has to pass over.

Nobody's text: the sentences were written for this, the people and towns are put together from syllables, so that new
words keep coming as they do in a newspaper. Ordinary news speaks of those who were injured, released an album or held
a lead. One report in twenty is of police and courts, and a third of those tell of a thief's arrest: these are read in
full, as they would be in life. The same seed gives the same news.
"""

from collections.abc import Iterator
from random import Random

from . import english, russian

TOPICS = {"en": english.TOPICS, "ru": russian.TOPICS}
ARRESTS = {"en": english.ARREST, "ru": russian.ARREST}
_SMALLEST, _LARGEST = 1_500, 3_000  # characters
_SYLLABLES = {
    "en": "bar bel brin cal dor dun el fen gar hal ker lin lor mar mel nor pel quin ral sed tam tor ul ver wen".split(),
    "ru": "бал бер вер гор дол ен зар кам кол лад лис мар мел нов ор пет рад сев сол тар тим ур фед хол чер яр".split(),
}  # fmt: skip
_SURNAMES = {"en": ("ley", "man", "son", "wick", "worth"), "ru": ("ин", "ов", "ский", "енко", "ев")}
_TOWNS = {"en": ("bury", "ford", "ham", "mouth", "ton"), "ru": ("град", "ово", "инск", "поль", "горск")}


def reports(count: int, language: str, seed: int = 1) -> Iterator[str]:
    """So many reports of other news, one after the other."""
    chance = Random(f"{seed} {language}")
    for _ in range(count):
        yield report(chance, language)


def report(chance: Random, language: str) -> str:
    """One report: a headline, and paragraphs of two to four sentences on a topic and, towards the end, on others."""
    topics = TOPICS[language]
    order = chance.sample(sorted(set(topics) - {"police"}), len(topics) - 1)
    if chance.random() < 1 / 20:
        order.insert(0, "police")
    told = [one for topic in order for one in chance.sample(topics[topic], len(topics[topic]))]
    if order[0] == "police" and chance.random() < 1 / 3:
        told.insert(3, ARRESTS[language])
    size, gaps = chance.randint(_SMALLEST, _LARGEST), _Gaps(chance, language)
    paragraphs = [told.pop(0).format_map(gaps).rstrip(".")]
    while sum(map(len, paragraphs)) < size:
        some = [told.pop(0) for _ in range(chance.randint(2, 4))]
        paragraphs.append(" ".join(some).format_map(gaps))
    return "\n".join(paragraphs)


class _Gaps(dict[str, str]):
    """What fills the gaps of a sentence: {name}, {town} and {firm} are new words, {n} and {big} are numbers."""

    def __init__(self, chance: Random, language: str) -> None:
        self._chance, self._language = chance, language

    def __missing__(self, gap: str) -> str:
        pick = self._chance
        match gap:
            case "n":
                return str(pick.randint(2, 90))
            case "big":
                return str(pick.randint(100, 9_000))
            case "name":
                return f"{self._word()} {self._word()}{pick.choice(_SURNAMES[self._language])}"
            case "town":
                return self._word() + pick.choice(_TOWNS[self._language])
            case _:
                return f"{self._word()}-{self._word()}"

    def _word(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES[self._language], k=2)).capitalize()
