"""What several reports carry word for word: a dispatch, the report that had it first, and its copies in order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a copy, from `start` to `end`, and where they stand in the earliest report, from `first` to `last`.

    The numbers in them may differ. Offsets count code points, the ends excluded.
    """

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that has words of an earlier one.

    `shared` is how much of it they are, `whole` how much of the earlier report; both in percent of words. With
    paragraphs of its own a copy has a low `shared`, shortened it has a low `whole`.
    """

    report: str
    publisher: str | None
    published: str | None
    shared: int
    whole: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A report and its later copies in the order of publication. `agency` is whom the credit lines name, if anybody."""

    report: str
    publisher: str | None
    published: str | None
    agency: str | None
    copies: tuple[Copy, ...]

    @property
    def voice(self) -> str:
        """Who speaks where the words name nobody: the agency, else who published them first."""
        return self.agency or self.publisher or self.report
