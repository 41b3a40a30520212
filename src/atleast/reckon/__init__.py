"""From claims to a Tally: the tightest honest bounds with their proofs, and everything that cannot all be true.

In come claims and their reports; out comes a `Tally` of frozen records. `words.say` says any part of it,
`as_plain` makes it JSON. Rests on the model and on a tree of places; knows no other verb.

The rooms, in the order of the work (`tallying`):

- `heap`: claims made ready. `events` sorts them, `figures` reads each as a number at a `moments`, `known` asks
  whether it was known then, `copies` and `relays` gather who repeats whom (`manner` and `sources`, then `passing`,
  `slips` and `texts`),
  `revisions` marks what was taken back, `speakers` chooses claimants.
- `bounds`: the table. `rows` joins what is counted, `floor` and `fates` raise it, `exact` solves divisions.
- `joining`: documented people, added to what claims say (`ground`). `deciding` and `judging` make persons of
  mentions, `people` counts them row by row (`counting`), `differing` (`colouring`) tells how many they are at least.
- `clashes`: what cannot all be true. `course` is the floor over time, `suspects` (`broken`, `beneath`, `together`,
  `crowds`, `sentenced`) the broken ceilings, `quarrels` (`voices`) whose figures break them, `mends` and `readings`
  what would remove it.
- `holds`, `asking`: what agrees, and what to ask next. `curves` and `sweeps`: the day, moment by moment.
"""

from .clashes import Look
from .curves import Curve, Track, curve
from .heap import Asked
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
from .standing import Standing, Touched
from .sweeps import Step
from .tallying import tally
from .words import lines, say

__all__ = [
    "ASSUMPTIONS",
    "RULES",
    "Aside",
    "Asked",
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
    "Standing",
    "Step",
    "Tally",
    "Term",
    "Touched",
    "Track",
    "as_plain",
    "curve",
    "lines",
    "say",
    "tally",
]
