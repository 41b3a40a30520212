"""The words for what a column of a spreadsheet can be, and the form in which somebody says it."""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from atleast.collect.tables import FIELDS, Column, Mapping
from atleast.model import BadRecord
from atleast.model.vocabulary import QUANTITIES

FIELD_NAMES = {
    "name": _("the name of a person"),
    "role": _("what the person is: student, lawyer"),
    "place": _("town or region"),
    "station": _("the police station"),
    "date": _("the day"),
    "time": _("the time of day"),
    "number": _("how many people"),
    "article": _("the article of law"),
    "status": _("what befell the person, in a word"),
    "source": _("who says so"),
    "note": _("a remark"),
    "detained": pgettext_lazy("column", "detained"),
    "transferred": _("moved elsewhere"),
    "released": pgettext_lazy("column", "released"),
    "charged": _("charged"),
    "hearing": _("a hearing"),
    "fined": pgettext_lazy("column", "fined"),
    "jailed": _("jailed"),
    "injured": _("injured"),
    "force": _("force used"),
    "denied_counsel": _("a lawyer was not let in"),
    "denied_care": _("medical care was refused"),
    "confiscated": _("belongings taken"),
    "search": _("a search"),
    "still_held": _("still held"),
    "charges": _("papers drawn up"),
    "to_court": _("to appear in court"),
    "killed": _("killed"),
    "participants": _("taking part"),
    "rallies": _("rallies"),
    "cities": _("cities and towns"),
    "regions": _("regions"),
    "police_bodies": _("police stations"),
    "minors": _("minors"),
    "women": _("women"),
    "journalists": _("journalists"),
    "phone": _("contact: telephone"),
    "email": _("contact: e-mail"),
    "address": _("contact: address"),
    "relative": _("contact: a relative"),
    "contact": _("contact"),
    "ignored": _("— not read —"),
    "other": _("something else"),
}
ORDERS = {"": _("not said"), "day": _("day first"), "month": _("month first")}
COUNTED = tuple(each for each in QUANTITIES if each != "other")


def choices() -> tuple[tuple[str, str], ...]:
    """What a column can be, in the words of the reader."""
    return tuple((field, str(FIELD_NAMES.get(field, field))) for field in FIELDS)


def mapped(known: Sequence[Column], guessed: Mapping, given: Table[str, Any]) -> Mapping:
    """How a sheet is read by what somebody said in the form.

    Raises:
        BadRecord: Something of it cannot be; told in words.
    """
    columns = tuple((column.heading, str(given.get(f"column-{n}", "ignored"))) for n, column in enumerate(known))
    key = tuple(column.heading for n, column in enumerate(known) if given.get(f"key-{n}"))

    def told(name: str) -> str | None:
        return str(given.get(name, "")).strip() or None

    year = told("year")
    if year and not (year.isdecimal() and len(year) == 4):
        raise BadRecord("no year", value=year, remedy="Write it with four digits")
    return replace(
        guessed,
        columns=columns,
        key=key,
        order=told("order"),
        year=int(year) if year else None,
        counts=told("counts") or "detained",
        place=told("place"),
        date=told("date"),
        claimant=told("claimant"),
    )
