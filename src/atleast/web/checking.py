"""Whether a case is as it was written: its ledger, its files and, where asked, its shelf."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from atleast.model import AtleastError, Trouble

from . import files
from .board import reckoning
from .house.models import Case, Kept
from .ledger.checking import Chain, check
from .shelf.following import differing

Progress = Callable[[str, int, int], None]
_MOST = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    Attributes:
        case: Its name in addresses.
        entries: How many the ledger has.
        files: How many kept files were opened.
        link: The last link of the ledger, in hex. Noted elsewhere, it tells later whether the ledger was changed.
        troubles: What is wrong.
    """

    case: str
    entries: int
    files: int
    link: str
    troubles: tuple[Trouble, ...]


def checked(case: Case, *, shelf: bool, progress: Progress) -> Checked:
    """Check a case.

    Args:
        shelf: Whether to make the shelf anew and compare; nobody can write meanwhile.
        progress: Told the stage, how much of it is done, and of how much.
    """
    chain = Chain(case.slug)
    troubles = list(check(case, chain, progress))
    kept = sorted(set(Kept.objects.filter(case=case).values_list("file", flat=True)))
    for number, name in enumerate(kept, 1):
        troubles += _file(case, name)
        progress("files", number, len(kept))
    if shelf:
        troubles += _shelf(case, progress)
    return Checked(case.slug, chain.number, len(kept), chain.link.hex(), tuple(troubles))


def _file(case: Case, name: str) -> Iterator[Trouble]:
    try:
        if files.opened(name) is None:
            yield Trouble("a kept file is gone", case.slug, name, "Restore a backup")
    except AtleastError as wrong:
        yield Trouble("a kept file cannot be opened", case.slug, str(wrong), "Restore a backup")


def _shelf(case: Case, progress: Progress) -> Iterator[Trouble]:
    found = differing(case, progress) + [f"board {part or 'front'}" for part in reckoning.differing(case)]
    for key in found[:_MOST]:
        yield Trouble("the shelf does not say what follows from the ledger", case.slug, key, "Run atleast rebuild")
    if len(found) > _MOST:
        yield Trouble("… and more such", case.slug, str(len(found) - _MOST), "Run atleast rebuild")
