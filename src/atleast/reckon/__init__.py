"""From claims to a Tally: the tightest honest bounds with their proofs, and everything that cannot all be true.

In come claims and their reports; out comes a `Tally` of frozen records. `words.say` says any part of it,
`as_plain` makes it JSON. Rests on the model and on a tree of places; knows no other verb.
"""

from .clashes import Look
from .curves import Curve, Track, curve
from .places import PlaceTree
from .plain import as_plain
from .results import (
    Aside,
    Bound,
    Cell,
    Contradiction,
    Event,
    Figure,
    Hold,
    Key,
    Message,
    Proof,
    Question,
    Quote,
    Revision,
    Tally,
    Term,
)
from .rules import ASSUMPTIONS, RULES
from .sweeps import Step
from .tallying import tally
from .words import lines, say

__all__ = [
    "ASSUMPTIONS",
    "RULES",
    "Aside",
    "Bound",
    "Cell",
    "Contradiction",
    "Curve",
    "Event",
    "Figure",
    "Hold",
    "Key",
    "Look",
    "Message",
    "PlaceTree",
    "Proof",
    "Question",
    "Quote",
    "Revision",
    "Step",
    "Tally",
    "Term",
    "Track",
    "as_plain",
    "curve",
    "lines",
    "say",
    "tally",
]
