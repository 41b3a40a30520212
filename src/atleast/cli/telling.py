"""A whole reckoning for a terminal: the table, then what cannot all be true, then what was revised."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from atleast.case import Reading, Reviewed
from atleast.reckon import Tally, lines
from atleast.tell import Words, choices, counts, reviewed, tables, whole

from . import table
from .drawing import width, wrapped

# So many other events are listed when nobody asks why.
_EVENTS = 10
_HOLDS = 20


def form(
    name: str, tally: Tally, case: Reading, found: Reviewed, words: Words, *, zone: tzinfo, at: str | None, why: bool
) -> Iterable[str]:
    """The reckoning in the format of that name, line by line."""
    if name == "md":
        return whole.markdown(tally, case, words, zone=zone, at=at, found=found)
    if name == "text":
        return text(tally, case, found, words, width(), zone=zone, at=at, why=why)
    return (whole.plain(tally, case, found) if name == "json" else tables.spreadsheet(tally)).splitlines()


def text(
    tally: Tally, case: Reading, found: Reviewed, words: Words, to: int, *, zone: tzinfo, at: str | None, why: bool
) -> Iterator[str]:
    """The reckoning for a terminal."""
    yield words("reckon.known_at", at=at) if at else words("reckon.known")
    yield counts(case, words, zone)
    for line in reviewed.summary(found, words):
        yield from wrapped(line, to)
    for line in choices(tally, words):
        yield from wrapped(line, to)
    yield from table.text(tally, words, to, zone, why=why)
    yield from _contradictions(tally, words, to)
    yield from _listed(words("reckon.questions"), tally.questions, words, to)
    yield from _listed(words("reckon.revisions"), tally.revisions, words, to)
    yield from _listed(words("reckon.dispatches"), tally.dispatches, words, to)
    yield from _listed(words("reckon.events"), tally.events[1:][: None if why else _EVENTS], words, to)
    if not why and len(tally.events) > _EVENTS + 1:
        yield f"  {words('reckon.more_events', count=len(tally.events) - _EVENTS - 1)}"
    if why:
        yield from _listed(words("reckon.holds"), tally.holds, words, to)
        yield from _titled(words("reckon.edits"), reviewed.corrections(found, words), to)
        yield from _listed(words("reckon.aside"), tally.set_aside, words, to)
        return
    yield from _agreeing(tally, words, to)
    if tally.holds or tally.set_aside:
        yield ""
        yield from wrapped(words("reckon.more", holds=len(tally.holds), aside=len(tally.set_aside)), to)


def _agreeing(tally: Tally, words: Words, to: int) -> Iterator[str]:
    """The sums that agree, a line each: what nobody has to look at again."""
    if tally.holds:
        yield from ("", words("reckon.holds"), "")
        for hold in tally.holds[:_HOLDS]:
            yield from wrapped(f"  {lines(hold, words.language)[0]}", to, hang="  ")
        if len(tally.holds) > _HOLDS:
            yield f"  {words('reckon.more_events', count=len(tally.holds) - _HOLDS)}"


def _contradictions(tally: Tally, words: Words, to: int) -> Iterator[str]:
    if not tally.contradictions:
        yield from ("", words("reckon.no_contradictions"))
        return
    yield from ("", words("reckon.contradictions"))
    for number, found in enumerate(tally.contradictions, 1):
        first, *rest = lines(found, words.language)
        yield ""
        yield from wrapped(f"{number}. {first}", to, hang="   ")
        for line in rest:
            yield from wrapped(f" {line}", to, hang="  ")
    if tally.hidden:
        yield from ("", words("line.hidden", count=tally.hidden))
        yield from lines(tally.stopped, words.language) if tally.stopped else ()


def _listed(title: str, things: Iterable[object], words: Words, to: int) -> Iterator[str]:
    yield from _titled(title, (line for thing in things for line in lines(thing, words.language)), to)


def _titled(title: str, told: Iterable[str], to: int) -> Iterator[str]:
    """The lines under their title; nothing where there are none."""
    for number, line in enumerate(told):
        if not number:
            yield from ("", title, "")
        yield from wrapped(f"  {line}", to, hang="  ")
