"""Taking a person who is erased out of calls that are being taken down."""

from dataclasses import replace
from typing import Any

from atleast.web.forgetting.names import Name
from atleast.web.house.models import Case

from .models import Draft
from .typed import FIELDS, opened, sealed


def forget(case: Case, name: Name, touched: set[str]) -> int:
    """Cover the name in drafts; forget by what a call is known again in which it stood. Returns how many there were."""
    Draft.objects.filter(case=case, name__in=touched).exclude(sent_at=None).update(sent_as="")
    count = 0
    for draft in Draft.objects.filter(case=case, sent_at=None):
        typed = opened(draft)
        told: dict[str, Any] = {each: name.blackened(getattr(typed, each)) for each in FIELDS}
        told["marks"] = {key: mark for key, mark in typed.marks.items() if not name.holds([key, mark])}
        covered = replace(typed, **told)
        if covered != typed:
            draft.body, draft.version = sealed(draft, covered), draft.version + 1
            draft.save(update_fields=["body", "version"])
            count += 1
    return count
