"""Whose word is taken: all claimants, or a chosen set of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from .results import Figure

# Of near names so many are told where none fits.
MOST_NEAR = 5
_SIDES = ("independent", "authority")
# What stands for a speaker where people who are mentioned are counted.
DOCUMENTED = "documented people"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The claimants whose figures are reckoned with: those named (None: all), without those left out."""

    only: frozenset[str] | None = None
    left_out: frozenset[str] = frozenset()

    @classmethod
    def of(cls, known: Iterable[str], only: Iterable[str], excluding: Iterable[str]) -> "Chosen":
        """The choice, by names as claims give them; upper and lower case and spaces do not matter.

        "independent" and "authority" stand for everybody of that side.

        Raises:
            ValueError: Nobody of that name speaks in the heap; names that are near are told.
        """
        names = sorted(known)
        wanted = frozenset(_found(name, names) for name in only)
        return cls(wanted or None, frozenset(_found(name, names) for name in excluding))

    def __call__(self, figure: Figure) -> bool:
        """Whether the figure's speaker was chosen."""
        return self.takes(figure.speaker, figure.side)

    def takes(self, speaker: str, side: str) -> bool:
        """Whether somebody of a side was chosen."""
        here = {speaker, side}
        return (self.only is None or bool(here & self.only)) and not here & self.left_out


def plain(name: str) -> str:
    """A name as it is compared: without regard to case and spaces."""
    return " ".join(name.split()).casefold()


def near(name: str, names: Iterable[str]) -> list[str]:
    """Names that somebody may have meant: those that hold every word of it first, then those spelt alike."""
    by_plain = {plain(other): other for other in sorted(names)}
    words = plain(name).split()
    holding = [other for spelt, other in by_plain.items() if words and all(word in spelt for word in words)]
    alike = [by_plain[spelt] for spelt in get_close_matches(plain(name), by_plain, n=MOST_NEAR, cutoff=0.5)]
    return list(dict.fromkeys([*sorted(holding, key=len), *alike]))[:MOST_NEAR]


def _found(name: str, names: list[str]) -> str:
    same = [other for other in (*_SIDES, *names) if plain(other) == plain(name)]
    if same:
        return name if name in same else same[0]
    close = near(name, names)
    hint = f"Near are: {'; '.join(close)}" if close else f"Claimants: {'; '.join(names[:MOST_NEAR]) or 'none'}"
    raise ValueError(f"no claimant is called {name!r} in these reports. {hint}")
