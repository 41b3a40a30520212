"""Who did what: what was added to the ledger and what was looked at, in one list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from atleast.web.house.models import Account, Audit, Case
from atleast.web.house.rights import ROLE_NAMES, Role
from atleast.web.ledger.models import Entry
from atleast.web.pages import asks
from atleast.web.rows import whole

PAGE = 100

DEEDS = {
    "signed in": _("signed in"),
    "signed out": _("signed out"),
    "failed to sign in": _("failed to sign in"),
    "failed the second factor": _("failed the second factor"),
    "changed the password": _("changed the password"),
    "added a second factor": _("added a second factor"),
    "removed a second factor": _("removed a second factor"),
    "made new recovery codes": _("made new recovery codes"),
    "took away second factor": _("took away the second factor of"),
    "ended sessions": _("ended sessions"),
    "made a sign-in link": _("made a sign-in link for"),
    "shut out": _("shut out"),
    "let in again": _("let in again"),
    "invited": _("invited somebody as"),
    "withdrew": _("withdrew an invitation as"),
    "joined": _("joined as"),
    "gave role": _("gave a role:"),
    "took role": _("took a role away:"),
    "dismissed": _("dismissed"),
    "saw a person": _("saw a person"),
    "saw the people": _("saw the list of people"),
    "saw contact details": _("saw contact details"),
    "saw a contact": _("saw contact details"),
    "looked for a number": _("looked for a telephone number"),
    "saw a report": _("saw a report"),
    "saw what waits": _("saw what waits to be read"),
    "opened a call": _("opened a call"),
    "took records out": _("took records out"),
    "took out people": _("took people out"),
    "took out an example": _("took an example out"),
    "took out an example with names": _("took an example out, with names"),
    "asked to erase a person": _("asked to erase a person"),
    "erased a person": _("erased a person"),
}
"""Everything that is noted of looking, signing in and inviting, as the page says it. What a page declares as
`audited` stands here, too; after a colon may stand a role."""

ADDED = {
    "report": _("added a report"),
    "claim": _("added a claim"),
    "mention": _("added a mention"),
    "decision": _("decided"),
}


DECIDED = {
    "accept": _("accepted"),
    "edit": _("corrected"),
    "reject": _("rejected"),
    "unsure": _("cannot be told"),
    "same": _("the same person"),
    "different": _("different people"),
    "redact": _("erased"),
    "consent": _("consent"),
    "publish": _("to be published"),
    "retract": _("taken back from publication"),
}
"""What can be decided, as the page says it."""


class Deed(NamedTuple):
    """One thing that somebody did. `about` is an id or a handle; what was added has its number in the ledger."""

    at: datetime
    by: str
    kind: str
    did: str
    about: str
    number: int | None
    many: int | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Who did what, the newest first; `before` is where the next page begins, if there is one."""

    template: ClassVar[str] = "accounts/history.html"
    deeds: tuple[Deed, ...]
    by: str
    kind: str
    handles: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]
    before: str


KINDS = {
    "added": _("Additions to the ledger"),
    "decided": _("Decisions"),
    "looked": _("Looked at or taken out"),
    "account": _("Signing in"),
    "members": _("Roles and invitations"),
}


_ASKED: dict[str, tuple[Any, str]] = {
    "by": (str, "Whose deeds: a handle."),
    "kind": (tuple(KINDS), "What was done."),
    "before": (str, "Where the page before ended, as it says itself."),
}


@asks(**_ASKED)
def history(request: HttpRequest, case: Case) -> HistoryPage:
    """Who did what in a case, and when its members signed in."""
    members = Account.objects.filter(memberships__case=case)
    audits = Audit.objects.filter(Q(case=case) | Q(case=None, account__in=members.values("pk")))
    return _page(request, audits, Entry.objects.filter(case=case))


@asks(**_ASKED)
def desk_history(request: HttpRequest) -> HistoryPage:
    """Who signed in, failed to, and what was done to accounts, over the whole desk."""
    return _page(request, Audit.objects.filter(case=None), Entry.objects.none())


def _page(request: HttpRequest, audits: QuerySet[Audit], entries: QuerySet[Entry]) -> HistoryPage:
    by, kind = request.GET.get("by", ""), request.GET.get("kind", "")
    handles = _handles(audits, entries)
    if by:
        audits, entries = audits.filter(account__username=by), entries.filter(by=by)
    audits, entries = _of_kind(kind, audits, entries)
    number, noted = _cursor(request.GET.get("before", ""))
    if number is not None and noted is not None:
        audits, entries = audits.filter(pk__lt=noted), entries.filter(number__lt=number)
    # Each list is in its own order, which no clock can turn round; so each is continued where it was left.
    rows: list[Any] = [*entries.order_by("-number")[: PAGE + 1], *_newest(audits)]
    rows.sort(key=lambda row: row.at, reverse=True)
    shown, left = rows[:PAGE], rows[PAGE:]
    before = f"{_lowest(shown, Entry, number)}-{_lowest(shown, Audit, noted)}" if left else ""
    kinds = tuple((name, str(words)) for name, words in KINDS.items())
    return HistoryPage(_deeds(shown), by, kind, handles, kinds, before)


def _newest(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    return audits.select_related("account").order_by("-pk")[: PAGE + 1]


def _cursor(before: str) -> tuple[int | None, int | None]:
    number, _, noted = before.partition("-")
    return (int(number), int(noted)) if whole(number) and whole(noted) else (None, None)


_END = 2**62


def _lowest(shown: list[Any], table: Any, otherwise: int | None) -> int:
    """Where a list was left: at the last of its rows that is shown, or where it was before."""
    own = [row.number if table is Entry else row.pk for row in shown if isinstance(row, table)]
    return min(own) if own else _END if otherwise is None else otherwise


def _handles(audits: QuerySet[Audit], entries: QuerySet[Entry]) -> tuple[str, ...]:
    noted = audits.order_by().values_list("account__username", flat=True).distinct()
    return tuple(sorted({*noted, *entries.order_by().values_list("by", flat=True).distinct()} - {None}))


def _of_kind(kind: str, audits: QuerySet[Audit], entries: QuerySet[Entry]) -> tuple[QuerySet[Audit], QuerySet[Entry]]:
    match kind:
        case "added":
            return audits.none(), entries.exclude(record="decision")
        case "decided":
            return audits.none(), entries.filter(record="decision")
        case "looked":
            return audits.exclude(page__in=["account", "members"]), entries.none()
        case "account" | "members":
            return audits.filter(page=kind), entries.none()
    return audits, entries


def _deeds(rows: list[Any]) -> tuple[Deed, ...]:
    numbers = {row.about.removeprefix("account ") for row in rows if isinstance(row, Audit)}
    handles = dict(Account.objects.filter(pk__in=[n for n in numbers if n.isdecimal()]).values_list("pk", "username"))
    return tuple(_added(row) if isinstance(row, Entry) else _noted(row, handles) for row in rows)


def _added(entry: Entry) -> Deed:
    kind = "decided" if entry.record == "decision" else "added"
    did = f"{ADDED[entry.record]}: {DECIDED.get(entry.what, entry.what)}" if entry.what else str(ADDED[entry.record])
    return Deed(entry.at, entry.by, kind, did, entry.name, entry.number, None)


def _noted(audit: Audit, handles: dict[int, str]) -> Deed:
    deed, _, role = audit.did.partition(": ")
    did = str(DEEDS.get(deed, deed)) + (f" {ROLE_NAMES[Role(role)]}" if role else "")
    about = audit.about
    if about.startswith("account "):
        about = handles.get(int(about.removeprefix("account ")), about)
    kind = audit.page if audit.page in ("account", "members") else "looked"
    return Deed(audit.at, audit.account.username if audit.account else "", kind, did, about, None, audit.count)
