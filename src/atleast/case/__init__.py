"""The order of the work over one case: collect, read, review, reckon. The only place where the verbs meet.

`read(paths)` gives all records of a case, `consult(reading, readers)` asks other readers too, `reviewed(reading)` how
they stand after what people decided, `reckon(reading)` what they prove; `judgements` tells who is one person with whom.
`pile(paths)` reads as many reports as there are without holding them in memory, in several processes, and goes on where
it was stopped; `arrivals(names, …)` reads reports that come to a case one import after another.
"""

from .consulting import Maker, consult
from .gathering import Progress, arrivals, misquoted, same_id
from .journal import replace_file
from .persons import Persons, persons
from .piles import PART, Pile, pile
from .reviewing import PAIRWISE, Reviewed, judgements, reviewed, unseen
from .work import Reading, curve, dispatches, own_zone, read, reckon

__all__ = [
    "PAIRWISE",
    "PART",
    "Maker",
    "Persons",
    "Pile",
    "Progress",
    "Reading",
    "Reviewed",
    "arrivals",
    "consult",
    "curve",
    "dispatches",
    "judgements",
    "misquoted",
    "own_zone",
    "persons",
    "pile",
    "read",
    "reckon",
    "replace_file",
    "reviewed",
    "same_id",
    "unseen",
]
