"""Decisions and what they do to records: how each claim and mention stands, and with what may be reckoned.

In come records and decisions, in any order; out come frozen answers. Nothing is changed: a decision is added, a later
one supersedes it, `retract` takes it back. Rests on the model alone.

- `standing`: how one record stands, from its own decisions. `standings`: of all records at once.
- `apart`: by which field several records are not one, so that they cannot be merged.
- `replaced`: a record with fields replaced, as an edit does it.
- `usable`: what is reckoned with, and what is left out, and why.
- `bearing`: which decisions bear on which record. `taken_back`: which decisions no longer hold.
- `strange`: decisions that are about nothing.
"""

from .counting import Left, Usable, usable
from .merging import apart
from .replacing import replaced
from .standings import STATES, Standing, standing, standings, strange
from .undoing import bearing, taken_back
from .words import Word

__all__ = [
    "STATES",
    "Left",
    "Standing",
    "Usable",
    "Word",
    "apart",
    "bearing",
    "replaced",
    "standing",
    "standings",
    "strange",
    "taken_back",
    "usable",
]
