"""All accounts of the desk, for its owner: shut out, let in again, helped when somebody cannot sign in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from atleast.web.entering import sign_in_link
from atleast.web.house.models import Account, Case, Membership
from atleast.web.house.rights import ROLE_NAMES, Role

from .inviting import noted
from .noting import note
from .sessions import end


class AccountLine(NamedTuple):
    """One account, and in which cases it has which roles: the title of each with the names of the roles."""

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
    roles: dict[int, dict[str, list[str]]] = {}
    for account, title, role in Membership.objects.values_list("account", "case__title", "role").order_by("case", "pk"):
        roles.setdefault(account, {}).setdefault(title, []).append(str(ROLE_NAMES[Role(role)]))
    factors = set(Authenticator.objects.values_list("user", flat=True))
    lines = tuple(
        AccountLine(
            each.pk,
            each.username,
            each.is_active,
            each.is_superuser,
            each.pk in factors,
            each.last_login,
            tuple((title, ", ".join(named)) for title, named in roles.get(each.pk, {}).items()),
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
            _said(request, shut_out(found, by=request.user))
        case "activate":
            let_in(found, by=request.user)
        case "link":
            note(request.user, "made a sign-in link", f"account {found.pk}")
            return _page(request.build_absolute_uri(sign_in_link(found)), found.username)
        case "second-factor":
            Authenticator.objects.filter(user=found).delete()
            end(found)
            note(request.user, "took away second factor", f"account {found.pk}")
            messages.info(request, _("The second factor is gone; a new one can be set up after signing in."))
    return redirect("accounts")


def _said(request: HttpRequest, taken: tuple[Case, ...] | None) -> None:
    if taken is None:
        messages.error(request, _("This is the last owner of the desk: without one nobody could let anybody in again."))
    for case in taken or ():
        told = _("Nobody else was admin of “%(case)s”: you are now. Make another admin there.")
        messages.warning(request, told % {"case": case.title})


@transaction.atomic
def shut_out(account: Account, *, by: Account) -> tuple[Case, ...] | None:
    """Let an account in no more, and end its sessions, whatever it was: somebody's telephone may have been taken.

    Args:
        by: The owner who does it. A case that is left without an active admin gets him as its admin.

    Returns:
        The cases that he has taken over; None where it is the last active owner, who stays.
    """
    # Two owners who shut each other out at once must not both succeed.
    owners = Account.objects.select_for_update().filter(is_superuser=True, is_active=True)
    active = set(owners.order_by("pk").values_list("pk", flat=True))
    if account.pk in active and active == {account.pk}:
        return None
    account.is_active = False
    account.save(update_fields=["is_active"])
    end(account)
    note(by, "shut out", f"account {account.pk}")
    return tuple(_taken_over(account, by))


def _taken_over(gone: Account, by: Account) -> Iterator[Case]:
    admins = Membership.objects.filter(role=Role.ADMIN)
    for case in Case.objects.select_for_update().filter(pk__in=admins.filter(account=gone).values("case")):
        if not admins.filter(case=case, account__is_active=True).exists():
            Membership.objects.create(case=case, account=by, role=Role.ADMIN)
            noted(case, by, f"gave role: {Role.ADMIN}", by)
            yield case


def let_in(account: Account, *, by: Account) -> None:
    """Let an account in again that was shut out."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    note(by, "let in again", f"account {account.pk}")
