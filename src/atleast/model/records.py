"""The four records of the ledger. A field is described here and nowhere else.

Columns, JSON, forms and the data dictionary follow from these classes. Offsets count code points in
`Report.text`, start included, end excluded. Numbers of people are inclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from . import vocabulary as words

Number = int | float
Extra = Mapping[str, Any]


def _said(help: str, *, words: Mapping[str, str] | None = None, unit: str = "", check: str = "") -> dict[str, Any]:
    return {"help": help, "words": words, "unit": unit, "check": check}


def _quiet(help: str, *, words: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Metadata of a field that is left out of the wire form when it is empty."""
    return _said(help, words=words) | {"quiet": True}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one slot of a claim or mention was read, and by which rule."""

    slot: str = field(metadata=_said("Name of the field that was filled."))
    start: int = field(metadata=_said("First code point of the words it was read from."))
    end: int = field(metadata=_said("One past the last."))
    how: str = field(metadata=_said("The rule, or the file and line of the word list, that fired."))
    inherited: bool = field(
        default=False, metadata=_said("True when the words stand outside the claim's own sentence.")
    )
    extra: Extra = field(
        default_factory=dict, hash=False, metadata={"extra": True, "help": "Fields of other tools, kept."}
    )


@dataclass(frozen=True, slots=True)
class Report:
    """One document as it came in: an article, a statement, a bulletin, a list, a call, a court paper."""

    record: ClassVar[str] = "report"
    id: str = field(metadata=_said("Name of the report within the case."))
    publisher: str | None = field(default=None, metadata=_said("Who published it."))
    kind: str = field(default="news", metadata=_said("What sort of document it is.", words=words.REPORT_KINDS))
    url: str | None = field(default=None, metadata=_said("Where it was found."))
    title: str | None = field(default=None, metadata=_said("Its title, if known apart from the text."))
    language: str | None = field(default=None, metadata=_said("Language of the text, BCP 47."))
    published: str | None = field(
        default=None, metadata=_said("When it was published; a date or a time with zone.", check="when")
    )
    text: str = field(default="", metadata=_said("The cleaned text that all offsets count in."))
    sha256: str | None = field(default=None, metadata=_said("Hash of the file it came in, not of the text."))
    extra: Extra = field(
        default_factory=dict, hash=False, metadata={"extra": True, "help": "Fields of other tools, kept."}
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that somebody said, with the words in which it was said."""

    record: ClassVar[str] = "claim"
    id: str = field(metadata=_said("Name of the claim within the case."))
    report: str = field(metadata=_said("The report it stands in."))
    quote: str = field(metadata=_said("The words, exactly as in the report."))
    start: int = field(metadata=_said("First code point of the quote.", unit="code points"))
    end: int = field(metadata=_said("One past the last.", unit="code points"))
    claimant: str | None = field(
        default=None, metadata=_said("Who says so, canonical English name; null when the outlet itself speaks.")
    )
    claimant_kind: str | None = field(default=None, metadata=_said("What sort of speaker.", words=words.CLAIMANT_KINDS))
    quantity: str = field(default="detained", metadata=_said("What is counted.", words=words.QUANTITIES))
    among: str | None = field(default=None, metadata=_said("The group counted, null for everybody.", words=words.AMONG))
    low: Number | None = field(
        default=None, metadata=_said("Smallest number that fits the words; null is open.", unit="people")
    )
    high: Number | None = field(
        default=None, metadata=_said("Largest number that fits the words; null is open.", unit="people")
    )
    bound: str = field(default="exact", metadata=_said("How the number bounds the truth.", words=words.BOUNDS))
    hedge: str | None = field(default=None, metadata=_said("The word that softened the number.", words=words.HEDGES))
    place: str | None = field(default=None, metadata=_said('Where, from narrow to wide: "Saint Petersburg, Russia".'))
    event_date: str | None = field(
        default=None, metadata=_said("The day of what is counted; --10-07 when the year is not known.", check="when")
    )
    as_of: str | None = field(default=None, metadata=_said("The moment up to which was counted.", check="when"))
    of: str | None = field(default=None, metadata=_said("What is counted over, e.g. unauthorised rallies."))
    note: str | None = field(default=None, metadata=_said("A remark by reader or reviewer."))
    relay: tuple[str, ...] = field(
        default=(), metadata=_quiet("Outlets between the claimant and this report, nearest the claimant first.")
    )
    tier: str | None = field(default=None, metadata=_quiet("How sure the reader is.", words=words.TIERS))
    readers: tuple[str, ...] = field(
        default=(), metadata=_quiet("Which readers found it, where not the rules alone: rules, llm:<model>; review.")
    )
    evidence: tuple[Evidence, ...] = field(default=(), metadata=_quiet("Where each slot was read."))
    extra: Extra = field(
        default_factory=dict, hash=False, metadata={"extra": True, "help": "Fields of other tools, kept."}
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that befell a person, as told."""

    what: str = field(metadata=_said("What happened.", words=words.HAPPENINGS))
    at: str | None = field(default=None, metadata=_said("When, as far as told.", check="when"))
    detail: str | None = field(default=None, metadata=_said("Article, sum, term, deed; as told."))
    alleged_by: str | None = field(
        default=None,
        metadata=_quiet("Who alleges it, canonical English name; left out when the outlet itself says so."),
    )
    accused: str | None = field(default=None, metadata=_quiet("The force that is accused of it.", words=words.FORCES))
    code: str | None = field(
        default=None, metadata=_quiet("HURIDOCS micro-thesaurus and code of the deed.", words=words.HURIDOCS)
    )
    extra: Extra = field(
        default_factory=dict, hash=False, metadata={"extra": True, "help": "Fields of other tools, kept."}
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """One person, named or not, as one report speaks of him or her."""

    record: ClassVar[str] = "mention"
    id: str = field(metadata=_said("Name of the mention within the case."))
    report: str = field(metadata=_said("The report it stands in."))
    quote: str = field(metadata=_said("The words, exactly as in the report."))
    start: int = field(metadata=_said("First code point of the quote.", unit="code points"))
    end: int = field(metadata=_said("One past the last.", unit="code points"))
    name: str | None = field(default=None, metadata=_said('As written; null for "the coordinator in Perm".'))
    nominative: str | None = field(
        default=None,
        metadata=_quiet("The name as it stands alone, where it is written in another case and the words tell."),
    )
    role: str | None = field(
        default=None, metadata=_said("What the person is called, in English: coordinator, lawyer, journalist.")
    )
    place: str | None = field(default=None, metadata=_said("Where it happened."))
    station: str | None = field(default=None, metadata=_said("The police station named, as written."))
    happened: tuple[Happening, ...] = field(default=(), metadata=_said("What befell the person, in the order told."))
    readers: tuple[str, ...] = field(
        default=(), metadata=_quiet("Which readers found it, where not the rules alone: rules, ner:natasha.")
    )
    evidence: tuple[Evidence, ...] = field(default=(), metadata=_quiet("Where each slot was read."))
    extra: Extra = field(
        default_factory=dict, hash=False, metadata={"extra": True, "help": "Fields of other tools, kept."}
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about records. It is added, never changed; a later one supersedes it."""

    record: ClassVar[str] = "decision"
    id: str = field(metadata=_said("Name of the decision."))
    about: tuple[str, ...] = field(metadata=_said("Ids of the records it is about."))
    by: str = field(metadata=_said("Who decided."))
    at: str = field(metadata=_said("When, with zone.", check="when"))
    what: str = field(metadata=_said("What was decided.", words=words.DECISIONS))
    with_: Extra | None = field(
        default=None,
        hash=False,
        metadata=_said(
            "The replaced fields, for an edit; `into`, for a reject; the terms, for consent. `on`: what was seen."
        )
        | {"wire": "with"},
    )
    extra: Extra = field(
        default_factory=dict, hash=False, metadata={"extra": True, "help": "Fields of other tools, kept."}
    )


Record = Report | Claim | Mention | Decision

RULES = "rules"
"""The reader that rests on word lists alone, as `readers` names it."""


def unreviewed(record: Claim | Mention) -> bool:
    """Whether only a language model found it: a proposal, which nothing is reckoned with and no export holds."""
    return bool(record.readers) and all(reader.startswith("llm:") for reader in record.readers)
