"""One claim or mention told: its number as a person would say it, and all of it in one line."""

from collections.abc import Iterator

from atleast.model import Claim, Mention, Number, People, unreviewed

from .wording import Words

Quoted = Claim | Mention
_DOT = " · "


def summary(record: Quoted, words: Words) -> str:
    """A record in one line: "OVD-Info · detained · at least 62 · Saint Petersburg, Russia · 2017-10-07"."""
    parts = _claimed(record, words) if isinstance(record, Claim) else _told(record, words)
    return _DOT.join(filter(None, parts))


def _claimed(claim: Claim, words: Words) -> Iterator[str | None]:
    yield claim.claimant or words("read.itself")
    groups = [words.word("among", claim.among or ""), words.word("of", claim.of or "")]
    yield words.word("quantity", claim.quantity) + "".join(f" ({group})" for group in groups if group)
    yield number(claim, words)
    yield claim.place or words("read.no_place")
    yield claim.event_date
    if claim.as_of and claim.as_of != claim.event_date:
        yield words("read.as_of", at=claim.as_of)
    yield _readers(claim, words)


def _told(mention: Mention, words: Words) -> Iterator[str | None]:
    yield ", ".join(filter(None, (mention.name, mention.role))) or words("read.unnamed")
    yield ", ".join(words.word("happened", each.what) for each in mention.happened)
    yield mention.station
    yield mention.place
    yield next((each.at for each in mention.happened if each.at), None)
    yield _readers(mention, words)


def _readers(record: Quoted, words: Words) -> str | None:
    """Who has read it, where that is not the rules alone."""
    readers = ", ".join(record.readers)
    if unreviewed(record):
        return words("read.alone", readers=readers)
    return words("read.readers", readers=readers) if readers else None


def number(claim: Claim, words: Words) -> str:
    """The number of a claim as a person would say it."""
    if claim.bound == "about" and claim.low is not None:
        low, high = claim.low, claim.high
        return words("read.about", number=_bare(low) if high in (None, low) else f"{_bare(low)}–{_bare(high or 0)}")
    said = _interval(claim.low, claim.high, words)
    vague = claim.bound == "vague" and claim.hedge
    return words("read.hedge", number=said, hedge=words.word("hedge", claim.hedge or "")) if vague else said


def _interval(low: Number | None, high: Number | None, words: Words) -> str:
    if low is not None and low == high:
        return _bare(low)
    whole = People(None if low is None else int(low), None if high is None else int(high))
    if not whole.known:
        return words("people.unknown")
    if low is None or high is None:
        return (
            words("people.at_most", high=_bare(high or 0)) if low is None else words("people.at_least", low=_bare(low))
        )
    return words("people.range", low=_bare(low), high=_bare(high))


def _bare(value: Number) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
