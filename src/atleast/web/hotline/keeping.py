"""Keeping what is typed. An older window never overwrites a newer one: both are kept, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from atleast.web.house.models import Account, Case
from atleast.web.ledger.models import Entry
from atleast.web.ledger.names import new, ours
from atleast.web.vault import vault

from .models import Draft
from .typed import Mark, Typed, opened, print_of, sealed

MOST = 50_000
"""Letters of one call. A long call is a twentieth of it, and it is read anew at each pause."""
_A_MINUTE = 300  # savings
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Window:
    """Who writes.

    Attributes:
        tab: A random name of the window, empty where it has none (a page without scripts).
        turn: Its how manieth writing this is. The same turn is the same content.
        seen: The version that it was built on.
    """

    tab: str = ""
    turn: int = 0
    seen: int = 0


def window(form: Mapping[str, str]) -> Window:
    """The window that a form was sent from."""

    def whole(name: str) -> int:
        told = form.get(name, "")
        return int(told) if told.isdecimal() and len(told) < 16 else 0

    return Window(form.get("tab", "")[:40], whole("turn"), whole("seen"))


@transaction.atomic
def keep(case: Case, account: Account, name: str, typed: Typed, window: Window) -> Draft | None:
    """Keep what was typed under the name of a call.

    Returns:
        The draft that it is kept in. It has another name where the call was written in another window meanwhile, or
        has been sent. None where there is nothing to keep.

    Raises:
        Http404: The name is somebody else's, or none that was given out here.
    """
    draft = Draft.objects.select_for_update().filter(case=case, name=name).first()
    if draft is None:
        if not ours(name) or name[0] != "r" or Entry.objects.filter(case=case, name=name).exists():
            raise Http404
        if typed.blank:
            return None
        Draft.objects.get_or_create(case=case, name=name, defaults={"account": account})
        draft = Draft.objects.select_for_update().get(case=case, name=name)
    if draft.account_id != account.pk:
        raise Http404
    return _put(draft, typed, window)


def _put(draft: Draft, typed: Typed, window: Window) -> Draft:
    mine = bool(window.tab) and draft.tab == window.tab
    if mine and window.turn <= draft.turn:
        return draft  # it came before, or what came after it is there already
    if draft.sent_at:
        return draft if print_of(draft, typed) == draft.sent_as else _aside(draft, typed, window)
    there = opened(draft)
    if mine or window.seen == draft.version:
        return _written(draft, replace(typed, refers=there.refers, marks=there.marks), window)
    return draft if there.same(typed) else _aside(draft, typed, window)


def _aside(draft: Draft, typed: Typed, window: Window) -> Draft:
    """Keep it beside a draft that somebody else has written; again there, if it was so before."""
    copies = list(Draft.objects.select_for_update().filter(case=draft.case, beside=draft.name).order_by("id"))
    for copy in copies:
        if (window.tab and copy.tab == window.tab) or (not copy.sent_at and opened(copy).same(typed)):
            return _put(copy, typed, window)
    there = opened(draft)
    copy = Draft(case=draft.case, account=draft.account, name=new("report"), beside=draft.name, began_at=draft.began_at)
    refers = draft.name if draft.sent_at else there.refers
    return _written(copy, replace(typed, refers=refers, marks=there.marks), window)


def _written(draft: Draft, typed: Typed, window: Window) -> Draft:
    draft.body = sealed(draft, typed)
    draft.version += 1
    draft.tab, draft.turn = window.tab, window.turn
    draft.saved_at = timezone.now()
    draft.save()
    return draft


@transaction.atomic
def mark(draft: Draft, marks: Mapping[str, Mark]) -> None:
    """Keep what was said to proposals. It changes nothing that was typed, so it is no new version."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if marks and not locked.sent_at:
        draft.body = locked.body = sealed(locked, opened(locked).marked(marks))
        locked.save(update_fields=["body"])


@transaction.atomic
def further(case: Case, account: Account, earlier: str, typed: Typed) -> Draft:
    """A new draft that adds to an earlier call, or corrects it."""
    draft = Draft(case=case, account=account, name=new("report"))
    return _written(draft, replace(typed, refers=earlier), Window())


def throw_away(draft: Draft) -> None:
    """Drop a draft that was not sent. What was kept of it is overwritten first."""
    if not draft.sent_at:
        Draft.objects.filter(pk=draft.pk).update(body=b"")
        draft.delete()


def own(case: Case, account: Account, name: str) -> Draft:
    """A call of this person, open or sent.

    Raises:
        Http404: There is none of that name, or it is somebody else's.
    """
    found = Draft.objects.filter(case=case, account=account, name=name).first()
    if found is None:
        raise Http404
    return found


def open_drafts(case: Case, account: Account) -> QuerySet[Draft]:
    """What this person has begun and not sent, the last begun first."""
    return Draft.objects.filter(case=case, account=account, sent_at=None)


def lately_sent(case: Case, account: Account) -> QuerySet[Draft]:
    """The calls that this person has sent within a day, the last first. A night does not end at midnight."""
    since = timezone.now() - DAY
    return Draft.objects.filter(case=case, account=account, sent_at__gt=since).order_by("-sent_at", "-id")


def beside(draft: Draft) -> QuerySet[Draft]:
    """What other windows wrote of the same call and is not sent."""
    same = Q(beside=draft.name) | (Q(name=draft.beside) if draft.beside else Q(pk=None))
    return Draft.objects.filter(same, case=draft.case, account=draft.account, sent_at=None).exclude(pk=draft.pk)


# ── What a browser is given ──


def owner_mark(case: Case, account: Account) -> str:
    """By what a browser knows whose calls it keeps; it tells nothing."""
    return vault().name(f"hotline {case.pk} {account.pk}".encode())[:16]


def key(account: Account, name: str) -> bytes:
    """The key with which a browser seals what it could not send: 32 bytes, of this account and this call only."""
    return vault().derived(f"hotline {account.pk} {name}")


def fresh_name() -> str:
    """A name for a call that begins."""
    return new("report")


def too_often(account: Account) -> bool:
    """Whether this account writes more often than a person with many windows could."""
    window = f"hotline-{account.pk}-{int(timezone.now().timestamp()) // 60}"
    cache.add(window, 0, 120)
    return cache.incr(window) > _A_MINUTE
