"""What was read, as text: each quote under its sentence, and where every slot comes from."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from atleast.case import Reading, dispatches
from atleast.model import Claim, Copy, Dispatch, Evidence, Mention, Report
from atleast.tell import Words
from atleast.tell.records import number, summary

from .drawing import Mark, drawn, wrapped

Quoted = Claim | Mention
_END = re.compile(r"""(?:[^\W\d_]{4,}|\d|[)\]"»”'])[.!?…]+["»”')\]]*\s+(?=[«"“(]?[^\W_])""")
_DOT = " · "


def text(reading: Reading, words: Words, to: int) -> Iterator[str]:
    """Every report, with each of its records drawn under its sentence and summed up in one line."""
    earlier: defaultdict[str, list[tuple[Dispatch, Copy]]] = defaultdict(list)
    for dispatch in dispatches(reading):
        for copy in dispatch.copies:
            earlier[copy.report].append((dispatch, copy))
    yield from _each(
        reading,
        words,
        lambda report, records: chain(_copied(earlier[report.id], words, to), _drawn(report, records, words, to)),
    )


def _copied(earlier: Iterable[tuple[Dispatch, Copy]], words: Words, to: int) -> Iterator[str]:
    """Which earlier reports a report has words of."""
    for dispatch, copy in earlier:
        told = words("read.copy", shared=copy.shared, report=dispatch.report, source=dispatch.voice)
        yield from wrapped(f"  {told}", to, hang="  ")
        yield ""


def explanation(reading: Reading, words: Words, to: int) -> Iterator[str]:
    """Every report, with each slot of its records: its value, the words it was read from, and the rule."""
    yield from _each(
        reading, words, lambda report, records: chain.from_iterable(_explained(report, r, words, to) for r in records)
    )


def _each(reading: Reading, words: Words, show: Callable[[Report, list[Quoted]], Iterable[str]]) -> Iterator[str]:
    records: defaultdict[str, list[Quoted]] = defaultdict(list)
    for record in chain[Quoted](reading.claims, reading.mentions):
        records[record.report].append(record)
    for report in reading.reports:
        yield from ("", heading(report), "")
        yield from show(report, records.pop(report.id, []))
    for name, left in records.items():
        yield from ("", words("read.no_report", report=name), "")
        yield from show(Report(name), left)


def heading(report: Report) -> str:
    """A report in one line."""
    return _DOT.join(filter(None, (report.id, report.publisher, report.published, report.language)))


# ── Drawn under the sentence ──


def _drawn(report: Report, records: list[Quoted], words: Words, to: int) -> Iterator[str]:
    if not records:
        yield f"  {words('read.nothing')}"
    shown: tuple[int, int] | None = None
    for record in records:
        start, end = _sentence(report.text, record)
        sentence = report.text[start:end] or record.quote
        marks = _marks(record, start, end, words) or [_whole(record, start, words)]
        again = (start, end) == shown and bool(report.text)
        yield from (f"  {line}" for line in drawn(sentence, marks, to - 2, all_lines=not again))
        yield from (f"  {line}" for line in _afar(report, record, start, end, words, to - 2))
        yield from wrapped(f"  → {summary(record, words)}", to, hang="  ")
        if isinstance(record, Claim) and record.note and record.tier:
            yield from wrapped(f"    {record.note}", to, hang="  ")
        yield ""
        shown = start, end


def _marks(record: Quoted, start: int, end: int, words: Words) -> list[Mark]:
    """The slots that were read in this sentence; those from the same words share a mark."""
    labels: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for e in record.evidence:
        if start <= e.start < e.end <= end:
            labels[e.start - start, e.end - start].append(words.word("slot", e.slot))
    return [Mark(first, last, ", ".join(names)) for (first, last), names in labels.items()]


def _whole(record: Quoted, start: int, words: Words) -> Mark:
    at = max(0, record.start - start)
    return Mark(at, at + len(record.quote), words("slot.quote"))


def _afar(report: Report, record: Quoted, start: int, end: int, words: Words, to: int) -> Iterator[str]:
    """The words of slots that stand in another sentence."""
    far = [e for e in record.evidence if e.start < e.end and not start <= e.start < e.end <= end]
    if far:
        told = ", ".join(f"{words.word('slot', e.slot)} “{_quoted(report, e)}”" for e in far)
        yield from wrapped(words("read.earlier", words=told), to, hang="  ")


def _quoted(report: Report, evidence: Evidence) -> str:
    return " ".join(report.text[evidence.start : evidence.end].split())


def _sentence(text: str, record: Quoted) -> tuple[int, int]:
    """Where the sentence begins and ends in which a record's quote stands, with the slots beside it."""
    own = [e for e in record.evidence if not e.inherited and e.start < e.end]
    first, last = text.rfind("\n", 0, record.start) + 1, text.find("\n", record.end)
    last = len(text) if last < 0 else last
    start = min([record.start, *(e.start for e in own if e.start >= first)])
    end = max([record.end, *(e.end for e in own if e.end <= last)])
    ends = [found.end() + first for found in _END.finditer(text[first:last])]
    last = min((e for e in ends if e >= end), default=last)
    return max((e for e in ends if e <= start), default=first), max(end, len(text[:last].rstrip()))


# ── Slot by slot ──


def _explained(report: Report, record: Quoted, words: Words, to: int) -> Iterator[str]:
    yield from wrapped(f"{record.id}  “{' '.join(record.quote.split())}”", to, hang="  ")
    yield from wrapped(f"  → {summary(record, words)}", to, hang="  ")
    if not record.evidence:
        yield from wrapped(f"    {words('read.given')}", to)
    for evidence in record.evidence:
        slot = f"{words.word('slot', evidence.slot)}: {_value(record, evidence.slot, words)}"
        yield from wrapped(f"    {slot}", to, hang="  ")
        yield from wrapped(f"      {_source(report, evidence, words)}", to, hang="  ")
    yield ""


def _value(record: Quoted, slot: str, words: Words) -> str:
    if slot == "number" and isinstance(record, Claim):
        return number(record, words)
    if slot == "happened" and isinstance(record, Mention):
        return ", ".join(words.word("happened", each.what) for each in record.happened)
    value = getattr(record, slot, None)
    return words.word(slot, value) if isinstance(value, str) else _DOT.join(value or ()) or words("people.unknown")


def _source(report: Report, evidence: Evidence, words: Words) -> str:
    if evidence.slot == "tier":  # not where it was read, but what speaks against it
        return evidence.how
    quoted = _quoted(report, evidence)
    place = f", {words('read.elsewhere')}" if evidence.inherited and quoted else ""
    return (f"“{quoted}”{place}, " if quoted else "") + f"{words('read.by')} {evidence.how}"
