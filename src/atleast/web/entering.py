"""The first way in: a link that signs somebody in once."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from .house.models import Account, Invitation
from .house.rights import Role

LASTS = timedelta(minutes=30)
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def hashed(token: str) -> str:
    """What is kept of the token of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in_link(account: Account, *, lasts: timedelta = LASTS, second_factor: bool = True) -> str:
    """The path of a link that signs this account in, once.

    Args:
        second_factor: Whether a second factor is asked for where there is one. Without, the link is all that is
            needed: for whoever sits at the machine itself and has lost everything else.
    """
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        token=hashed(token),
        role=Role.ADMIN,
        account=account,
        expires_at=timezone.now() + lasts,
        second_factor=second_factor,
    )
    return f"/enter/{token}/"


def owner() -> Account:
    """The account of who set this desk up; made where there is none yet."""
    found = Account.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if found is None:
        found = Account(username="owner", is_superuser=True)
        found.set_unusable_password()
        found.save()
    return found


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link. A GET only asks: programs that look at links ahead of people must not use them up."""
    if over := ratelimit.consume_or_429(request, action="enter", limit_get=True):
        return over
    link = Invitation.objects.filter(
        token=hashed(token), used_at=None, expires_at__gt=timezone.now(), account__is_active=True
    ).first()
    if link is None:
        return render(request, "entered.html", {"link": None}, status=410)
    if request.method != "POST":
        return render(request, "entered.html", {"link": link})
    with transaction.atomic():
        used = Invitation.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now())
    if not used:
        return render(request, "entered.html", {"link": None}, status=410)
    if not link.account.has_usable_password():
        messages.info(request, _("Set a password, so that you can come back without a link."))
    if link.second_factor:
        return perform_login(request, link.account, redirect_url="/")
    login(request, link.account, backend=_BACKEND)
    return redirect("/")
