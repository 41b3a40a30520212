"""Taking a call down: the form, keeping it while it is typed, sending it, adding to it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from atleast import review
from atleast.model import AtleastError
from atleast.web.house import contacts
from atleast.web.house.models import Account, Case
from atleast.web.house.rights import Right
from atleast.web.pages import answered, note, wants_json

from . import keeping, sending, signed_out
from .correcting import Wrong, correction
from .models import Draft
from .pages import CallPage, SentPage, call_page, fresh, reading_of, sent_page
from .typed import Mark, Typed, from_form, opened
from .understanding import Understood, earlier, marks_from, seen_on, understood


def call(request: HttpRequest, case: Case) -> CallPage:
    """A new call."""
    draft, typed = fresh(case, _who(request))
    return call_page(case, _who(request), draft, typed)


def call_open(request: HttpRequest, case: Case, call: str) -> CallPage | SentPage:
    """A call of one's own: the form where it was left, or what was sent."""
    draft = keeping.own(case, _who(request), call)
    if not draft.sent_at:
        return call_page(case, _who(request), draft, opened(draft))
    told = None
    if Right.SEE_CONTACTS in request.rights:
        told = contacts.told(case, draft.name)
        note(request, "saw a contact", page="call-open", about=draft.name, count=len(told))
    return sent_page(case, _who(request), draft, told)


def save(request: HttpRequest, case: Case) -> HttpResponse:
    """Keep what was typed, note what was said to proposals, and send it or throw it away where that is asked for."""
    account, form = _who(request), request.POST
    refusal = _refusal(case, account, form)
    if refusal:
        return _refused(request, *refusal)
    typed, window = from_form(form), keeping.window(form)
    draft = keeping.keep(case, account, form["call"], typed, window)
    if draft is None:
        return _nothing(request, case, account, form["call"], typed)
    if form.get("do") == "throw away" and draft.name == form["call"] and not draft.sent_at:
        keeping.throw_away(draft)
        return _led(request, reverse("call", args=[case.slug]), gone=True)
    wrong = {} if draft.sent_at else _marked(case, draft, form)
    if form.get("do") == "send" and draft.name == form["call"] and not draft.sent_at:
        wrong |= sending.faults(case, draft, opened(draft))
        draft = draft if wrong else _sent(case, account, draft, wrong)
    return _answer(request, case, account, draft, wrong)


def more(request: HttpRequest, case: Case, call: str) -> HttpResponse:
    """Begin a call that adds to an earlier one of one's own, or corrects it."""
    draft = keeping.own(case, _who(request), call)
    if not draft.sent_at:
        return redirect("call-open", case=case.slug, call=draft.name)
    _begun, typed = fresh(case, _who(request))
    made = keeping.further(case, _who(request), draft.name, typed)
    return redirect("call-open", case=case.slug, call=made.name)


def keys(request: HttpRequest, case: Case) -> HttpResponse:
    """What a browser needs to send what it kept: a fresh token for forms, and the keys of one's own calls."""
    account = _who(request)
    names = request.GET.getlist("of")[:100]
    told = {
        "token": get_token(request),
        "owner": keeping.owner_mark(case, account),
        "keys": {name: keeping.key(account, name).hex() for name in names},
    }
    answer = JsonResponse(told)
    answer["Cache-Control"] = "private, no-store"
    return answer


# ── Keeping ──


def _who(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _refusal(case: Case, account: Account, form: QueryDict) -> tuple[int, str] | None:
    if not form.get("call"):
        return 400, _("This form has no call in it. Begin a new one.")
    if form.get("owner", "") not in ("", keeping.owner_mark(case, account)):
        return 409, _("Somebody else is signed in by now. Sign in as the one who typed this, and it will be sent.")
    if len(form.get("text", "")) > keeping.MOST:
        return 400, _("This is too long for one call. Send what is above, and go on in a new one.")
    if keeping.too_often(account):
        return 429, _("Too much at once. Wait a minute, and save again.")
    return None


def _refused(request: HttpRequest, status: int, words: str) -> HttpResponse:
    if wants_json(request):
        answer: HttpResponse = JsonResponse({"error": words}, status=status)
    else:
        answer = render(request, "hotline/refused.html", {"words": words, "form": request.POST}, status=status)
    if status == 429:
        answer["Retry-After"] = str(60 - timezone.now().second)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _nothing(request: HttpRequest, case: Case, account: Account, name: str, typed: Typed) -> HttpResponse:
    """Nothing was typed: nothing is kept, and the form is as it was."""
    draft = Draft(case=case, account=account, name=name)
    wrong = sending.faults(case, draft, typed) if request.POST.get("do") == "send" else {}
    return _shown(request, case, account, draft, typed, wrong)


def _marked(case: Case, draft: Draft, form: QueryDict) -> dict[str, str]:
    """Note what was said to proposals. Gives what was wrong with corrections, by the proposal."""
    asked = form.getlist("mark")
    if not asked:
        return {}
    typed = opened(draft)
    own = {piece.key: piece for piece in understood(case, draft, typed)}
    old = {piece.key: piece for piece in earlier(case, typed)}
    on = seen_on(case, list(old)) if old else {}
    marks: dict[str, Mark] = {}
    wrong = {}
    for what, key in marks_from(own, asked):
        piece = own.get(key) or old.get(key)
        if piece is None:
            continue
        try:
            said = _said(what, piece, form)
        except (Wrong, AtleastError) as fault:
            wrong[key] = str(fault)
            continue
        marks[key] = said | {"on": on[key]} if said and key in on else said
    keeping.mark(draft, marks)
    return wrong


def _said(what: str, piece: Understood, form: QueryDict) -> dict[str, Any]:
    """One mark as it is kept; an empty one takes an earlier one away."""
    if what != "edit":
        return {} if what == "undo" else {"what": what}
    given = {name.removeprefix(f"{piece.key}-"): form[name] for name in form if name.startswith(f"{piece.key}-")}
    replaced = correction(piece.read, given)
    if review.replaced(piece.read, replaced) == piece.read:
        return {"what": "accept"}
    return {"what": "edit", "with": replaced}


def _sent(case: Case, account: Account, draft: Draft, wrong: dict[str, str]) -> Draft:
    try:
        return sending.send(case, account, draft)
    except sending.Moved as moved:
        wrong["text"] = str(moved)
        return draft


# ── Answering ──


def _answer(request: HttpRequest, case: Case, account: Account, draft: Draft, wrong: Mapping[str, str]) -> HttpResponse:
    where = reverse("call-open", args=[case.slug, draft.name])
    if draft.sent_at:
        return _led(request, where, gone=True)
    if wrong or wants_json(request):
        return _shown(request, case, account, draft, opened(draft), wrong)
    return redirect(where)


def _led(request: HttpRequest, where: str, *, gone: bool) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"gone": gone, "where": where})
    return redirect(where)


def _shown(
    request: HttpRequest, case: Case, account: Account, draft: Draft, typed: Typed, wrong: Mapping[str, str]
) -> HttpResponse:
    if not wants_json(request):
        return answered(request, call_page(case, account, draft, typed, wrong), 422 if wrong else 200)
    reading = reading_of(case, draft, typed, wrong)
    told = {
        "call": draft.name,
        "apart": bool(request.POST["call"] != draft.name),
        "version": draft.version,
        "saved": timezone.localtime(draft.saved_at).strftime("%H:%M:%S"),
        "where": reverse("call-open", args=[case.slug, draft.name]),
        "key": keeping.key(account, draft.name).hex(),
        "slip": signed_out.slip(account, case, draft.name),
        "wrong": {name: words for name, words in wrong.items() if name in ("text", "when")},
        "understood": render_to_string("hotline/understood.html", {"reading": reading}, request),
    }
    answer = JsonResponse(told)
    answer["Cache-Control"] = "private, no-store"
    return answer
