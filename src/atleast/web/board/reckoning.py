"""Reckoning in the background: after each change of the ledger, and of other questions when somebody asks them.

The room follows the ledger: it notes what stands otherwise, and asks for one job however many changes wait. The worker
keeps the cases that it reckoned last in its memory, so that one more record takes milliseconds.
"""

import gc
import json
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atleast.reckon import Curve, Tally
from atleast.tell import LANGUAGES, sections
from atleast.web import jobs
from atleast.web.house.models import Case, Job
from atleast.web.pages import plain
from atleast.web.shelf.following import Pairs
from atleast.web.shelf.models import Piece, Reckoned

from . import parts, telling
from .heaps import FEW, REMEMBERED, Kept, Records, gathered
from .models import Moved
from .shelf import LAST, NOW, VERSION, Question, keep, kept
from .telling import Names, Thing

SMALL = 1_000
"""Of so many claims and mentions another question is answered at once; of more, in the background."""
CURVED = 5_000
"""Of so many the curve is drawn with the rest. Of more it takes minutes, and is drawn behind it."""
_WARM = 3
_KEPT_FOR = timedelta(days=1)
_LONGEST_REST = timedelta(seconds=30)
_IMPORT_RESTS = 8

_kept: OrderedDict[tuple[int, datetime], Kept] = OrderedDict()

Parts = dict[str, Any]


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
    forget(case)


def forget(case: Case) -> None:
    """Forget all that was reckoned of a case."""
    Reckoned.objects.filter(case=case).delete()
    telling.forget(case)


def ask(case: Case, kind: str = "reckon", **wanted: Any) -> Job:
    """Ask for the case to be reckoned; where that waits to be done already, once is enough.

    After a reckoning the worker rests as long as it took, or longer during an import: whoever reads, writes or imports
    meanwhile has the rest of the machine.
    """
    for job in Job.objects.filter(case=case, kind=kind, state=Job.State.WAITING):
        if jobs.asked(job) == wanted:
            return job
    after = rested(case) if kind == "reckon" and not wanted else None
    return jobs.ask(case, kind, by=None, after=after, **wanted)


def rested(case: Case) -> datetime | None:
    """When the worker will have rested from the last reckoning of a case."""
    last = Reckoned.objects.filter(case=case, asked=LAST).values_list("made_at", "seconds").first()
    if last is None:
        return None
    made_at, seconds = last
    # What an import brings is out of date a second later: most of the machine is the import's while it lasts.
    importing = Job.objects.filter(case=case, kind="import", state=Job.State.RUNNING).exists()
    return made_at + min(timedelta(seconds=seconds * (_IMPORT_RESTS if importing else 1)), _LONGEST_REST)


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
    small, tally = len(warm.records.told) <= CURVED, warm.tally()
    first, behind = answered(case, tally, warm.records, warm.records.curve() if small else None)
    if not small:
        # The board moves as soon as it can; proofs and lists of a large case follow within seconds.
        keep(case, NOW, number, time.monotonic() - begun, first)
        first = {}
    _keep_all(case, NOW, warm.records, begun, first, behind(), warm.names)
    if not small:
        ask(case, "curve")


def _keep_all(
    case: Case, question: Question, records: Records, begun: float, first: Parts, things: Iterable[Thing], names: Names
) -> None:
    """Keep parts of an answer with all that is told at length."""
    every = names(things)
    write = telling.changing(case, question, every, records.claimant)
    last = {LAST: Counter(kind for kind, _ in every)}
    keep(case, question, records.number, time.monotonic() - begun, first | last, write)


def _word(case: Case, warm: Kept, row: str) -> None:
    """Keep the proof of a row that is not among those worded at once."""
    begun, told = time.monotonic(), kept(case, NOW, "rows", Any)
    keys = (parts.unpacked(each).key for each in (told[1] if told else ()))
    key = next((key for key in keys if parts.row_id(key) == row), None)
    if key is not None:
        found = {language: parts.why(warm.standing.cell(key), language) for language in LANGUAGES}
        keep(case, NOW, warm.records.number, time.monotonic() - begun, {f"why {row}": plain(found)})


def _forget_old(case: Case) -> None:
    """Drop answers that nobody asked for lately; whoever asks again is answered again."""
    old = Reckoned.objects.filter(case=case, made_at__lt=timezone.now() - _KEPT_FOR)
    if old.exclude(asked__in=("", "rows", LAST, "curve")).delete()[0]:
        asked = Reckoned.objects.filter(case=case, asked__endswith=LAST).values_list("asked", flat=True)
        telling.forget(case, {each.removesuffix(LAST) for each in asked})


def close() -> None:
    """Forget every case that stays reckoned in this process: its texts may hold a name that was erased."""
    _kept.clear()


def warmed(case: Case) -> Kept:
    """A case that stays reckoned in this process, with all that came since."""
    key = case.pk, case.made_at
    found = _kept.pop(key, None)
    if found is None:
        found = Kept(case)
        # What is worked out now need not be when the first record comes; and nothing of it is looked through for
        # circles again and again, which would take longer than to take in a record.
        found.tally()
        gc.collect()
        gc.freeze()
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
    keep(doing.case, NOW, records.number, time.monotonic() - begun, {"curve": plain(drawn)})


def snapshot(doing: jobs.Doing) -> None:
    """Answer another question of a large case."""
    answer(doing.case, Question(doing.asked["at"], doing.asked["reviewed"]))


def answer(case: Case, question: Question) -> None:
    """Reckon a case as it is asked, and keep the answer."""
    begun, at = time.monotonic(), question.span(case)
    records = gathered(case, reviewed=question.reviewed)
    small = len(records.told) <= CURVED
    first, behind = answered(case, records.standing(at).tally(), records, records.curve(at) if small else None)
    _keep_all(case, question, records, begun, first, behind(), Names())


def answered(
    case: Case, tally: Tally, records: Records, curve: Curve | None
) -> tuple[Parts, Callable[[], Iterable[Thing]]]:
    """What the board shows, and what gives all that lies behind it: proofs, contradictions, revisions."""
    rows = dict(sections(tally))
    cells = [cell for each in rows.values() for cell in each]
    biggest = [*parts.leading(rows), *cells][: parts.EAGER]
    link = _links(case, tally)
    moments = parts.known_at(records.claims, records.reports, records.zone)
    told = {language: parts.told(tally, rows, language, link) for language in LANGUAGES}
    front = parts.front(tally, rows, told, version=VERSION, number=records.number, moments=moments)
    first = {"": plain(front), "rows": [parts.packed(cell) for cell in cells]}
    first |= {"curve": plain(pictures(curve))} if curve else {}
    return first, lambda: telling.things(tally, dict.fromkeys(biggest))


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
    """On how many entries the board rests with all that lies behind it; None where nothing of this version is kept."""
    found = kept(case, NOW, "", parts.Front)
    if not found or found[1].version != VERSION:
        return None
    return Reckoned.objects.filter(case=case, asked=LAST).values_list("number", flat=True).first()


def differing(case: Case) -> list[str]:
    """The parts of the board that say otherwise than what is reckoned anew; none where it lags behind the ledger."""
    case.refresh_from_db()
    records = gathered(case)
    if standing(case) != records.number:
        return []
    curve = records.curve() if len(records.told) <= CURVED else None
    fresh, behind = answered(case, records.standing().tally(), records, curve)
    there = {part: kept(case, NOW, part, Any) for part in fresh}
    amiss = {part for part, found in there.items() if found and _written(found[1]) != _written(fresh[part])}
    return sorted(amiss.union(telling.differing(case, NOW, Names()(behind()))))


def _written(value: Any) -> str:
    told = plain(value)
    if isinstance(told, dict):
        told.pop("reckoned_at", None)
    return json.dumps(told, sort_keys=True)


def small(case: Case) -> bool:
    """Whether a case is small enough for a question to be answered while somebody waits."""
    return Piece.objects.filter(case=case).count() <= SMALL
