"""The pages of this room, and how they are put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from atleast.model import Report
from atleast.web.forgetting.models import returning
from atleast.web.house.models import Account, Case
from atleast.web.ledger import reading

from . import keeping, signed_out
from .models import Draft
from .typed import Typed, moment, opened
from .understanding import (
    CALLERS,
    Proposal,
    as_it_stands,
    call_languages,
    earlier,
    not_understood,
    proposal,
    understood,
)

_FIRST = 70

CALLER_NAMES = {
    "": _("not told"),
    "witness": _("a witness"),
    "detainee": _("somebody who was taken"),
    "lawyer": _("a lawyer"),
    "relative": _("a relative"),
}


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call in a list: its name, when it was begun or came in, and how its text begins."""

    name: str
    at: datetime | None
    begins: str
    lines: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What is understood of a call.

    Attributes:
        proposals: In the order of its text. `kept`: lines of which nothing is understood.
        earlier: What stands of the call that this one corrects.
    """

    proposals: tuple[Proposal, ...] = ()
    kept: tuple[str, ...] = ()
    earlier: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class CallPage:
    """The form of a call, what is understood of it, and the other calls of whoever takes it down.

    Attributes:
        version: Which writing of the draft this is. `key`, `owner`: for the browser, to seal what it cannot send.
            `slip`: by which what is typed is kept though the session has ended.
        wrong: What has to be put right, by the field.
        beside: What another window wrote of the same call.
        before: The text of the call that this one adds to.
    """

    template: ClassVar[str] = "hotline/call.html"
    call: str
    version: int
    saved_at: datetime | None
    typed: Typed
    reading: Reading
    languages: tuple[tuple[str, str], ...]
    callers: tuple[tuple[str, str], ...]
    owner: str
    key: str
    slip: str
    open: tuple[CallLine, ...]
    sent: tuple[CallLine, ...]
    beside: tuple[CallLine, ...] = ()
    before: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentPage:
    """A call that was sent, as its taker may see it again.

    Attributes:
        contacts: How to reach who called; only for who may see contacts.
        further: The later calls that add to it or correct it, of the same taker.
        returning: Whether it seems to name somebody who was erased from the case.
    """

    template: ClassVar[str] = "hotline/sent.html"
    call: str
    at: datetime | None
    sent_at: datetime | None
    text: str
    stood: tuple[Proposal, ...]
    refers: str
    contacts: tuple[str, ...] | None
    returning: bool
    owner: str
    sent: tuple[CallLine, ...]
    open: tuple[CallLine, ...]


def call_page(
    case: Case, account: Account, draft: Draft, typed: Typed, wrong: Mapping[str, str] | None = None
) -> CallPage:
    """The form as it stands."""
    wrong = wrong or {}
    return CallPage(
        call=draft.name,
        version=draft.version,
        saved_at=draft.saved_at if draft.pk else None,
        typed=typed,
        reading=reading_of(case, draft, typed, wrong),
        languages=tuple((code, get_language_info(code)["name_local"]) for code in call_languages()),
        callers=tuple((code, str(CALLER_NAMES[code])) for code in ("", *CALLERS)),
        owner=keeping.owner_mark(case, account),
        key=keeping.key(account, draft.name).hex(),
        slip=signed_out.slip(account, case, draft.name),
        open=open_lines(case, account, but=draft.name),
        sent=sent_lines(case, account),
        beside=tuple(_open_line(case, each) for each in keeping.beside(draft)) if draft.pk else (),
        before=_text(case, typed.refers),
        wrong=wrong,
    )


def reading_of(case: Case, draft: Draft, typed: Typed, wrong: Mapping[str, str]) -> Reading:
    """What is understood of what was typed."""
    if typed.blank and not typed.refers:
        return Reading()
    found = understood(case, draft, typed)
    return Reading(
        tuple(proposal(piece, wrong.get(piece.key, "")) for piece in found),
        not_understood(typed.text, found),
        tuple(proposal(piece, wrong.get(piece.key, "")) for piece in earlier(case, typed)),
    )


def fresh(case: Case, account: Account) -> tuple[Draft, Typed]:
    """A call that begins now: where and in which language as the last one was, if it was of this night."""
    now = timezone.now()
    draft = Draft(case=case, account=account, name=keeping.fresh_name(), began_at=now)
    when = now.astimezone(case.tz).strftime("%Y-%m-%dT%H:%M")
    last = keeping.lately_sent(case, account).first()
    found = reading.report(case, last.name) if last else None
    language = (get_language() or "en")[:2]
    language = language if language in call_languages() else "en"
    if found is None:
        return draft, Typed(language=language, when=when)
    return draft, Typed(language=found.language or language, where=str(found.extra.get("place", "")), when=when)


def sent_page(case: Case, account: Account, draft: Draft, contacts: tuple[str, ...] | None) -> SentPage:
    """A call that was sent, and how it stands now."""
    found = reading.report(case, draft.name)
    return SentPage(
        call=draft.name,
        at=_came(case, draft, found),
        sent_at=draft.sent_at,
        text=found.text if found else "",
        stood=tuple(proposal(piece) for piece in as_it_stands(case, draft.name)),
        refers=str(found.extra.get("refers", "")) if found else "",
        contacts=contacts,
        # Told of what was sent only: whoever types names to learn who was erased leaves a call under his handle.
        returning=bool(found and returning(case, found.text)),
        owner=keeping.owner_mark(case, account),
        sent=tuple(line for line in sent_lines(case, account) if line.name != draft.name),
        open=open_lines(case, account),
    )


def _came(case: Case, draft: Draft, found: Report | None) -> datetime | None:
    told = found.published if found else None
    return datetime.fromisoformat(told) if told and "T" in told else draft.began_at


def open_lines(case: Case, account: Account, but: str = "") -> tuple[CallLine, ...]:
    """The calls that were begun and not sent."""
    return tuple(_open_line(case, each) for each in keeping.open_drafts(case, account) if each.name != but)


def _open_line(case: Case, draft: Draft) -> CallLine:
    typed = opened(draft)
    at = moment(typed.when, case.tz, draft.began_at)
    return CallLine(draft.name, at or draft.began_at, _begins(typed.text), len(typed.lines))


def sent_lines(case: Case, account: Account) -> tuple[CallLine, ...]:
    """The calls that were sent within a day."""
    drafts = list(keeping.lately_sent(case, account))
    found = reading.named(case, [each.name for each in drafts])
    lines = []
    for draft in drafts:
        record = found.get(draft.name)
        text = record.text if isinstance(record, Report) else ""
        at = _came(case, draft, record if isinstance(record, Report) else None)
        lines.append(CallLine(draft.name, at, _begins(text), len(Typed(text=text).lines)))
    return tuple(lines)


def _begins(text: str) -> str:
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return first if len(first) <= _FIRST else first[: _FIRST - 1] + "…"


def _text(case: Case, name: str) -> str:
    found = reading.report(case, name) if name else None
    return found.text if found else ""
