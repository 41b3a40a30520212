"""A page is a dataclass: the template draws it and adds nothing, and the same object is the JSON.

A view takes the request (and the case) and returns a page, or an answer of Django's where there is nothing to draw.
Each address is declared once with the right that it needs, by `case_path` or `site_path`; so the list of all pages
(`ROUTES`), their rights and the description of the JSON interface cannot fall apart.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, wraps
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar, get_args, get_origin, get_type_hints

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from .house.models import Audit, Case, rights_in
from .house.rights import Right, Site


class Page(Protocol):
    """What a view gives to be shown: a frozen dataclass whose fields are the page."""

    template: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Route:
    """One address, what it is called, and who may use it how."""

    name: str
    pattern: str
    may: Right | Site
    methods: tuple[str, ...]
    page: type | None
    audited: str
    asks: Mapping[str, "Asked"]


class Asked(NamedTuple):
    """What a page may be asked in its query: as what (`str`, `int`, or one of several words), and what it means."""

    kind: Any
    says: str


ROUTES: dict[str, Route] = {}
View = Callable[..., Any]
V = TypeVar("V", bound=View)


def asks(**told: tuple[Any, str]) -> Callable[[V], V]:
    """Says of a view what it reads from the query; it stands where that is read, and the description is made of it.

    Whatever is said wrongly is passed over: a page is shown as if it had not been asked. All of it may be left out.

    >>> @asks(page=(int, "Which page of the list, from 1."))
    ... def lists(request): ...
    >>> lists.asks["page"].says
    'Which page of the list, from 1.'
    """

    def noted(view: V) -> V:
        view.asks = {name: Asked(*each) for name, each in told.items()}  # type: ignore[attr-defined]
        return view

    return noted


PAGED: Mapping[str, tuple[Any, str]] = {"page": (int, "Which page of the list, from 1.")}


def case_path(
    pattern: str, view: View, name: str, *, may: Right, methods: tuple[str, ...] = ("GET",), audited: str = ""
) -> URLPattern:
    """An address within a case: `<case>/` stands before the pattern. The view gets the request and the case.

    Args:
        may: The right that is needed. Who is no member of the case is told that there is none of that name.
        methods: The methods that are answered; HEAD comes with GET.
        audited: What to note of each use ("saw a person"), where reading is noted, too.
    """
    noted = _noted(name, f"<slug:case>/{pattern}", may, methods, view, audited)
    return path(f"<slug:case>/{pattern}", _within_case(view, noted), name=name)


def site_path(
    pattern: str, view: View, name: str, *, may: Site, methods: tuple[str, ...] = ("GET",), audited: str = ""
) -> URLPattern:
    """An address that belongs to no case."""
    noted = _noted(name, pattern, may, methods, view, audited)
    return path(pattern, _of_site(view, noted), name=name)


def _noted(name: str, pattern: str, may: Right | Site, methods: tuple[str, ...], view: View, audited: str) -> Route:
    if ROUTES.get(name) is not None and ROUTES[name].pattern != pattern:
        raise ValueError(f"two pages are called {name}")
    made = view.__annotations__.get("return")
    given = (each for each in get_args(made) or (made,) if isinstance(each, type) and dataclasses.is_dataclass(each))
    page = next(given, None)
    ROUTES[name] = Route(name, pattern, may, methods, page, audited, getattr(view, "asks", {}))
    return ROUTES[name]


def _within_case(view: View, route: Route) -> View:
    @require_http_methods([*route.methods, "HEAD"] if "GET" in route.methods else list(route.methods))
    @wraps(view)
    def shown_to_members(request: HttpRequest, case: str, **parts: Any) -> HttpResponse:
        _without_nul(request, parts)
        if not request.user.is_authenticated:
            return sent_to_sign_in(request)
        found = get_object_or_404(Case, slug=case)
        request.rights = rights_in(request.user, found)
        if not request.rights:
            raise Http404
        if route.may not in request.rights:
            return refused(request, 403)
        request.case = found
        with timezone.override(found.tz):
            answer = answered(request, view(request, found, **parts))
        if route.audited and answer.status_code < 400:
            about = next((value for value in parts.values() if isinstance(value, str)), "")
            note(request, route.audited, page=route.name, about=about)
        return answer

    shown_to_members.route = route
    return shown_to_members


def _of_site(view: View, route: Route) -> View:
    @require_http_methods([*route.methods, "HEAD"] if "GET" in route.methods else list(route.methods))
    @wraps(view)
    def shown(request: HttpRequest, **parts: Any) -> HttpResponse:
        _without_nul(request, parts)
        if route.may is not Site.ANYONE and not request.user.is_authenticated:
            return sent_to_sign_in(request)
        if route.may is Site.OWNER and not request.user.is_superuser:
            return refused(request, 403)
        return answered(request, view(request, **parts))

    shown.route = route
    return shown


def _without_nul(request: HttpRequest, parts: Mapping[str, Any]) -> None:
    """What PostgreSQL cannot hold: there is nothing of such a name, and in what is asked or typed it is passed over."""
    if any("\0" in str(part) for part in parts.values()):
        raise Http404
    for given in ("GET", "POST"):
        if any("\0" in each for name, values in getattr(request, given).lists() for each in (name, *values)):
            made = QueryDict(mutable=True)
            for name, values in getattr(request, given).lists():
                made.setlist(name.replace("\0", ""), [each.replace("\0", "") for each in values])
            setattr(request, given, made)


def sent_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where to sign in; for a program, that it has not done so."""
    return refused(request, 401) if wants_json(request) else redirect_to_login(request.get_full_path())


_REFUSALS = {
    401: ("", "sign in first"),
    403: ("forbidden.html", "your role does not include this"),
    404: ("not_found.html", "there is no such page, or none that you can see"),
    500: ("broken.html", "something broke"),
}


def refused(request: HttpRequest, status: int) -> HttpResponse:
    """A refusal as a page, or as JSON where that is asked for. It says no more than its status does."""
    template, words = _REFUSALS[status]
    if wants_json(request):
        return JsonResponse({"error": words}, status=status)
    return render(request, template, status=status)


def answered(request: HttpRequest, page: Any, status: int = 200) -> HttpResponse:
    """A page as HTML, or as JSON where that is asked for: by `?format=json` or by the Accept header."""
    if isinstance(page, HttpResponseBase):
        return page
    if wants_json(request):
        answer = HttpResponse(json.dumps(plain(page), ensure_ascii=False), content_type="application/json")
    else:
        answer = render(request, page.template, {"page": page}, status=status)
    answer.status_code = status
    answer["Cache-Control"] = "private, no-store"
    return answer


def wants_json(request: HttpRequest) -> bool:
    return (
        request.GET.get("format") == "json"
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


def plain(value: Any) -> Any:
    """A page, or a part of one, in the words of JSON."""
    match value:
        case None | str() | bool() | int() | float():
            return value if not isinstance(value, Enum) else value.value
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case tuple() if hasattr(value, "_asdict"):
            return {name: plain(each) for name, each in value._asdict().items()}
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return str(value)


def made(kind: Any, value: Any) -> Any:
    """What `plain` made of a dataclass, a named tuple or a tuple of them, as these again."""
    if value is None or kind is Any or kind in (str, int, bool, float):
        return value
    if isinstance(kind, types.UnionType) or get_origin(kind) is typing.Union:
        return made(next(each for each in get_args(kind) if each is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(made(get_args(kind)[0], each) for each in value)
    if isinstance(value, dict) and not (dataclasses.is_dataclass(kind) or hasattr(kind, "_fields")):
        return {name: made(get_args(kind)[1], each) for name, each in value.items()}
    return kind(**{name: made(hint, value[name]) for name, hint in _hints(kind).items() if name in value})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def note(request: HttpRequest, did: str, *, page: str, about: str = "", count: int | None = None) -> None:
    """Note that somebody looked at or took out something. What it was is told by an id, never by a name."""
    Audit.objects.create(
        account=request.user, case=getattr(request, "case", None), did=did, page=page, about=about[:64], count=count
    )


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page knows: the case, what the reader may do in it, the language."""
    language = translation.get_language() or "en"
    return {
        "case": getattr(request, "case", None),
        "may": {right.name: right in getattr(request, "rights", ()) for right in Right},
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "language": language,
        "zone": zone_said(str(timezone.get_current_timezone())),
    }


def zone_said(name: str) -> str:
    """The name of a zone as people say it. The signs of `Etc/GMT-3` are turned round: it is UTC+3."""
    turned = name.removeprefix("Etc/GMT")
    return name if turned == name or not turned else f"UTC{-int(turned):+d}"


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent too late or from elsewhere: said plainly, and nothing that was typed is thrown away."""
    return render(request, "stale_form.html", status=403)
