"""Corrections to a proposal, as they are typed: a number, what befell them, of which station; a name."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from atleast.model import Claim, Mention, Number, encode
from atleast.model.vocabulary import HAPPENINGS, QUANTITIES
from atleast.tell import Words

Quoted = Claim | Mention

_SHAPES = (
    ("range", re.compile(r"(\d+)\s*[-–—]\s*(\d+)")),
    ("at_least", re.compile(r"(\d+)\s*\+|(?:>=|≥)\s*(\d+)")),
    ("at_most", re.compile(r"(?:<=|≤)\s*(\d+)")),
    ("about", re.compile(r"[~≈]\s*(\d+)")),
    ("exact", re.compile(r"(\d+)")),
)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a correction: what it is called in the form, what stands in it, and, of a closed list, its words."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()


class Wrong(Exception):
    """What was typed for a correction cannot stand there; its words say what would."""


def fields(record: Quoted, words: Words) -> tuple[Field, ...]:
    """What can be corrected of a proposal, as it stands. The rest is corrected in the line itself."""
    if isinstance(record, Claim):
        return (
            Field("number", _("How many: 5, 15-20, 40+, ~20, ≤25"), typed_number(record)),
            Field("quantity", _("What befell them"), record.quantity, _choices("quantity", QUANTITIES, words)),
            Field("of", _("Of which station, van, yard"), record.of or ""),
        )
    first = record.happened[0].what if record.happened else ""
    return (
        Field("name", _("Name as told"), record.name or ""),
        Field("happened", _("What befell this person"), first, _choices("happened", HAPPENINGS, words)),
        Field("station", _("Station"), record.station or ""),
    )


def _choices(section: str, known: Mapping[str, str], words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((name, words.word(section, name)) for name in known)


def correction(record: Quoted, form: Mapping[str, str]) -> dict[str, Any]:
    """The fields that an edit replaces.

    Args:
        form: What was typed, by the names of `fields`.

    Raises:
        Wrong: A number that is none, or a word of no list.
    """
    given = {name: form.get(name, "").strip()[:_LONGEST] for name in ("number", "quantity", "of", "name", "station")}
    if isinstance(record, Claim):
        if given["quantity"] not in QUANTITIES:
            raise Wrong(_("Choose what befell them."))
        told = {"quantity": given["quantity"], "of": given["of"] or None}
        same = given["number"] == typed_number(record)
        return told if same else told | number(given["number"])
    return {"name": given["name"] or None, "station": given["station"] or None} | _befell(record, form)


def _befell(record: Mention, form: Mapping[str, str]) -> dict[str, Any]:
    what = form.get("happened", "")
    if what not in HAPPENINGS:
        raise Wrong(_("Choose what befell this person."))
    there = json.loads(encode(record)).get("happened") or [{}]
    return {"happened": [{**there[0], "what": what}, *there[1:]]}


def number(typed: str) -> dict[str, Any]:
    """The fields of a claim that say how many.

    >>> number("15-20")
    {'low': 15, 'high': 20, 'bound': 'range', 'hedge': None}
    """
    for bound, shape in _SHAPES:
        if found := shape.fullmatch(typed):
            figures = sorted(int(each) for each in found.groups() if each)
            low, high = figures[0], figures[-1]
            open_ends = {"at_least": (low, None), "at_most": (None, high)}
            low_, high_ = open_ends.get(bound, (low, high))
            return {"low": low_, "high": high_, "bound": bound, "hedge": None}
    raise Wrong(_("Write the number as 5, 15-20, 40+, ~20 or ≤25."))


def typed_number(claim: Claim) -> str:
    """A number as a volunteer types it: 5, 15-20, 40+, ~20, ≤25."""
    low, high = _bare(claim.low), _bare(claim.high)
    if claim.bound == "about":
        return f"~{low or high}"
    if not high:
        return f"{low}+"
    if not low:
        return f"≤{high}"
    return low if low == high else f"{low}-{high}"


def _bare(value: Number | None) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
