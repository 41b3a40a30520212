"""What an erasure changes, worked out before anything is."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from atleast.model import BadRecord, Claim, Decision, Mention, Record, Report, decode, encode
from atleast.web.house.models import Case
from atleast.web.ledger.checking import Progress
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import body, named, opened

from .kept import files_of, of_rooms
from .names import Name, sharing

_CHUNK = 2_000
_STAYS = ("", "")
_PLACED = frozenset({"id", "report", "record", "text", "quote", "title", "start", "end", "about", "by", "at", "what"})


class Change(NamedTuple):
    """An entry and what its body is to be: None where it goes."""

    entry: Entry
    record: Record | None


@dataclass(frozen=True, slots=True)
class Called:
    """Another mention of somebody who is called so; it may be the same person."""

    mention: str
    report: str
    quote: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing a person changes.

    Attributes:
        mentions: Those to be erased, with the words of their reports.
        found: The words that will be covered, as they are written, and how often.
        reports: How many reports have words covered in them, claims and other mentions quote them, decisions say them.
        claims: As above.
        others: As above.
        decisions: As above.
        called: Other mentions of somebody of this name, whose name is covered, too. Name them as well if it is the same
            person: then all that is told of them goes.
        spared: Names of other people that share a word with this one, and stay.
        in_title: Whether the name stands in the title of the case, which only a person can change.
        files: How many kept files go with these reports. Others go, too, where the name is found in them.
        sheets: How many spreadsheets wait: they are dropped, whoever is in them.
    """

    mentions: tuple[Called, ...]
    found: tuple[tuple[str, int], ...]
    reports: int
    claims: int
    others: int
    decisions: int
    called: tuple[Called, ...]
    spared: tuple[str, ...]
    in_title: bool
    files: int
    sheets: int


def name_of(case: Case, mentions: Sequence[str], *, after: int = 0, before: Name | None = None) -> Name:
    """What the person of these mentions is called, in every way that somebody wrote it.

    Args:
        after: Only what came after so many entries is looked through,
        before: to be added to what was known then.

    Raises:
        BadRecord: One of these is no mention of the case, or is erased already.
    """
    found = meant(case, mentions)
    about = set(mentions)
    ways = [w for m in found for w in (m.name, m.nominative) if w]
    ways += before.written if before else ()
    for _, line in _lines(case, after, "decision"):
        if any(each in line for each in about) and isinstance(decided := decode(line), Decision) and decided.with_:
            said = [decided.with_.get(key) for key in ("name", "nominative") if about & set(decided.about)]
            ways += [each for each in said if isinstance(each, str)]
    name = Name(tuple(dict.fromkeys(ways)))
    others = [*before.others] if before else []
    for entry, line in _lines(case, after, "mention"):
        if (
            entry.name not in about
            and name.may_stand(_without_ids(entry, line))
            and isinstance(other := decode(line), Mention)
        ):
            others += [other.name] if other.name else []
    return Name(name.written, sharing(name, dict.fromkeys(others)))


def meant(case: Case, mentions: Iterable[str]) -> list[Mention]:
    """The mentions of these ids.

    Raises:
        BadRecord: One of these is no mention of the case, or is erased already.
    """
    found = named(case, mentions)
    for each in mentions:
        if not isinstance(found.get(each), Mention):
            raise BadRecord("this is no mention of the case, or it is erased already", value=each)
    return [each for each in found.values() if isinstance(each, Mention)]


def changes(case: Case, mentions: Sequence[str], name: Name, progress: Progress, *, after: int = 0) -> Iterator[Change]:
    """Every entry that an erasure changes, in the order of the ledger; of those after so many (`after`).

    To look for words in a line is some ten times quicker than to open the record; so most are not opened.
    """
    about = set(mentions)
    texts = _Texts(case, name)
    total = case.number
    for entry, line in _lines(case, after):
        progress("forget", entry.number, total)
        moved = entry.report is not None and texts[entry.report] != _STAYS
        if not (moved or name.may_stand(_without_ids(entry, line)) or any(each in line for each in about)):
            texts.setdefault(entry.name, _STAYS) if entry.record == "report" else None
            continue
        record = decode(line)
        if isinstance(record, Report):
            made: Record | None = texts.covered(record)
        elif record.id in about:
            made = None
        elif isinstance(record, Decision):
            made = _decision(record, name, about)
        else:
            made = _quoting(record, name, *texts[record.report])
        if made is None or encode(made) != encode(record):
            yield Change(entry, made)


def _lines(case: Case, after: int, kind: str = "") -> Iterator[tuple[Entry, str]]:
    """The entries that were not erased, after so many, in their order, each with its line of the wire form."""
    entries = Entry.objects.filter(case=case, number__gt=after, body__isnull=False).order_by("number")
    for entry in (entries.filter(record=kind) if kind else entries).iterator(chunk_size=_CHUNK):
        yield entry, body(entry)


def _without_ids(entry: Entry, line: str) -> str:
    """What may hold a name: ids are random, and each is another word."""
    return line.replace(entry.name, "").replace(entry.report or entry.name, "")


class _Texts(dict[str, tuple[str, str]]):
    """The texts of reports by id: as they were, and covered. `_STAYS` where nothing of a report changes."""

    def __init__(self, case: Case, name: Name) -> None:
        self._case, self._name = case, name

    def __missing__(self, report: str) -> tuple[str, str]:
        # A report may come after what was read in it, or before where we began.
        self[report] = _STAYS
        found = named(self._case, [report]).get(report)
        if isinstance(found, Report):
            self.covered(found)
        return self[report]

    def covered(self, report: Report) -> Report:
        made = _report(report, self._name)
        self[report.id] = (report.text, made.text) if made != report else _STAYS
        return made


def _report(report: Report, name: Name) -> Report:
    title = None if report.title is None else name.blackened(report.title)
    made = replace(report, text=name.blackened(report.text), title=title, **_emptied(report, name))
    # A file can be known by its hash, and what it was called elsewhere may be the name.
    return made if made == report else replace(made, sha256=None, extra=_without_names_of_files(made.extra))


def _quoting(record: Claim | Mention, name: Name, old: str, new: str) -> Claim | Mention:
    """A claim or another mention, its quote as the report has it now."""
    there = new and old[record.start : record.end] == record.quote
    quote = new[record.start : record.end] if there else name.blackened(record.quote)
    more: dict[str, Any] = _emptied(record, name)
    if isinstance(record, Mention) and record.name and name.called(record.name):
        more["name"] = more["nominative"] = None
    made = replace(record, quote=quote, **more)
    return replace(made, extra=_without_names_of_files(made.extra)) if new or made != record else made


def _decision(decision: Decision, name: Name, about: set[str]) -> Decision:
    """A decision without the name; one about the person, without all that it said of the person."""
    with_ = decision.with_
    if with_ and about & set(decision.about):
        with_ = {key: value for key, value in with_.items() if key in ("on", "into")}
    elif with_:
        with_ = {key: value for key, value in with_.items() if not name.holds(value)}
    return replace(decision, with_=with_, extra=_kept(decision.extra, name))


def _emptied(record: Record, name: Name) -> dict[str, Any]:
    """The fields that hold the name, empty; what must be there is covered."""
    made: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in _PLACED or field.metadata.get("words") or not value:
            continue
        if field.name == "extra":
            made["extra"] = _kept(value, name)
        elif isinstance(value, str) and name.holds(value):
            made[field.name] = None
        elif isinstance(value, tuple) and any(_spoken(each, name) for each in value):
            made[field.name] = tuple(each for each in value if not _spoken(each, name))
    return made


def _spoken(part: Any, name: Name) -> bool:
    """Whether a part of a record (where a slot was read, what befell somebody) holds the name."""
    return name.holds(dataclasses.asdict(part) if dataclasses.is_dataclass(part) else part)  # type: ignore[arg-type]


def _kept(extra: Any, name: Name) -> dict[str, Any]:
    return {key: value for key, value in extra.items() if not name.holds(key) and not name.holds(value)}


def _without_names_of_files(extra: Any) -> dict[str, Any]:
    return {key: value for key, value in extra.items() if key != "came_as"}


# ── Told to a person ──


def plan(case: Case, mentions: Sequence[str], progress: Progress) -> Plan:
    """What erasing the person of these mentions changes. Nothing is written.

    Raises:
        BadRecord: One of these is no mention of the case, or is erased already.
    """
    name = name_of(case, mentions)
    counts = dict.fromkeys(("report", "claim", "mention", "decision"), 0)
    touched = {*mentions}
    found: dict[str, int] = {}
    called: list[Called] = []
    for entry, made in changes(case, mentions, name, progress):
        touched.add(entry.name)
        if made is None:
            continue
        counts[entry.record] += 1
        record = opened(entry)
        if isinstance(record, Report):
            for start, end in name.spans(record.text):
                found[record.text[start:end]] = found.get(record.text[start:end], 0) + 1
        elif isinstance(record, Mention) and record.name and name.called(record.name):
            called.append(Called(record.id, record.report, record.quote))
    return Plan(
        mentions=tuple(_told(case, mentions)),
        found=tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))),
        reports=counts["report"],
        claims=counts["claim"],
        others=counts["mention"],
        decisions=counts["decision"],
        called=tuple(called),
        spared=name.others,
        in_title=name.holds(f"{case.title} {case.slug}"),
        files=len(files_of(case, touched)),
        sheets=len(of_rooms(case)),
    )


def _told(case: Case, mentions: Iterable[str]) -> Iterator[Called]:
    for record in named(case, mentions).values():
        if isinstance(record, Mention):
            yield Called(record.id, record.report, record.quote)
