"""One's own account: how one signs in, where one is signed in, and in which language one reads."""

from dataclasses import dataclass
from typing import ClassVar

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from atleast.web.house.models import Account

from .noting import note
from .sessions import Seat, end, seats


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What somebody can change about his own account, and what protects it so far."""

    template: ClassVar[str] = "accounts/own.html"
    handle: str
    has_password: bool
    has_second_factor: bool
    must_have_second_factor: bool
    sessions: int


def own(request: HttpRequest) -> OwnPage:
    """Your own account."""
    account = request.user
    return OwnPage(
        account.username,
        account.has_usable_password(),
        is_mfa_enabled(account),
        settings.ATLEAST_FORCE_MFA,
        len(seats(account, None)),
    )


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """Where somebody is signed in: the browser in two words, and since when. No addresses are kept."""

    template: ClassVar[str] = "accounts/sessions.html"
    sessions: tuple[Seat, ...]


def sessions(request: HttpRequest) -> SessionsPage | HttpResponse:
    """Your sessions; `session=<number>` ends one, `session=others` all but this one, `session=all` every one."""
    key = request.session.session_key
    if request.method != "POST":
        return SessionsPage(seats(request.user, key))
    account, which = request.user, request.POST.get("session", "")
    ended = _ended(account, which, key)
    if ended:
        note(account, "ended sessions")
    if which == "all" or not any(seat.here for seat in seats(account, key)):
        logout(request)
        return redirect("account_login")
    messages.info(request, ngettext("%(count)s session ended.", "%(count)s sessions ended.", ended) % {"count": ended})
    return redirect("sessions")


def _ended(account: Account, which: str, key: str | None) -> int:
    match which:
        case "all":
            return end(account)
        case "others":
            return end(account, but=key)
    return end(account, only=which)
