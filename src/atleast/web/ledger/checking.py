"""Proving that nothing in the ledger was changed: columns against bodies, and the chain from its first link."""

from collections.abc import Iterator

from atleast.model import AtleastError, Claim, Decision, Mention, Record, Trouble, decode
from atleast.web.house.models import Case

from .models import Entry
from .reading import body
from .writing import FIRST_LINK, digest, linked


def check(case: Case) -> Iterator[Trouble]:
    """What is wrong with the ledger of a case, in the order of its entries; nothing where all is as it was written."""
    previous, number = FIRST_LINK, 0
    for entry in Entry.objects.filter(case=case).order_by("number").iterator(chunk_size=2_000):
        where = f"{case.slug}:{entry.number}"
        number += 1
        if entry.number != number:
            yield Trouble("entries are missing before this one", where, str(number), "Restore a backup")
            number = entry.number
        if linked(entry, previous) != bytes(entry.link):
            yield Trouble(
                "this entry was changed, or one before it was taken out",
                where,
                entry.name,
                "See who had access to the database",
            )
        previous = bytes(entry.link)
        yield from _body(entry, where)
    if number != Case.objects.get(pk=case.pk).number:
        yield Trouble("entries are missing at the end", case.slug, str(number), "Restore a backup")


def _body(entry: Entry, where: str) -> Iterator[Trouble]:
    if entry.body is None:
        if not entry.redacted:
            yield Trouble("the body is gone and no decision says why", where, entry.name, "Restore a backup")
        return
    try:
        text = body(entry)
        record = decode(text)
    except AtleastError as wrong:
        yield Trouble("the body cannot be opened", where, str(wrong), "Restore a backup")
        return
    if entry.salt is not None and digest(text, entry.salt) != bytes(entry.digest):
        yield Trouble("the body is not the one that was added", where, entry.name, "Restore a backup")
    for column, there, here in _columns(entry, record):
        if there != here:
            yield Trouble(f"the column {column} does not say what the body says", where, str(there), f"It is {here}")


def _columns(entry: Entry, record: Record) -> Iterator[tuple[str, str | None, str | None]]:
    yield "record", entry.record, record.record
    yield "name", entry.name, record.id
    yield "report", entry.report, record.report if isinstance(record, Claim | Mention) else None
    yield "what", entry.what, record.what if isinstance(record, Decision) else None
