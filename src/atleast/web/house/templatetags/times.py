"""Times of records, as people read them."""

import re
from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join

register = template.Library()
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)")


@register.filter
def said(written: str | None) -> str:
    """A date or moment of the wire form as people read it: a moment by the clock of the case, a day as it stands.

    A moment without a zone was told by the clock of its place, and no other: it stays as it was written.
    """
    if not written or "T" not in written:
        return written or ""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    if moment.tzinfo is None:
        return written.replace("T", " ")
    shown = formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), shown)


@register.filter
def clocked(line: str) -> str:
    """A line of words with the moments in it as people read them, as `said` does."""
    return format_html_join("", "{}", ((said(each) if n % 2 else each,) for n, each in enumerate(_MOMENT.split(line))))
