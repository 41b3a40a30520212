"""The order of the work over one case: collect, read, reckon. The only place where the verbs meet.

`read(paths)` gives all records of a case, `reckon(reading)` what they prove. `pile(paths)` reads as many reports as
there are without holding them in memory, in several processes, and goes on where it was stopped.
"""

from .gathering import Progress
from .piles import PART, Pile, pile
from .work import Reading, dispatches, own_zone, read, reckon

__all__ = ["PART", "Pile", "Progress", "Reading", "dispatches", "own_zone", "pile", "read", "reckon"]
