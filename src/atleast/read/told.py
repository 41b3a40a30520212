"""What was read, told in words: one line a claim, and for each slot the words and the rule it came from."""

from collections.abc import Iterator
from dataclasses import dataclass

from atleast.lexicon import call_pack, pack
from atleast.model import Claim, Evidence, Mention, Report

from .calls import CALLS
from .marks import marks
from .reader import read
from .tokens import layout


def brief(claim: Claim) -> str:
    """A claim in one line, as the examples of a language pack write it.

    Amounts: `30` exact, `271+` at least, `..99` at most, `~40` about, `300-400` range, `24?` vague.
    """
    words = [claim.quantity, _amount(claim)]
    words += [f"({claim.of})"] if claim.quantity == "other" and claim.of else []
    words += [f"among {claim.among}"] if claim.among else []
    words += [f"in {claim.place}"] if claim.place else []
    words += [f"by {claim.claimant}"] if claim.claimant else []
    return " ".join(words)


def _amount(claim: Claim) -> str:
    low, high = claim.low, claim.high
    written = {
        "at_least": f"{low}+",
        "at_most": f"..{high}",
        "about": f"~{low}",
        "range": f"{low}-{high}",
        "vague": f"{low}?",
    }
    return written.get(claim.bound, str(low))


def brief_person(mention: Mention) -> str:
    """A mention in one line, as the examples write it: "Лев Антонов: detained, jailed 10 суток"."""
    who = mention.nominative or mention.name or mention.role or "somebody"
    told = [" ".join(filter(None, (h.what, h.detail and h.detail.split(";")[0]))) for h in mention.happened]
    station = f" at {mention.station}" if mention.station else ""
    return f"{who}: {', '.join(told)}{station}"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a sentence gives: claims and people in brief, and the lines (file:line) of the word lists that matched."""

    claims: tuple[str, ...]
    people: tuple[str, ...]
    lines: frozenset[str]


def trial(text: str, language: str, *, kind: str = "news") -> Trial:
    """What the reader makes of an example sentence; for checking a language pack.

    Args:
        kind: Of the report that it would stand in; a line of a "call" is read by the words of calls besides.
    """
    known = call_pack(language) if kind in CALLS else pack(language)
    if known is None:
        return Trial((), (), frozenset())
    taken = layout(text, known)
    matched = (
        m.source
        for s in taken.sentences
        for found in marks(taken.tokens, s.first, s.last, known).values()
        for m in found
    )
    report = Report("example", kind=kind, language=language, text=text)
    reading = read(report)
    return Trial(tuple(map(brief, reading.claims)), tuple(map(brief_person, reading.mentions)), frozenset(matched))


def explain(report: Report) -> str:
    """Which words and which rule gave each slot of each claim and mention, for reading in a terminal."""
    reading = read(report)
    lines = [f"{report.id}: {len(reading.claims)} claims, {len(reading.mentions)} mentions"]
    lines += [f"  {trouble}" for trouble in reading.troubles]
    for claim in reading.claims:
        lines += ["", f"{claim.id}  {brief(claim)}" + (f"  [tier {claim.tier}]" if claim.tier else "")]
        lines += [f"  “{claim.quote}”", *_slots(report, claim)]
    for mention in reading.mentions:
        lines += [
            "",
            f"{mention.id}  {mention.name or mention.role or 'somebody'}: {_value(mention, 'happened')}",
        ]
        lines += [f"  “{mention.quote}”", *_slots(report, mention)]
    return "\n".join(lines)


def _slots(report: Report, record: Claim | Mention) -> Iterator[str]:
    for evidence in record.evidence:
        yield f"    {evidence.slot:<10} {_value(record, evidence.slot):<28} {_words(report, evidence)} ({evidence.how})"


def _value(record: Claim | Mention, slot: str) -> str:
    if slot == "number" and isinstance(record, Claim):
        return _amount(record)
    value = getattr(record, slot, None)
    return ", ".join(h.what for h in value) if isinstance(value, tuple) else str(value)


def _words(report: Report, evidence: Evidence) -> str:
    words = report.text[evidence.start : evidence.end].replace("\n", " ")
    if not words:
        return "inherited"
    return f"“{words}”" + (" (inherited)" if evidence.inherited else "")
