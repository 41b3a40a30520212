"""One number of a sentence made a claim, each slot with its evidence."""

from collections.abc import Iterator, Sequence

from atleast.model import Claim, Evidence, Number

from .line import MOVED, PEOPLE, Frame
from .marks import Mark
from .numbers import Amount
from .page import Page
from .passage import Passage, Thread
from .slots import Locus, Slot, ceiling, claimant, inherited, loci
from .tiers import Grounds, doubts
from .tokens import Token
from .when import as_of, event_day
from .who import Source, owner


def claims_of(
    passage: Passage, frame: Frame, made: Sequence[Frame], owning: Sequence[Source], thread: Thread
) -> Iterator[Claim]:
    """A claim for each place a number is told of, and the ceiling that a list of the largest puts on the rest."""
    for locus in loci(passage, frame, made, thread):
        yield _claim(passage, frame, locus, made, owning, thread)
    if capped := ceiling(passage, frame, made):
        yield _claim(passage, *capped, made, owning, thread)


def _claim(
    passage: Passage, frame: Frame, locus: Locus, made: Sequence[Frame], owning: Sequence[Source], thread: Thread
) -> Claim:
    page, tokens, amount = passage.page, passage.tokens, frame.amount
    source = owner(owning, amount.first)
    who, kind = claimant(passage, source, locus)
    locus = _of_country(page, locus, who.value)
    day = event_day(passage, frame, thread)
    counted = as_of(passage, frame, thread, day.value, source)
    start, end = _quoted(frame, locus, tokens)
    slots = (*_counted(frame, tokens), *_evidence(locus.slot(tokens), who, day, counted))
    doubted = doubts(Grounds(passage, frame, made, source, locus, who, day, thread))
    thread.claims += 1
    return Claim(
        id=f"{page.report.id}#{thread.claims}",
        report=page.report.id,
        quote=page.report.text[start:end],
        start=start,
        end=end,
        claimant=who.value,
        claimant_kind=kind,
        quantity="other" if frame.quantity in MOVED else frame.quantity,
        among=frame.among,
        low=_whole(amount.low),
        high=_whole(amount.high),
        bound=amount.bound,
        hedge=amount.hedge,
        place=locus.place,
        event_date=day.value,
        as_of=counted.value,
        of=_way(frame, locus) if frame.quantity in MOVED else frame.of,
        note=_partly(passage, frame, made),
        relay=source.relay if source else (),
        tier="B" if doubted else "A",
        evidence=(*slots, *[inherited("tier", doubt) for doubt in doubted]),
    )


def _way(frame: Frame, locus: Locus) -> str:
    """Whether people were moved into, or out of, the place of the claim: where that stands right behind the verb."""
    there = locus.mark is not None and locus.mark.first >= frame.parts["quantity"].last
    return MOVED[frame.quantity if there else "moved"]


def _partly(passage: Passage, frame: Frame, made: Sequence[Frame]) -> str | None:
    """That a number is only of those on a roadway, or held for blocking it; nothing where a sentence has several."""
    phrases = passage.page.pack.settings.get("part_scopes", ())
    if not phrases or len(made) != 1 or frame.quantity not in PEOPLE:
        return None
    sentence = passage.line.sentence
    words = " ".join(token.fold for token in passage.tokens[sentence.first : sentence.last])
    found = next((phrase for phrase in phrases if f" {phrase} " in f" {words} "), None)
    return f"only of a part: {found}" if found else None


def _of_country(page: Page, locus: Locus, who: str | None) -> Locus:
    """What an interior ministry says without a place, and with none told just before, it says of its country."""
    national = who is not None and page.country is not None and who == f"Interior Ministry of {page.country}"
    return locus._replace(place=page.country) if national and locus.how == "from the report as a whole" else locus


def _quoted(frame: Frame, locus: Locus, tokens: Sequence[Token]) -> tuple[int, int]:
    """The words that carry the claim: number, noun and predicate, and a place right beside them."""
    first, last, mark = frame.first, frame.last, locus.mark
    if mark and 0 <= mark.first - last <= 2:
        last = mark.last
    elif mark and 0 <= first - mark.last <= 2:
        first = mark.first
    return tokens[first].start, tokens[last - 1].end


def _counted(frame: Frame, tokens: Sequence[Token]) -> tuple[Evidence, Evidence]:
    amount = frame.amount
    words: list[Mark | Amount] = list(frame.parts.values()) or [amount]
    first, last = min([w.first for w in words]), max([w.last for w in words])
    return (
        Evidence("quantity", tokens[first].start, tokens[last - 1].end, frame.how),
        Evidence("number", tokens[amount.first].start, tokens[amount.last - 1].end, amount.how),
    )


def _evidence(*slots: Slot) -> tuple[Evidence, ...]:
    return tuple(evidence for slot in slots for evidence in slot.evidence)


def _whole(value: float | None) -> Number | None:
    return None if value is None else int(value) if value == int(value) else value
