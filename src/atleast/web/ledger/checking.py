"""Proving that nothing in the ledger was changed: columns against bodies, and the chain from its first link."""

from collections.abc import Callable, Iterator

from atleast.model import AtleastError, Claim, Decision, Mention, Record, Trouble, decode
from atleast.web.house.models import Case
from atleast.web.vault import Vault, vault

from .models import Entry
from .reading import body
from .writing import FIRST_LINK, digest, linked

Progress = Callable[[str, int, int], None]


class Chain:
    """The ledger of a case, gone along entry by entry from the first one.

    Attributes:
        number: How many entries there were.
        link: The last link. Noted elsewhere, it tells later whether anything before it was changed.
    """

    def __init__(self, slug: str, by: Vault | None = None) -> None:
        self.slug, self.number, self.link = slug, 0, FIRST_LINK
        self._vault = by or vault()

    def see(self, entry: Entry) -> Iterator[Trouble]:
        """What is wrong with the next entry."""
        where = f"{self.slug}:{entry.number}"
        self.number += 1
        if entry.number != self.number:
            yield Trouble("entries are missing before this one", where, str(self.number), "Restore a backup")
            self.number = entry.number
        if linked(entry, self.link, self._vault) != bytes(entry.link):
            yield Trouble(
                "this entry was changed, or one before it was taken out",
                where,
                entry.name,
                "See who had access to the database",
            )
        self.link = bytes(entry.link)
        yield from _body(entry, where, self._vault)

    def end(self, number: int) -> Iterator[Trouble]:
        """What is wrong at the end of a ledger that should have so many entries."""
        if number != self.number:
            yield Trouble("entries are missing at the end", self.slug, str(self.number), "Restore a backup")


def check(case: Case, chain: Chain | None = None, progress: Progress | None = None) -> Iterator[Trouble]:
    """What is wrong with the ledger of a case, in the order of its entries; nothing where all is as it was written.

    Args:
        chain: Knows the last link afterwards.
        progress: Told how many entries were gone along, and of how many.
    """
    chain = chain or Chain(case.slug)
    number = Case.objects.get(pk=case.pk).number
    for entry in Entry.objects.filter(case=case).order_by("number").iterator(chunk_size=2_000):
        yield from chain.see(entry)
        if progress:
            progress("check", chain.number, number)
    yield from chain.end(number)


def _body(entry: Entry, where: str, by: Vault) -> Iterator[Trouble]:
    if entry.body is None:
        if not entry.redacted:
            yield Trouble("the body is gone and no decision says why", where, entry.name, "Restore a backup")
        return
    try:
        text = body(entry, by)
        record = decode(text)
    except AtleastError as wrong:
        yield Trouble("the body cannot be opened", where, str(wrong), "Restore a backup")
        return
    if entry.salt is None:
        if not entry.redacted:
            yield Trouble("the salt is gone and no decision says why", where, entry.name, "Restore a backup")
    elif digest(text, entry.salt) != bytes(entry.digest):
        yield Trouble("the body is not the one that was added", where, entry.name, "Restore a backup")
    for column, there, here in _columns(entry, record):
        if there != here:
            yield Trouble(f"the column {column} does not say what the body says", where, str(there), f"It is {here}")


def _columns(entry: Entry, record: Record) -> Iterator[tuple[str, str | None, str | None]]:
    yield "record", entry.record, record.record
    yield "name", entry.name, record.id
    yield "report", entry.report, record.report if isinstance(record, Claim | Mention) else None
    yield "what", entry.what, record.what if isinstance(record, Decision) else None
