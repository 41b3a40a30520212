"""All accounts of the desk, for its owner: shut out, let in again, helped when somebody cannot sign in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from atleast.web.entering import sign_in_link
from atleast.web.house.models import Account, Membership

from .noting import note
from .sessions import end


class AccountLine(NamedTuple):
    """One account, and in which cases it has which roles."""

    account: int
    handle: str
    active: bool
    owner: bool
    second_factor: bool
    last_sign_in: datetime | None
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """All accounts. `link` is a sign-in link that was just made, for `link_for`: it is shown once."""

    template: ClassVar[str] = "accounts/everybody.html"
    accounts: tuple[AccountLine, ...]
    link: str = ""
    link_for: str = ""


def accounts(request: HttpRequest) -> AccountsPage:
    """Everybody who has an account here."""
    return _page()


def _page(link: str = "", link_for: str = "") -> AccountsPage:
    roles: dict[int, list[tuple[str, str]]] = {}
    for account, title, role in Membership.objects.values_list("account", "case__title", "role").order_by("case"):
        roles.setdefault(account, []).append((title, role))
    factors = set(Authenticator.objects.values_list("user", flat=True))
    lines = tuple(
        AccountLine(
            each.pk,
            each.username,
            each.is_active,
            each.is_superuser,
            each.pk in factors,
            each.last_login,
            tuple(roles.get(each.pk, ())),
        )
        for each in Account.objects.order_by("-is_active", "username")
    )
    return AccountsPage(lines, link, link_for)


def account(request: HttpRequest, account: int) -> Any:
    """Do one thing (`do`) to an account: deactivate, activate, link, second-factor."""
    found = get_object_or_404(Account, pk=account)
    match request.POST.get("do"):
        case "deactivate" if found == request.user:
            messages.error(request, _("You cannot shut yourself out."))
        case "deactivate":
            _set_active(found, False, by=request.user)
        case "activate":
            _set_active(found, True, by=request.user)
        case "link":
            note(request.user, "made a sign-in link", f"account {found.pk}")
            return _page(request.build_absolute_uri(sign_in_link(found)), found.username)
        case "second-factor":
            Authenticator.objects.filter(user=found).delete()
            end(found)
            note(request.user, "took away second factor", f"account {found.pk}")
            messages.info(request, _("The second factor is gone; a new one can be set up after signing in."))
    return redirect("accounts")


def _set_active(account: Account, active: bool, *, by: Account) -> None:
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        end(account)
    note(by, "let in again" if active else "shut out", f"account {account.pk}")
