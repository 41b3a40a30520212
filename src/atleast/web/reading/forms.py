"""The form of a record, made from its dataclass: what each field is called, what it means, what may stand in it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from atleast import review
from atleast.model import BadRecord, Claim, Happening, Mention, Report, clean, encode, record_of, span
from atleast.model.records import Number

from .texts import places
from .words import LABELS, said

Quoting = Claim | Mention
# What is no business of a form: whose record it is, how it was read, and where the quote stands, which follows from it.
_NOT_ASKED = frozenset({"id", "report", "quote", "start", "end", "tier", "readers", "evidence", "extra"})
_LONG = frozenset({"note"})
_SPARE_ROWS = 1


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `sort` is how it is asked: text, long, number, when, choice or lines."""

    name: str
    label: str
    help: str
    value: str
    sort: str
    choices: tuple[tuple[str, str], ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that befell a person, with its own fields."""

    number: int
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one record, as they stand or as they were typed; `made` is the id of one that is to be added."""

    prefix: str
    record: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    made: str = ""

    @property
    def errors(self) -> tuple[Field, ...]:
        """The fields in which something has to be put right."""
        return tuple(each for each in (*self.fields, *(f for row in self.rows for f in row.fields)) if each.error)


def form(record: Quoting, prefix: str = "", *, made: str = "") -> Form:
    """The form of a record as it stands."""
    asked = [Field(prefix + "quote", str(LABELS["quote"]), _help(record, "quote"), record.quote, "long")]
    asked += [_field(record, f, prefix) for f in fields(record) if f.name not in _NOT_ASKED | {"happened"}]
    rows: tuple[Row, ...] = ()
    if isinstance(record, Mention):
        happened = (*record.happened, *[None] * _SPARE_ROWS)
        rows = tuple(_row(number, each, prefix) for number, each in enumerate(happened))
    return Form(prefix, record.record, tuple(asked), rows, made)


def typed(form: Form, post: Mapping[str, str]) -> Form:
    """The form with what was typed into it, and beside each field what cannot stand there."""
    return replace(
        form,
        fields=tuple(_checked(each, post) for each in form.fields),
        rows=tuple(replace(row, fields=tuple(_checked(each, post) for each in row.fields)) for row in form.rows),
    )


def values(form: Form, base: Quoting) -> dict[str, Any]:
    """What a form without errors says, by wire names; without the quote."""
    found = {each.name.removeprefix(form.prefix): _value(each) for each in form.fields}
    found.pop("quote")
    if isinstance(base, Mention):
        found["happened"] = list(_happened(form, base))
    return found


def placed(form: Form, report: Report, base: Quoting, post: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """Where the quote of a form stands in the report, as wire names; or what is wrong with it.

    Of several places it is the one that was selected, the one whose number was typed, or the one nearest to where the
    quote stood before.
    """
    quote = next(each.value for each in form.fields if each.name == f"{form.prefix}quote")
    start = _whole(post.get(f"{form.prefix}start", ""))
    if start is not None and quote and report.text[start : start + len(quote)] == quote:
        return {"quote": quote, "start": start, "end": start + len(quote)}, ""
    found = places(report.text, quote)
    if not found:
        return {}, _("These words do not stand in the report. Copy them from its text.")
    nth = _whole(post.get(f"{form.prefix}nth", ""))
    if nth is not None and not 1 <= nth <= len(found):
        return {}, _("The report has these words %(count)s times only.") % {"count": len(found)}
    begin, end = found[nth - 1] if nth else min(found, key=lambda each: abs(each[0] - base.start))
    return {"quote": report.text[begin:end], "start": begin, "end": end}, ""


def record(form: Form, report: Report, base: Quoting, post: Mapping[str, str]) -> tuple[Form, Quoting | None]:
    """The record that a form makes of `base`; or None, and the form with what has to be put right in it.

    Fields that the form does not ask for stay as they are.
    """
    form = typed(form, post)
    where, wrong = placed(form, report, base, post)
    if wrong:
        form = _wrong(form, f"{form.prefix}quote", wrong)
    if isinstance(base, Claim) and not form.errors:
        form = _fitting(form)
    if form.errors:
        return form, None
    row = json.loads(encode(base)) | values(form, base) | where
    try:
        made = record_of(row)
    except BadRecord as wrong_:
        return _wrong(form, form.fields[0].name, str(wrong_)), None
    assert isinstance(made, Claim | Mention)
    return form, made


def differing(before: Quoting, after: Quoting) -> dict[str, Any]:
    """The fields, by wire names, that make the one record into the other, as an edit carries them."""
    one, other = json.loads(encode(before)), json.loads(encode(after))
    # A quiet field is left out when it is empty; an edit has to say so.
    empty: dict[str, Any] = {name: [] if isinstance(value, list) else None for name, value in one.items()}
    found = {name: value for name, value in (empty | other).items() if one.get(name) != value}
    found.pop("evidence", None)
    if {"quote", "start", "end"} & set(found):
        found |= {name: other[name] for name in ("quote", "start", "end")}
    review.replaced(before, found)  # raises what an edit would stumble over
    return found


def whole(record: Quoting) -> dict[str, Any]:
    """All that an edit may say of a record, by wire names."""
    row = json.loads(encode(record))
    return {name: value for name, value in row.items() if name not in ("record", "id", "report", "evidence")}


def _field(record: Any, f: Any, prefix: str) -> Field:
    value, given = getattr(record, f.name), f.metadata.get("words")
    choices: tuple[tuple[str, str], ...] = ()
    sort = "long" if f.name in _LONG else "lines" if isinstance(value, tuple) else "text"
    if given:
        sort = "choice"
        none = (("", "—"),) if f.default is None else ()
        choices = (*none, *((word, said(f.name, word)) for word in given))
        if value and value not in given:
            choices = (*choices, (value, value))
    elif f.metadata.get("check") == "when":
        sort = "when"
    elif f.metadata.get("unit") == "people":
        sort = "number"
    label, help = str(LABELS[f.name]), _told(f.metadata["help"])
    # What only says the label again is no help.
    help = "" if help.rstrip(".").casefold() == label.casefold() else help
    return Field(prefix + f.name, label, help, _shown(value), sort, choices)


def _row(number: int, happening: Happening | None, prefix: str) -> Row:
    each = happening or Happening("")
    asked = tuple(
        _field(each, f, f"{prefix}happened-{number}-") for f in fields(Happening) if not f.metadata.get("extra")
    )
    what = replace(asked[0], choices=(("", "—"), *asked[0].choices))
    return Row(number, (what, *asked[1:]))


def _help(record: Quoting, name: str) -> str:
    return _told(next(f.metadata["help"] for f in fields(record) if f.name == name))


def _told(help: str) -> str:
    """What a field means; what is null on the wire is left empty in a form."""
    return str(_(help)).replace("null", "empty")


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _checked(field: Field, post: Mapping[str, str]) -> Field:
    value = clean(post.get(field.name, "")).strip()
    return replace(field, value=value, error=_amiss(replace(field, value=value)))


def _amiss(field: Field) -> str:
    """What is wrong with a value; nothing where it may stand."""
    value = field.value
    if field.sort == "choice" and value not in dict(field.choices):
        return _("Choose one of the list.")
    if not value:
        return ""
    if field.sort == "number" and _number(value) is None:
        return _("Write a number in digits, or nothing.")
    if field.sort == "when":
        try:
            span(value)
        except BadRecord:
            return _("Write a day or a moment: 2031-05-03, 2031-05-03T21:00+02:00, or --05-03 without the year.")
    return ""


def _fitting(form: Form) -> Form:
    """What fields of a claim say together."""
    told = {each.name.removeprefix(form.prefix): each.value for each in form.fields}
    low, high = _number(told["low"]), _number(told["high"])
    if low is not None and high is not None and low > high:
        return _wrong(form, f"{form.prefix}high", _("The largest number is smaller than the smallest."))
    if told["bound"] == "exact" and low != high:
        return _wrong(form, f"{form.prefix}high", _("“This many” has the same smallest and largest number."))
    if told["bound"] in ("at_least", "vague") and low is None:
        return _wrong(form, f"{form.prefix}low", _("Say how many at least."))
    if told["bound"] == "at_most" and high is None:
        return _wrong(form, f"{form.prefix}high", _("Say how many at most."))
    return form


def _wrong(form: Form, name: str, error: str) -> Form:
    return replace(form, fields=tuple(replace(f, error=error) if f.name == name else f for f in form.fields))


def _value(field: Field) -> Any:
    if field.sort == "lines":
        return [line.strip() for line in field.value.split("\n") if line.strip()]
    if field.sort == "number":
        return _number(field.value)
    return field.value or None


def _happened(form: Form, base: Mention) -> Iterator[dict[str, Any]]:
    """The things that befell the person; what another tool had noted of one stays with it."""
    before: Sequence[Any] = json.loads(encode(base)).get("happened", [])
    for row in form.rows:
        told = {each.name.rpartition("-")[2]: _value(each) for each in row.fields}
        if told["what"]:
            yield (before[row.number] if row.number < len(before) else {}) | told


def _number(value: str) -> Number | None:
    try:
        number = float(value.replace(" ", "").replace("\u00a0", ""))
    except ValueError:
        return None
    if not 0 <= number < 1e12:
        return None
    return int(number) if number.is_integer() else number


def _whole(value: str) -> int | None:
    return int(value) if value.strip().isdecimal() else None
