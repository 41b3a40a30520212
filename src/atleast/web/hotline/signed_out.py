"""What is typed is kept even though the session has ended in between: written only, and read by nobody but its owner.

The form carries a slip, signed, that says whose call it is. Whoever has it can add to this one draft, for half a day,
as long as the account may take in calls; nothing can be read by it, and nothing sent.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from atleast.web.house.models import Account, Case, rights_in
from atleast.web.house.rights import Right
from atleast.web.pages import refused, wants_json

from . import keeping
from .models import Draft
from .typed import from_form

_SALT = "hotline slip"
_LASTS = timedelta(hours=12)
View = Callable[..., Any]


def slip(account: Account, case: Case, name: str) -> str:
    """A slip for the form of this call of this account."""
    return signing.dumps([account.pk, case.slug, name], salt=_SALT)


def kept_first(view: View) -> View:
    """The view, before which is kept what somebody typed who is signed out by now. Then it leads to the sign-in, and
    from there back into the call."""

    @wraps(view)
    def kept(request: HttpRequest, case: str, **parts: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and (draft := _kept(request, case)):
            back = reverse("call-open", args=[case, draft.name])
            return refused(request, 401) if wants_json(request) else redirect_to_login(back)
        answer: HttpResponse = view(request, case=case, **parts)
        return answer

    return kept


def _kept(request: HttpRequest, slug: str) -> Draft | None:
    form = request.POST
    try:
        number, of, name = signing.loads(form.get("slip", ""), salt=_SALT, max_age=_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    account, case = Account.objects.filter(pk=number, is_active=True).first(), Case.objects.filter(slug=slug).first()
    if account is None or case is None or (of, name) != (slug, form.get("call")):
        return None
    if Right.TAKE_IN not in rights_in(account, case) or len(form.get("text", "")) > keeping.MOST:
        return None
    try:
        return (
            None
            if keeping.too_often(account)
            else keeping.keep(case, account, name, from_form(form), keeping.window(form))
        )
    except Http404:
        return None
