"""What somebody typed into the form of a call, and how it is sealed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from atleast.web.vault import vault

from .models import Draft

FIELDS = ("text", "language", "caller", "contact", "where", "when")
Mark = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form.

    Attributes:
        language: Of the text.
        caller: Who calls: witness, detainee, lawyer, relative; empty for not told.
        contact: How to reach whoever calls.
        where: The town, as typed.
        when: The moment of the call by the clock of the case, as a browser writes it: 2041-05-05T02:30.
        refers: The earlier call that this one adds to or corrects.
        marks: What was said to each proposal, by its key: {"what": "accept"}, "reject", "edit" with the fields `with`;
            to a claim or mention of the earlier call by its id, with `on`, what had been decided about it.
    """

    text: str = ""
    language: str = ""
    caller: str = ""
    contact: str = ""
    where: str = ""
    when: str = ""
    refers: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed that would be a loss."""
        return not (self.text.strip() or self.contact.strip())

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.split("\n") if line.strip()]

    def same(self, other: "Typed") -> bool:
        """Whether the same was typed; marks aside, which each window shows as they are."""
        return all(getattr(self, name) == getattr(other, name) for name in FIELDS)

    def marked(self, marks: Mapping[str, Mark]) -> "Typed":
        """The same with these marks besides; one that says nothing takes an earlier one away."""
        both = {**self.marks, **marks}
        return replace(self, marks={key: mark for key, mark in both.items() if mark})


def from_form(form: Mapping[str, str]) -> Typed:
    """What a browser sent."""
    told: dict[str, Any] = {name: form.get(name, "").replace("\r\n", "\n").replace("\0", "") for name in FIELDS}
    return Typed(**told)


def opened(draft: Draft) -> Typed:
    """What stands in a draft; nothing, once it was sent."""
    if not draft.body:
        return Typed()
    return Typed(**vault().unseal_json(draft.body, of=f"draft {draft.name}"))


def sealed(draft: Draft, typed: Typed) -> bytes:
    return vault().seal_json(asdict(typed), of=f"draft {draft.name}")


def print_of(draft: Draft, typed: Typed) -> str:
    """By what the same is known again once it was sent; it tells nothing."""
    told = json.dumps([draft.name, *(getattr(typed, name) for name in FIELDS)])
    return vault().name(told.encode("utf-8", "surrogatepass"))


def moment(when: str, zone: ZoneInfo, began: datetime) -> datetime | None:
    """The moment that a clock of the case showed; None where no clock ever showed it.

    The hour that comes twice in autumn is the one nearer to the moment when the call was begun.
    """
    try:
        local = datetime.fromisoformat(when)
    except ValueError:
        return None
    if local.tzinfo is not None:
        return None
    both = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    real = [each for each in both if each.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local]
    return min(real, key=lambda each: abs(each.astimezone(UTC) - began), default=None)


def too_late(at: datetime, now: datetime) -> bool:
    """Whether a moment has not come yet: clocks differ by a few minutes, calls do not come from tomorrow."""
    return at - now > timedelta(minutes=15)
