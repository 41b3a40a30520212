"""Taking a person who is erased out of what each account has seen of the board."""

from atleast.web.forgetting.names import Name
from atleast.web.house.models import Case

from .models import Moved, Seen


def forget(case: Case, name: Name, touched: set[str]) -> int:
    """Drop what accounts have seen: a contradiction is known there by its claims, and those were changed. And see to
    it that a case that stays reckoned is reckoned anew: texts of its reports were changed."""
    Moved.objects.create(case=case, number=case.number)
    return Seen.objects.filter(case=case).delete()[0]
