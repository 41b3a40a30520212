"""The list of cases, and making a new one."""

from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .house.models import Case, Membership
from .house.rights import Role
from .pages import refused


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the list."""

    slug: str
    title: str
    entries: int


@dataclass(frozen=True, slots=True)
class CasesPage:
    """The cases that somebody works in."""

    template: ClassVar[str] = "cases.html"
    cases: tuple[CaseLine, ...]
    may_make: bool


def cases(request: HttpRequest) -> CasesPage:
    """The cases of whoever asks; who works in one only is led there."""
    found = Case.objects.all()
    if not request.user.is_superuser:
        found = found.filter(pk__in=Membership.objects.filter(account=request.user).values("case"))
    lines = tuple(CaseLine(case.slug, case.title, case.number) for case in found)
    return CasesPage(lines, request.user.is_superuser)


class CaseForm(forms.ModelForm):
    """What a case is called, where its clock stands, and whether two people must agree."""

    class Meta:
        model = Case
        fields: ClassVar = ["title", "slug", "zone", "two_persons"]
        labels: ClassVar = {
            "title": _("What happened, where, when"),
            "slug": _("Name in addresses"),
            "zone": _("Time zone"),
            "two_persons": _("Every decision needs a second person"),
        }
        help_texts: ClassVar = {
            "slug": _("Latin letters, digits and hyphens. Anyone who looks over a shoulder can read it."),
            "zone": _("As in Europe/Warsaw. Times of this case are shown in it."),
        }

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, label_suffix="", **given)
        self.fields["slug"].required = False

    def clean_zone(self) -> str:
        zone = self.cleaned_data["zone"]
        if zone not in available_timezones():
            raise forms.ValidationError(_("No such time zone. Write it as Europe/Warsaw or UTC."))
        return str(zone)

    def clean_slug(self) -> str:
        made = (
            self.cleaned_data["slug"] or slugify(self.data.get("title", ""))[:60] or f"case-{Case.objects.count() + 1}"
        )
        if made in RESERVED:
            raise forms.ValidationError(_("This name is needed by the desk itself. Choose another."))
        return str(made)


RESERVED = frozenset("pictures.css new enter healthy i18n account accounts history static api invited cases".split())
"""First parts of addresses that no case can have for its name."""


@dataclass(frozen=True, slots=True)
class NewCasePage:
    """The form for a new case."""

    template: ClassVar[str] = "new_case.html"
    form: Any


def new_case(request: HttpRequest) -> Any:
    """Make a case; whoever makes it is its admin."""
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = form.save()
        Membership.objects.create(case=case, account=request.user, role=Role.ADMIN)
        return redirect("board", case=case.slug)
    return NewCasePage(form)


def healthy(request: HttpRequest) -> HttpResponse:
    """Whether the desk and its database answer; for whoever watches over the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or none that this reader may know of."""
    return refused(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something broke; nothing that was written before is lost."""
    return refused(request, 500)
