"""Times of records, as people read them."""

from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html

register = template.Library()


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
