"""A whole reckoning, told: the table, then what cannot all be true, then what was revised."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from atleast.case import Reading
from atleast.reckon import Curve, Tally, as_plain, lines

from . import table
from .drawing import width, wrapped
from .wording import Words

# So many other events are listed when nobody asks why.
_EVENTS = 10
_HOLDS = 20
# Markdown wraps its lines itself.
_WHOLE = 100_000


def form(
    name: str, tally: Tally, case: Reading, words: Words, *, zone: tzinfo, at: str | None, why: bool
) -> Iterable[str]:
    """The reckoning in the format of that name, line by line."""
    if name == "md":
        return markdown(tally, case, words, zone=zone, at=at)
    if name == "text":
        return text(tally, case, words, width(), zone=zone, at=at, why=why)
    return (plain(tally, case) if name == "json" else table.spreadsheet(tally)).splitlines()


def text(
    tally: Tally, case: Reading, words: Words, to: int, *, zone: tzinfo, at: str | None, why: bool
) -> Iterator[str]:
    """The reckoning for a terminal."""
    yield words("reckon.known_at", at=at) if at else words("reckon.known")
    yield counts(case, words, zone)
    yield from choices(tally, words, to)
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


def counts(case: Reading, words: Words, zone: tzinfo) -> str:
    """How much was reckoned with, and in which zone times are told."""
    return words("reckon.counts", reports=len(case.reports), claims=len(case.claims), zone=named(zone))


def choices(tally: Tally | Curve, words: Words, to: int) -> Iterator[str]:
    """What was chosen of the heap: the event where there are several, the claimants, the rules."""
    if len(tally.events) > 1:
        yield from wrapped(words("reckon.event", event=tally.events[0].name), to)
    if tally.only:
        yield from wrapped(words("reckon.only", names=", ".join(tally.only)), to)
    if tally.excluding:
        yield from wrapped(words("reckon.excluding", names=", ".join(tally.excluding)), to)
    if tally.rules_off:
        yield from wrapped(words("reckon.rules_off", names=", ".join(tally.rules_off)), to)
    if tally.rules_on:
        yield from wrapped(words("reckon.rules_on", names=", ".join(tally.rules_on)), to)


def named(zone: tzinfo) -> str:
    """A zone as a person writes it: "UTC", "UTC+03:00", "Europe/Moscow"."""
    return getattr(zone, "key", None) or zone.tzname(datetime(2000, 1, 1)) or str(zone)


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
    told = [line for thing in things for line in lines(thing, words.language)]
    if told:
        yield from ("", title, "")
        for line in told:
            yield from wrapped(f"  {line}", to, hang="  ")


def markdown(tally: Tally, case: Reading, words: Words, *, zone: tzinfo, at: str | None) -> Iterator[str]:
    """The reckoning in Markdown, to be put into a page or an issue."""
    yield f"## {words('reckon.known_at', at=at) if at else words('reckon.known')}"
    yield from ("", counts(case, words, zone), "")
    if chosen := [_inline(line) for line in choices(tally, words, _WHOLE)]:
        yield from ("  \n".join(chosen), "")
    yield from table.markdown(tally, words, zone)
    if tally.contradictions:
        yield f"## {words('reckon.contradictions')}"
        for found in tally.contradictions:
            first, *rest = lines(found, words.language)
            yield from ("", f"- {_inline(first)}", *(f"    - {_inline(line.strip())}" for line in rest))
        yield ""
    if tally.questions:
        yield from (f"## {words('reckon.questions')}", "")
        yield from (f"- {_inline(line)}" for each in tally.questions for line in lines(each, words.language))
        yield ""
    if tally.revisions:
        yield from (f"## {words('reckon.revisions')}", "")
        yield from (f"- {_inline(line)}" for revision in tally.revisions for line in lines(revision, words.language))
    if tally.holds:
        yield from ("", f"## {words('reckon.holds')}", "")
        yield from (f"- {_inline(lines(hold, words.language)[0])}" for hold in tally.holds)
    if tally.dispatches:
        yield from ("", f"## {words('reckon.dispatches')}", "")
        yield from (f"- {'; '.join(map(_inline, lines(each, words.language)))}" for each in tally.dispatches)

    if tally.events[1:]:
        yield from ("", f"## {words('reckon.events')}", "")
        yield from (f"- {_inline(line)}" for event in tally.events[1:] for line in lines(event, words.language))


def _inline(line: str) -> str:
    return " ".join(line.split()).replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def plain(tally: Tally, case: Reading) -> str:
    """The reckoning as JSON, with the troubles of every stage."""
    troubles = [{"what": t.what, "where": t.where, "value": t.value, "remedy": t.remedy} for t in case.troubles]
    whole = as_plain(tally)
    return json.dumps(whole | {"troubles": [*troubles, *whole["troubles"]]}, ensure_ascii=False, indent=2)
