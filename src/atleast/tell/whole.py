"""A whole reckoning, told as Markdown and JSON: the table, then what cannot all be true, then what was revised."""

import json
from collections.abc import Iterator
from datetime import datetime, tzinfo

from atleast.case import Reading, Reviewed
from atleast.reckon import Curve, Tally, as_plain, lines

from . import reviewed, tables
from .wording import Words


def counts(case: Reading, words: Words, zone: tzinfo) -> str:
    """How much was reckoned with, and in which zone times are told."""
    return words("reckon.counts", reports=len(case.reports), claims=len(case.claims), zone=named(zone))


def choices(tally: Tally | Curve, words: Words) -> Iterator[str]:
    """What was chosen of the heap: the event where there are several, the claimants, the rules."""
    if len(tally.events) > 1:
        yield words("reckon.event", event=tally.events[0].name)
    if tally.only:
        yield words("reckon.only", names=", ".join(tally.only))
    if tally.excluding:
        yield words("reckon.excluding", names=", ".join(tally.excluding))
    if tally.rules_off:
        yield words("reckon.rules_off", names=", ".join(tally.rules_off))
    if tally.rules_on:
        yield words("reckon.rules_on", names=", ".join(tally.rules_on))


def named(zone: tzinfo) -> str:
    """A zone as a person writes it: "UTC", "UTC+03:00", "Europe/Moscow"."""
    return getattr(zone, "key", None) or zone.tzname(datetime(2000, 1, 1)) or str(zone)


def markdown(
    tally: Tally, case: Reading, words: Words, *, zone: tzinfo, at: str | None, found: Reviewed | None = None
) -> Iterator[str]:
    """The reckoning in Markdown, to be put into a page or an issue."""
    yield f"## {words('reckon.known_at', at=at) if at else words('reckon.known')}"
    yield from ("", counts(case, words, zone), "")
    for line in reviewed.summary(found, words) if found else ():
        yield from (_inline(line), "")
    if chosen := [_inline(line) for line in choices(tally, words)]:
        yield from ("  \n".join(chosen), "")
    yield from tables.markdown(tally, words, zone)
    if tally.contradictions:
        yield f"## {words('reckon.contradictions')}"
        for each in tally.contradictions:
            first, *rest = lines(each, words.language)
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


def plain(tally: Tally, case: Reading, found: Reviewed | None = None) -> str:
    """The reckoning as JSON, with the troubles of every stage."""
    troubles = [{"what": t.what, "where": t.where, "value": t.value, "remedy": t.remedy} for t in case.troubles]
    whole = as_plain(tally)
    whole |= {"troubles": [*troubles, *whole["troubles"]], "reviewed": reviewed.plain(found) if found else {}}
    return json.dumps(whole, ensure_ascii=False, indent=2)
