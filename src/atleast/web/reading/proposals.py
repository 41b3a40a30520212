"""What was read in a report, beside its text: each claim and mention as it stands, why it was read so, who decided."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from atleast import review
from atleast.model import Claim, Decision, Happening, Mention, Report, instant, unreviewed
from atleast.tell import records as told
from atleast.web.house.models import Case
from atleast.web.ledger.reading import named
from atleast.web.shelf.models import Piece
from atleast.web.shelf.pieces import decisions_about

from .texts import Quote
from .words import LABELS, said, words

Stands = review.Standing[Claim | Mention]
_CHARGED = frozenset({"charges", "charged", "to_court", "fined", "jailed"})
_FORMS = {
    "detained": "detained",
    "still_held": "detained",
    "released": "released",
    "injured": "harmed",
    "killed": "harmed",
}
_ALLEGED = frozenset({"force", "denied_counsel", "denied_care", "confiscated"})
_HEADLINE = frozenset({"quantity", "low", "high", "bound", "hedge", "name", "happened", "quote", "start", "end"})
_SILENT = frozenset({"id", "report", "evidence", "extra", "readers", "tier", "start", "end", "quote"})
_ITS_OWN = frozenset({"accept", "edit", "reject", "unsure"})


class Slot(NamedTuple):
    """One field in words."""

    name: str
    label: str
    value: str


class Why(NamedTuple):
    """Where one slot was read: the words, and the rule or the line of a word list."""

    label: str
    words: str
    how: str
    inherited: bool


class Change(NamedTuple):
    """One field that a correction replaces."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's word on a proposal: of which version, and what an answer that agrees with it carries as `on`."""

    decision: str
    by: str
    verdict: str
    said: str
    headline: str
    changes: tuple[Change, ...]
    on: str
    why: str


@dataclass(frozen=True, slots=True)
class Past:
    """One decision about a proposal, in the order in which they came. `together` counts what it was about."""

    id: str
    by: str
    at: datetime | None
    what: str
    said: str
    why: str
    together: int
    gone: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """One claim or mention of a report as it stands.

    `open` is whether whoever looks can still say something that is needed; `on` what a decision made on the sight of
    this is to carry; `undo` his or her own last decision about it.
    """

    id: str
    report: str
    number: int
    record: str
    form: str
    form_said: str
    headline: str
    quote: str
    start: int
    end: int
    found: bool
    slots: tuple[Slot, ...]
    why: tuple[Why, ...]
    note: str
    tier: str
    tier_said: str
    model_only: bool
    state: str
    state_said: str
    open: bool
    by: tuple[str, ...]
    mine: bool
    on: str
    changes: tuple[Change, ...]
    opinions: tuple[Opinion, ...]
    past: tuple[Past, ...]
    undo: Past | None
    into: tuple[str, ...]
    instead_of: tuple[str, ...]

    @property
    def badge(self) -> str:
        """What kind of reading it is, where the headline does not begin with that."""
        return "" if self.headline.startswith(self.form_said) else self.form_said


def standings(case: Case, names: Iterable[str]) -> dict[str, tuple[Stands, list[Decision]]]:
    """How records stand, each with all decisions that bear on it; not those erased."""
    names = list(names)
    decided = decisions_about(case, names)
    return {
        name: (review.standing(record, decided.get(name, ()), two=case.two_persons), decided.get(name, []))
        for name, record in named(case, names).items()
        if isinstance(record, Claim | Mention)
    }


def proposals(case: Case, report: Report, by: str) -> tuple[Proposal, ...]:
    """All that was read in a report, in the order of its text, for whoever looks at it."""
    names = list(Piece.objects.filter(case=case, report=report.id).values_list("name", flat=True))
    found = standings(case, names)
    ordered = sorted(found.values(), key=lambda each: _place(each[0].record))
    return tuple(proposal(each, decisions, report, number, by) for number, (each, decisions) in enumerate(ordered, 1))


def proposal(stands: Stands, decisions: Iterable[Decision], report: Report, number: int, by: str) -> Proposal:
    """One record, told."""
    record, decisions = stands.record, list(decisions)
    history = tuple(past(decisions, review.taken_back(decisions)))
    own = [each for each in history if each.by == by and not each.gone and each.what in _ITS_OWN]
    waiting = next((word.record for word in stands.words if stands.state == "waiting"), None)
    tier = (record.tier or "") if isinstance(record, Claim) else ""
    return Proposal(
        id=record.id,
        report=record.report,
        number=number,
        record=record.record,
        form=form(record),
        form_said=said("form", form(record)),
        headline=headline(record),
        quote=record.quote,
        start=record.start,
        end=record.end,
        found=report.text[record.start : record.end] == record.quote,
        slots=tuple(_slots(record)),
        why=tuple(_why(record, report.text)),
        note=(record.note or "") if isinstance(record, Claim) else "",
        tier=tier,
        tier_said=said("tier", tier) if tier else "",
        model_only=unreviewed(record),
        state=stands.state,
        state_said=said("state", stands.state),
        open=stands.state in ("proposed", "disputed") or (stands.state == "waiting" and by not in stands.by),
        by=stands.by,
        mine=by in stands.by,
        on=" ".join(stands.on),
        changes=tuple(changes(stands.original, waiting or record)),
        opinions=tuple(_opinions(stands, decisions)),
        past=history,
        undo=own[-1] if own else None,
        into=stands.into,
        instead_of=stands.instead_of,
    )


def quotes(found: Iterable[Proposal]) -> Iterator[Quote]:
    """The quotes that are to be underlined: those whose words stand in the text."""
    return (
        Quote(each.id, each.number, each.form, each.start, each.end, each.form_said) for each in found if each.found
    )


def form(record: Claim | Mention) -> str:
    """In which form a record is underlined."""
    if isinstance(record, Mention):
        return "alleged" if any(each.what in _ALLEGED for each in record.happened) else "person"
    return "charged" if record.quantity in _CHARGED else _FORMS.get(record.quantity, "number")


def headline(record: Claim | Mention) -> str:
    """A record in few words: what and how many, or who and what happened."""
    if isinstance(record, Claim):
        return f"{said('quantity', record.quantity)}: {told.number(record, words())}"
    who = record.name or record.role or words()("read.unnamed")
    what = ", ".join(said("what", each.what) for each in record.happened)
    return f"{who}: {what}" if what else who


def changes(before: Claim | Mention, after: Claim | Mention) -> Iterator[Change]:
    """The fields in which two versions of a record differ."""
    for field in fields(before):
        one, other = getattr(before, field.name), getattr(after, field.name)
        if one != other and field.name in LABELS and field.name not in ("readers", "start", "end"):
            yield Change(str(LABELS[field.name]), shown(field.name, one), shown(field.name, other))


def shown(name: str, value: Any) -> str:
    """The value of a field as it is shown; nothing where it is not known."""
    if isinstance(value, tuple):
        return "; ".join(_happening(each) if isinstance(each, Happening) else str(each) for each in value)
    return said(name, value) if isinstance(value, str) else "" if value is None else f"{value:g}"


def _slots(record: Claim | Mention) -> Iterator[Slot]:
    """The fields that the headline does not tell."""
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in _HEADLINE | _SILENT | {"note"} or value in (None, ()):
            continue
        yield Slot(field.name, str(LABELS[field.name]), shown(field.name, value))
    if isinstance(record, Claim) and record.hedge:
        yield Slot("hedge", str(LABELS["hedge"]), said("hedge", record.hedge))
    if isinstance(record, Claim) and record.claimant is None:
        yield Slot("claimant", str(LABELS["claimant"]), words()("read.itself"))
    if isinstance(record, Mention) and any(each.at or each.detail or each.alleged_by for each in record.happened):
        yield Slot("happened", str(LABELS["happened"]), shown("happened", record.happened))


def _happening(each: Happening) -> str:
    by = [said("accused", each.accused), each.alleged_by and f"({each.alleged_by})", said("code", each.code)]
    return " · ".join(filter(None, (said("what", each.what), each.at, each.detail, *by)))


def _why(record: Claim | Mention, text: str) -> Iterator[Why]:
    for each in record.evidence:
        label = str(LABELS.get(each.slot, each.slot))
        yield Why(label, " ".join(text[each.start : each.end].split()), each.how, each.inherited)


def _opinions(stands: Stands, decisions: Iterable[Decision]) -> Iterator[Opinion]:
    """What each person said, where more is to be told of it than the state: what is open, and reasons."""
    reasons = {each.id: why(each) for each in decisions}
    for word in stands.words:
        if stands.state not in ("disputed", "waiting") and not reasons.get(word.decision):
            continue
        on = (word.decision, *(each for each in stands.on if each != word.decision))
        yield Opinion(
            decision=word.decision,
            by=word.by,
            verdict=word.verdict,
            said=said("verdict", word.verdict),
            headline=headline(word.record),
            changes=tuple(changes(stands.original, word.record)),
            on=" ".join(on),
            why=reasons.get(word.decision, ""),
        )


def why(decision: Decision) -> str:
    """The reason that a reviewer gave."""
    told = (decision.with_ or {}).get("why")
    return told if isinstance(told, str) else ""


def past(decisions: Iterable[Decision], gone: Collection[str]) -> Iterator[Past]:
    """Decisions as they are told; `gone` are the ids of those that were taken back."""
    for each in decisions:
        yield Past(
            id=each.id,
            by=each.by,
            at=instant(each.at),
            what=each.what,
            said=said("decision", each.what),
            why=why(each),
            together=len(each.about),
            gone=each.id in gone,
        )


def _place(record: Claim | Mention) -> tuple[int, int, str]:
    return record.start, record.end, record.id
