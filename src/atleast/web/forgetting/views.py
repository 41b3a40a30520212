"""Erasing a person, in two steps: first what will happen, then that it happens."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from atleast.model import BadRecord, Stopped
from atleast.web.house.models import Case
from atleast.web.pages import answered, note

from .doing import erase
from .planning import Called, Plan, plan


@dataclass(frozen=True, slots=True)
class ForgetPage:
    """What erasing the person of these mentions changes, before anything is.

    Attributes:
        mentions: Those to be erased.
        called: Others of somebody who is called so.
        found: The words that will be covered, as they are written, and how often.
        spared: Names of other people that stay.
        reports: So many reports have words covered; claims, other mentions and decisions say them.
        claims: As above.
        others: As above.
        decisions: As above.
        in_title: Whether the name stands in the title of the case.
        refused: Why it cannot be done now.
    """

    template: ClassVar[str] = "forgetting/forget.html"
    mentions: tuple[Called, ...]
    called: tuple[Called, ...]
    found: tuple[tuple[str, int], ...]
    spared: tuple[str, ...]
    reports: int
    claims: int
    others: int
    decisions: int
    in_title: bool
    refused: str = ""


def forget(request: HttpRequest, case: Case, mention: str) -> ForgetPage:
    """What erasing the person of this mention changes; asked for once more, it is done."""
    chosen = [mention, *(request.POST if request.method == "POST" else request.GET).getlist("also")]
    chosen = list(dict.fromkeys(chosen))
    try:
        if request.method != "POST" or "sure" not in request.POST:
            return _page(plan(case, chosen, _unseen))
        return _done(request, case, chosen)
    except BadRecord as wrong:
        raise Http404 from wrong


def _done(request: HttpRequest, case: Case, chosen: list[str]) -> Any:
    try:
        done = erase(case, chosen, by=request.user.username, progress=_unseen)
    except Stopped:
        refused = _("An import or other work goes on in this case. Wait until it has ended, then erase the person.")
        return answered(request, _page(plan(case, chosen, _unseen), refused), 409)
    note(request, "erased a person", page="forget", about=done.decision)
    messages.success(request, _("The person was erased. Backups made before still hold the name: make a new one."))
    for left in done.left:
        messages.warning(request, left)
    return redirect("board", case=case.slug)


def _page(plan: Plan, refused: str = "") -> ForgetPage:
    return ForgetPage(
        mentions=plan.mentions,
        called=plan.called,
        found=plan.found,
        spared=plan.spared,
        reports=plan.reports,
        claims=plan.claims,
        others=plan.others,
        decisions=plan.decisions,
        in_title=plan.in_title,
        refused=refused,
    )


def _unseen(stage: str, done: int, total: int) -> None:
    """Nobody looks at how far it is."""
