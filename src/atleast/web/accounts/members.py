"""Who works in a case, with which roles; the admin of the case invites, changes and dismisses."""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from atleast.web.house.models import Account, Case, Invitation, Membership
from atleast.web.house.rights import ROLE_NAMES, Role

from .inviting import invite, noted, open_invitations
from .sessions import end


class Member(NamedTuple):
    """One account that works in a case."""

    account: int
    handle: str
    roles: tuple[str, ...]
    active: bool
    second_factor: bool


class Open(NamedTuple):
    """An invitation that nobody has used yet."""

    invitation: int
    role: str
    by: str
    expires_at: Any


@dataclass(frozen=True, slots=True)
class MembersPage:
    """Who works in a case. `link` is the invitation that was just made: it is shown once."""

    template: ClassVar[str] = "accounts/members.html"
    members: tuple[Member, ...]
    invitations: tuple[Open, ...]
    roles: tuple[tuple[str, str], ...]
    link: str = ""


def members(request: HttpRequest, case: Case) -> MembersPage:
    """The people of a case. A POST makes an invitation for `role`."""
    role = request.POST.get("role", "")
    link = ""
    if request.method == "POST":
        if role in set(Role):
            link = request.build_absolute_uri(invite(case, Role(role), by=request.user))
        else:
            messages.error(request, _("Choose a role for whom you invite."))
    return MembersPage(_members(case), _invitations(case), tuple((r.value, str(ROLE_NAMES[r])) for r in Role), link)


def _members(case: Case) -> tuple[Member, ...]:
    accounts = Account.objects.filter(memberships__case=case).distinct().order_by("username")
    held: dict[int, list[str]] = {}
    for account, role in Membership.objects.filter(case=case).values_list("account", "role"):
        held.setdefault(account, []).append(role)
    return tuple(
        Member(each.pk, each.username, tuple(sorted(held[each.pk])), each.is_active, is_mfa_enabled(each))
        for each in accounts
    )


def _invitations(case: Case) -> tuple[Open, ...]:
    found = open_invitations(case).select_related("made_by").order_by("expires_at")
    return tuple(
        Open(each.pk, str(ROLE_NAMES[Role(each.role)]), each.made_by.username if each.made_by else "", each.expires_at)
        for each in found
    )


def member(request: HttpRequest, case: Case, account: int) -> HttpResponse:
    """Give an account exactly the roles that are named; with none, it is dismissed and its sessions end."""
    found = get_object_or_404(Account.objects.filter(memberships__case=case).distinct(), pk=account)
    wanted = {Role(role) for role in request.POST.getlist("role") if role in set(Role)}
    if "dismiss" in request.POST:
        wanted = set()
    elif not wanted:
        messages.error(request, _("Choose at least one role, or dismiss."))
        return redirect("members", case=case.slug)
    if not change(case, found, wanted, by=request.user):
        messages.error(request, _("Somebody has to run the case: make another admin first."))
    return redirect("members", case=case.slug)


@transaction.atomic
def change(case: Case, account: Account, wanted: set[Role], *, by: Account) -> bool:
    """Give an account exactly these roles in a case.

    Returns:
        False, and nothing is changed, where the case would be left without an active admin.
    """
    # Two admins who take each other's role at once must not both succeed.
    Case.objects.select_for_update().get(pk=case.pk)
    rows = Membership.objects.filter(case=case)
    others = rows.filter(role=Role.ADMIN, account__is_active=True).exclude(account=account)
    had = {Role(role) for role in rows.filter(account=account).values_list("role", flat=True)}
    if Role.ADMIN in had - wanted and not others.exists():
        return False
    rows.filter(account=account, role__in=had - wanted).delete()
    Membership.objects.bulk_create(Membership(case=case, account=account, role=role) for role in wanted - had)
    for role in sorted(wanted - had):
        noted(case, by, f"gave role: {role}", account)
    for role in sorted(had - wanted):
        noted(case, by, f"took role: {role}", account)
    if not wanted:
        end(account)
        noted(case, by, "dismissed", account)
    return True


def withdraw(request: HttpRequest, case: Case, invitation: int) -> HttpResponse:
    """Take back an invitation: its link works no longer."""
    found = get_object_or_404(open_invitations(case), pk=invitation)
    Invitation.objects.filter(pk=found.pk).update(expires_at=timezone.now())
    noted(case, request.user, f"withdrew: {found.role}")
    return redirect("members", case=case.slug)
