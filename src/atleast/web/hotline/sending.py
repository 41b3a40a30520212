"""Of a draft one report: with what was understood, and what was confirmed, struck out or corrected, all at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from atleast.model import Decision, Record
from atleast.web.house import contacts
from atleast.web.house.models import Account, Case
from atleast.web.ledger.names import new
from atleast.web.ledger.writing import append

from .models import Draft
from .typed import Typed, moment, opened, print_of, too_late
from .understanding import Understood, earlier, report, understood


class Moved(Exception):
    """What was to be sent was written by another window in this moment."""


def faults(case: Case, draft: Draft, typed: Typed) -> dict[str, str]:
    """What has to be put right before a call can be sent, by the field; empty where nothing has."""
    wrong = {}
    if not typed.text.strip():
        wrong["text"] = _("Type what the caller says. A call without a word cannot be sent.")
    at = moment(typed.when, case.tz, draft.began_at)
    if at is None:
        wrong["when"] = _("No clock in this case's zone ever showed this time. Write the day and the hour of the call.")
    elif too_late(at, timezone.now()):
        wrong["when"] = _("This time has not come yet. Write when the call came in.")
    return wrong


@transaction.atomic
def send(case: Case, account: Account, draft: Draft) -> Draft:
    """Send a draft without faults; one that was sent stays as it is. Its words are kept in the ledger from now on.

    Raises:
        Moved: It is not the version any longer that was looked at.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.sent_at:
        return locked
    if locked.version != draft.version:
        raise Moved(_("Another window wrote this call just now. Look at both, and send again."))
    typed = opened(locked)
    append(case, list(_records(case, locked, typed, by=account.username)), by=account.username)
    contacts.keep(case, locked.name, typed.contact, by=account)
    locked.sent_as = print_of(locked, typed)
    locked.sent_at = locked.saved_at = timezone.now()
    locked.body = b""
    locked.save()
    return locked


def _records(case: Case, draft: Draft, typed: Typed, *, by: str) -> Iterator[Record]:
    """The report, what was read in it, and what its taker said to that."""
    found = understood(case, draft, typed)
    named = [replace(piece, read=replace(piece.read, id=new(piece.read.record))) for piece in found]
    yield report(case, draft, typed)
    yield from (piece.read for piece in named)
    at = timezone.now().astimezone(case.tz).isoformat(timespec="microseconds")
    yield from _decided(named, by, at, lambda piece: [])
    yield from _decided(earlier(case, typed), by, at, lambda piece: piece.mark.get("on", []))


def _decided(pieces: Sequence[Understood], by: str, at: str, on: Any) -> Iterator[Decision]:
    for piece in pieces:
        what = piece.mark.get("what")
        if what:
            terms: Mapping[str, Any] = {**(piece.mark.get("with") or {}), "on": on(piece)}
            yield Decision(new("decision"), (piece.read.id,), by, at, what, terms)
