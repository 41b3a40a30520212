"""What moves on one screen moves on the others: server-sent events, one look at the database for all who listen."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse

from .house.models import Case

_EVERY = 0.4
_BREATH = 15.0
# A browser asks again by itself; so no stream need live for ever, and a server that stops waits for none for long.
_LONGEST = 600.0
# All who listen then ask for the page: many are told a little apart (66 within a second, 200 within three), and no
# more often than can be served.
_APART, _AT_MOST_APART = 0.015, 3.0
_PACE, _SLOWEST = 0.02, 5.0

_seen: dict[int, tuple[float, tuple[int, ...]]] = {}
_looking = asyncio.Lock()
_listening = 0


def live(request: HttpRequest, case: Case) -> StreamingHttpResponse:
    """A stream that says `moved` each time the ledger of a case, or what is reckoned from it, has moved."""
    # The stream lives for minutes; the connection that this request began with is given back now.
    _give_back()
    answer = StreamingHttpResponse(_told(case.pk), content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


async def _told(case: int) -> AsyncIterator[str]:
    global _listening
    _listening += 1
    try:
        async for each in _moves(case):
            yield each
    finally:
        _listening -= 1


async def _moves(case: int) -> AsyncIterator[str]:
    begun = breathed = moved = time.monotonic()
    last: tuple[int, ...] | None = None
    yield "retry: 1500\n\n"
    while time.monotonic() - begun < _LONGEST:
        now = await _stands(case)
        if last is None or (now != last and time.monotonic() - moved > min(_PACE * _listening, _SLOWEST)):
            if last:
                await asyncio.sleep(random.random() * min(_APART * _listening, _AT_MOST_APART))
            yield f"event: {'moved' if last else 'stands'}\nid: {now[0]}\ndata: {' '.join(map(str, now))}\n\n"
            last, breathed, moved = now, time.monotonic(), time.monotonic()
        elif time.monotonic() - breathed > _BREATH:
            yield ": still here\n\n"
            breathed = time.monotonic()
        await asyncio.sleep(_EVERY)


async def _stands(case: int) -> tuple[int, ...]:
    """Where the case stands, looked up at most once in a while for all who listen in this process."""
    async with _looking:
        at, stands = _seen.get(case, (0.0, ()))
        if time.monotonic() - at > _EVERY / 2:
            stands = await sync_to_async(_looked)(case)
            _seen[case] = time.monotonic(), stands
    return stands


def _looked(case: int) -> tuple[int, ...]:
    from .board.shelf import LAST
    from .shelf.models import Reckoned

    try:
        number: Any = Case.objects.filter(pk=case).values_list("number", flat=True).first()
        reckoned = Reckoned.objects.filter(case=case, asked__in=("", LAST)).order_by("asked")
        return (number or 0, *reckoned.values_list("number", flat=True))
    finally:
        _give_back()


def _give_back() -> None:
    if not connection.in_atomic_block:
        connection.close()
