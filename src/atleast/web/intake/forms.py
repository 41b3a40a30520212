"""The words of what somebody hands over: pasted text, a link, and what documents do not say themselves."""

import re
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from atleast.model import BadRecord, span
from atleast.model.vocabulary import REPORT_KINDS
from atleast.web.house.models import Case

KIND_NAMES = {
    "news": _("a press report"),
    "statement": _("an official statement or answer"),
    "bulletin": _("a monitor's bulletin or running list"),
    "list": _("a list of names"),
    "call": _("a hotline call"),
    "note": _("a lawyer's or volunteer's note"),
    "court": _("a court paper"),
    "post": _("a post in a social network or channel"),
}
assert KIND_NAMES.keys() == REPORT_KINDS.keys()

_LINK = re.compile(r"https?://(?:\w[\w.-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)


class TakeInForm(forms.Form):
    """The words of what is handed over; files stand beside the form, for there may be many."""

    text = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        label=_("Paste text"),
        help_text=_("An article, a post, the source of a page, or records in the wire form."),
        strip=False,
    )
    url = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Link"),
        help_text=_("Where one document was found. It is noted and never opened: save the page and add it above."),
    )
    published = forms.CharField(
        required=False,
        max_length=40,
        label=_("Published"),
        help_text=_("A day or a time, as 2031-05-03 or 2031-05-03 21:00."),
    )
    publisher = forms.CharField(required=False, max_length=200, label=_("Publisher"))
    language = forms.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        required=False,
        max_length=16,
        label=_("Language"),
        help_text=_("As en, ru, uk. Left empty, it is told from the text."),
        error_messages={"invalid": _("Write the language as two letters: en, ru, uk.")},
    )
    kind = forms.ChoiceField(required=False, choices=[("", "—"), *KIND_NAMES.items()], label=_("Kind"))

    said: ClassVar = ("published", "publisher", "language", "kind")

    def __init__(self, *given: Any, case: Case) -> None:
        super().__init__(*given, label_suffix="")
        self.case = case

    def clean_url(self) -> str:
        """Only http and https, with a host and without a name or a password before it."""
        given = str(self.cleaned_data["url"]).strip()
        if not given:
            return ""
        if not _LINK.fullmatch(given) or not given.isprintable():
            raise forms.ValidationError(_("This is no link. It must begin with http:// or https://"))
        return given

    def clean_published(self) -> str:
        """A time without a zone is one of the case's zone."""
        given = str(self.cleaned_data["published"]).strip().replace(" ", "T", 1)
        if not given:
            return ""
        try:
            if "T" in given and (moment := datetime.fromisoformat(given)).tzinfo is None:
                given = moment.replace(tzinfo=self.case.tz).isoformat(timespec="minutes")
            span(given)
        except (ValueError, BadRecord):
            raise forms.ValidationError(
                _("This is no day and no time. Write 2031-05-03 or 2031-05-03 21:00.")
            ) from None
        return given
