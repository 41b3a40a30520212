"""Words and links for the pages of intake."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

register = template.Library()

_RECORDS = {"report": _("Reports"), "claim": _("Claims"), "mention": _("Mentions"), "decision": _("Decisions")}


@register.filter
def records_named(kind: str) -> str:
    """What records of a kind are called."""
    return str(_RECORDS.get(kind, kind))


@register.simple_tag
def report_link(case: Any, name: str, title: str) -> str:
    """A report's title, as a link to where it is read."""
    shown = title or _("a report without a title")
    try:
        where = reverse("report", kwargs={"case": case.slug, "report": name})
    except NoReverseMatch:
        return format_html("<bdi>{}</bdi>", shown)
    return format_html('<a href="{}"><bdi>{}</bdi></a>', where, shown)
