"""Reckoning in the background: after each change of the ledger, and of other questions when somebody asks them.

The room follows the ledger: it notes what stands otherwise, and asks for one job however many changes wait. The worker
keeps the cases that it reckoned last in its memory, so that one more record takes milliseconds.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atleast.reckon import Curve, Tally
from atleast.tell import LANGUAGES, sections
from atleast.web import jobs
from atleast.web.house.models import Case, Job
from atleast.web.shelf.following import Pairs
from atleast.web.shelf.models import Piece, Reckoned

from . import parts
from .heaps import FEW, REMEMBERED, Kept, Records, gathered
from .models import Moved
from .shelf import NOW, VERSION, Question, keep, kept

SMALL = 1_000
"""Of so many claims and mentions another question is answered at once; of more, in the background."""
CURVED = 5_000
"""Of so many the curve is drawn with the rest. Of more it takes minutes, and is drawn behind it."""
_WARM = 3
_KEPT_FOR = timedelta(days=1)

_kept: OrderedDict[tuple[int, datetime], Kept] = OrderedDict()


# ── A room of the shelf ──


def follow(case: Case, pairs: Pairs, changed: set[str]) -> None:
    """Note what stands otherwise, and ask for it to be reckoned once this is written."""
    if not pairs:
        return
    number = pairs[-1][0].number
    names = sorted(changed) if len(changed) <= FEW else [""]
    Moved.objects.bulk_create([Moved(case=case, number=number, name=name) for name in names])
    Moved.objects.filter(case=case, number__lt=number - REMEMBERED).delete()
    transaction.on_commit(lambda: ask(case))


def wipe(case: Case) -> None:
    """Forget everything about a case."""
    Moved.objects.filter(case=case).delete()
    Reckoned.objects.filter(case=case).delete()


def ask(case: Case, kind: str = "reckon", **wanted: Any) -> Job:
    """Ask for the case to be reckoned; where that waits to be done already, once is enough."""
    for job in Job.objects.filter(case=case, kind=kind, state=Job.State.WAITING):
        if jobs.asked(job) == wanted:
            return job
    return jobs.ask(case, kind, by=None, **wanted)


# ── The work ──


def reckon(doing: jobs.Doing) -> None:
    """Reckon a case as it stands, and keep what its pages show; with `row`, the proof of that row as well."""
    case, begun = doing.case, time.monotonic()
    Job.objects.filter(case=case, kind="reckon", state=Job.State.DONE).delete()
    _forget_old(case)
    warm = warmed(case)
    number = warm.records.number
    if row := doing.asked.get("row"):
        _word(case, warm, row)
    if standing(case) == number:
        return
    small = len(warm.records.told) <= CURVED
    told = answered(case, warm.records, warm.tally(), warm.records.curve() if small else None)
    keep(case, NOW, number, time.monotonic() - begun, told)
    if not small:
        ask(case, "curve")


def _word(case: Case, warm: Kept, row: str) -> None:
    """Keep the proof of a row that is not among those worded at once."""
    begun, told = time.monotonic(), kept(case, NOW, "rows", Any)
    keys = (parts.unpacked(each).key for each in (told[1] if told else ()))
    key = next((key for key in keys if parts.row_id(key) == row), None)
    if key is not None:
        found = {language: parts.why(warm.standing.cell(key), language) for language in LANGUAGES}
        keep(case, NOW, warm.records.number, time.monotonic() - begun, {f"why {row}": found})


def _forget_old(case: Case) -> None:
    """Drop answers that nobody asked for lately; whoever asks again is answered again."""
    old = Reckoned.objects.filter(case=case, made_at__lt=timezone.now() - _KEPT_FOR)
    old.exclude(asked__in=("", "rows", "why", "clashes", "revisions", "curve")).delete()


def warmed(case: Case) -> Kept:
    """A case that stays reckoned in this process, with all that came since."""
    key = case.pk, case.made_at
    found = _kept.pop(key, None)
    if found is None:
        found = Kept(case)
        # What is worked out now need not be when the first record comes.
        found.tally()
    else:
        found.catch_up()
    _kept[key] = found
    while len(_kept) > _WARM:
        _kept.popitem(last=False)
    return found


def curve(doing: jobs.Doing) -> None:
    """Draw the curve of a large case, which takes minutes."""
    begun, records = time.monotonic(), gathered(doing.case)
    drawn = pictures(records.curve())
    keep(doing.case, NOW, records.number, time.monotonic() - begun, {"curve": drawn})


def snapshot(doing: jobs.Doing) -> None:
    """Answer another question of a large case."""
    answer(doing.case, Question(doing.asked["at"], doing.asked["reviewed"]))


def answer(case: Case, question: Question) -> None:
    """Reckon a case as it is asked, and keep the answer."""
    begun, at = time.monotonic(), question.span(case)
    records = gathered(case, reviewed=question.reviewed)
    small = len(records.told) <= CURVED
    told = answered(case, records, records.standing(at).tally(), records.curve(at) if small else None)
    keep(case, question, records.number, time.monotonic() - begun, told)


def answered(case: Case, records: Records, tally: Tally, curve: Curve | None) -> dict[str, Any]:
    """All parts of an answer."""
    rows = dict(sections(tally))
    cells = [cell for each in rows.values() for cell in each]
    biggest = [*parts.leading(rows), *cells][: parts.EAGER]
    link = _links(case, tally)
    moments = parts.known_at(records.claims, records.reports, records.zone)
    told = {language: parts.told(tally, rows, language, link) for language in LANGUAGES}
    made: dict[str, Any] = {
        "": parts.front(tally, rows, told, version=VERSION, number=records.number, moments=moments),
        "rows": [parts.packed(cell) for cell in cells],
        "why": {each: {parts.row_id(c.key): parts.why(c, each) for c in biggest} for each in LANGUAGES},
        "clashes": {each: [parts.clash(c, each) for c in tally.contradictions] for each in LANGUAGES},
        "revisions": {each: [parts.revised(r, each) for r in parts.latest(tally)] for each in LANGUAGES},
    }
    return made | ({"curve": pictures(curve)} if curve else {})


def pictures(curve: Curve) -> dict[str, parts.Picture]:
    """The curve in every language."""
    return {language: parts.drawn_curve(curve, language) for language in LANGUAGES}


def _links(case: Case, tally: Tally) -> Callable[[str], str | None]:
    """Where the map leads: to the proof of what is counted at a place."""
    rows = {
        c.key.place: parts.row_id(c.key) for c in tally.cells if c.key.quantity == parts.LEAD and parts.plain_row(c.key)
    }
    return lambda place: reverse("row", args=[case.slug, rows[place]]) if place in rows else None


# ── How it stands ──


def standing(case: Case) -> int | None:
    """On how many entries the board rests; None where nothing is kept, or it was kept by another version."""
    found = kept(case, NOW, "", parts.Front)
    return found[0] if found and found[1].version == VERSION else None


def small(case: Case) -> bool:
    """Whether a case is small enough for a question to be answered while somebody waits."""
    return Piece.objects.filter(case=case).count() <= SMALL
