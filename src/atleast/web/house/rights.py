"""Who may do what in a case. The only table of it: each page names the right that it needs, and nothing else decides.

A role is given per case; somebody may have several. The rights of several roles add up.
"""

from collections.abc import Iterable, Mapping
from enum import Enum, StrEnum
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What somebody does in a case."""

    INTAKE = "intake"
    READER = "reader"
    LAWYER = "lawyer"
    EDITOR = "editor"
    ADMIN = "admin"


ROLE_NAMES = {
    Role.INTAKE: _("Intake"),
    Role.READER: _("Reader"),
    Role.LAWYER: _("Lawyer"),
    Role.EDITOR: _("Editor"),
    Role.ADMIN: _("Admin"),
}


class Right(StrEnum):
    """One thing that may be done in a case."""

    SEE_BOARD = "see the board"
    TAKE_IN = "take in reports and calls"
    SEE_REPORTS = "see reports and their readings"
    REVIEW = "decide about readings"
    SEE_PEOPLE = "see people"
    SEE_CONTACTS = "see contact details"
    LINK_PEOPLE = "decide who is who"
    EXPORT = "take records out of the desk"
    SEE_HISTORY = "see who did what"
    RUN_CASE = "set up the case, invite and dismiss"
    FORGET = "erase a person"


# An intake volunteer takes calls in and sees the board; who was seized is seen by those who work on it.
_MAY: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.INTAKE: frozenset({Right.SEE_BOARD, Right.TAKE_IN}),
        Role.READER: frozenset({Right.SEE_BOARD, Right.TAKE_IN, Right.SEE_REPORTS, Right.REVIEW, Right.SEE_PEOPLE}),
        Role.LAWYER: frozenset(
            {
                Right.SEE_BOARD,
                Right.TAKE_IN,
                Right.SEE_REPORTS,
                Right.SEE_PEOPLE,
                Right.SEE_CONTACTS,
                Right.LINK_PEOPLE,
            }
        ),
        Role.EDITOR: frozenset(
            {
                Right.SEE_BOARD,
                Right.TAKE_IN,
                Right.SEE_REPORTS,
                Right.REVIEW,
                Right.SEE_PEOPLE,
                Right.LINK_PEOPLE,
                Right.EXPORT,
                Right.SEE_HISTORY,
            }
        ),
        Role.ADMIN: frozenset(Right),
    }
)


class Site(Enum):
    """Who may see a page that belongs to no case."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    OWNER = "owner of the desk"


def rights(roles: Iterable[str]) -> frozenset[Right]:
    """All that somebody with these roles may do."""
    return frozenset().union(*(_MAY[Role(role)] for role in roles))
