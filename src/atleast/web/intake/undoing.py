"""Undoing an import: everything that came with it is rejected. Nothing is deleted; it can be accepted again."""

from collections.abc import Iterator

from django.db import transaction

from atleast.model import Decision
from atleast.web.house.models import Case, Job
from atleast.web.jobs import Doing
from atleast.web.ledger.models import Entry
from atleast.web.ledger.names import new
from atleast.web.ledger.reading import opened
from atleast.web.ledger.writing import append, moment
from atleast.web.rows import parts
from atleast.web.shelf.pieces import stands

from .importing import note

_PORTION = 100
"""Records that one decision is about."""


def undo(doing: Doing) -> None:
    """Reject the claims and mentions that came with a job, in the name of who asks; what is rejected stays so."""
    job = Job.objects.get(case=doing.case, pk=doing.asked["job"])
    entries = [(each.first, each.last) for each in job.brought.all()]
    total = sum(last - first + 1 for first, last in entries)
    done = 0
    for portion in parts(_names(doing.case, entries), _PORTION):
        _reject(doing, portion)
        done += len(portion)
        doing.step("undo", done, total)
    doing.tell(undone=_undone(doing))


def _names(case: Case, ranges: list[tuple[int, int]]) -> Iterator[str]:
    for first, last in ranges:
        found = Entry.objects.filter(case=case, number__range=(first, last), record__in=("claim", "mention"))
        yield from found.order_by("number").values_list("name", flat=True)


@transaction.atomic
def _reject(doing: Doing, names: list[str]) -> None:
    locked = Case.objects.select_for_update().get(pk=doing.case.pk)
    standing = stands(locked, names)
    left = {name: each for name, each in standing.items() if each.state != "redacted" and not _said_so(doing.by, each)}
    if left:
        last = Entry.objects.filter(case=locked).order_by("-number").values_list("at", flat=True).first()
        at = moment(last).astimezone(locked.tz).isoformat(timespec="microseconds")
        seen = {"on": {name: list(each.on) for name, each in left.items()}}
        decision = Decision(new("decision"), tuple(left), doing.by, at, "reject", seen)
        note(doing.job, append(doing.case, [decision], by=doing.by))


def _said_so(by: str, standing: object) -> bool:
    """Whether this person has rejected it already."""
    return any(word.by == by and word.verdict == "wrong" for word in getattr(standing, "words", ()))


def _undone(doing: Doing) -> int:
    """How many records were rejected by this job, however often it was begun."""
    about = 0
    for each in doing.job.brought.all():
        for entry in Entry.objects.filter(case=doing.case, number__range=(each.first, each.last)):
            decision = opened(entry)
            about += len(decision.about) if isinstance(decision, Decision) else 0
    return about
