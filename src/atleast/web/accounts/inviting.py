"""Links that open a role in a case: made by its admin, shown once, good for one person and a few days."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from atleast.web.entering import hashed
from atleast.web.house.models import Account, Audit, Case, Invitation, Membership
from atleast.web.house.rights import ROLE_NAMES, Role
from atleast.web.pages import answered

from .forms import NewAccount

LASTS = timedelta(days=3)


def invite(case: Case, role: Role, *, by: Account) -> str:
    """The path of a link by which one person takes a role in a case, with a new account or an old one."""
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(token=hashed(token), case=case, role=role, made_by=by, expires_at=timezone.now() + LASTS)
    noted(case, by, f"invited: {role}")
    return reverse("invited", kwargs={"token": token})


def open_invitations(case: Case) -> Any:
    """The invitations to a case that nobody has used and that still hold."""
    return Invitation.objects.filter(case=case, account=None, used_at=None, expires_at__gt=timezone.now())


def noted(case: Case, by: Account | None, did: str, of: Account | None = None) -> None:
    """Note what was done to the roles of a case."""
    Audit.objects.create(case=case, account=by, did=did, page="members", about=f"account {of.pk}" if of else "")


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """What somebody was invited to; the form is for whoever has no account yet."""

    template: ClassVar[str] = "accounts/invited.html"
    case: str
    role: str
    handle: str
    form: Any


def invited(request: HttpRequest, token: str) -> Any:
    """Take the role that a link is for."""
    if over := ratelimit.consume_or_429(request, action="enter", limit_get=True):
        return over
    found = Invitation.objects.filter(
        token=hashed(token), account=None, case__isnull=False, used_at=None, expires_at__gt=timezone.now()
    ).first()
    if found is None:
        return render(request, "entered.html", {"link": None}, status=410)
    known = request.user if request.user.is_authenticated else None
    form = NewAccount(request.POST if request.method == "POST" and not known else None)
    if request.method != "POST" or not (known or form.is_valid()):
        page = InvitedPage(found.case.title, str(ROLE_NAMES[Role(found.role)]), known.username if known else "", form)
        return answered(request, page, status=400 if form.errors else 200)
    account = _taken(found, known, form)
    if account is None:
        return render(request, "entered.html", {"link": None}, status=410)
    return _shown_in(request, account, found, new=known is None)


@transaction.atomic
def _taken(invitation: Invitation, known: Account | None, form: NewAccount) -> Account | None:
    """Whoever has the role now; nobody where somebody else was quicker."""
    now = timezone.now()
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now):
        return None
    account = known or form.save()
    Membership.objects.get_or_create(case=invitation.case, account=account, role=invitation.role)
    noted(invitation.case, account, f"joined: {invitation.role}")
    return account


def _shown_in(request: HttpRequest, account: Account, invitation: Invitation, *, new: bool) -> HttpResponse:
    board = reverse("board", kwargs={"case": invitation.case.slug})
    if not new:
        return redirect(board)
    # The password was typed a moment ago: it is not asked for again before a second factor is set up.
    record_authentication(request, account, method="password", reauthenticated=True)
    return perform_login(request, account, redirect_url=board)
