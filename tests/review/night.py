"""One invented claim, and people who decide about it through the night of 4 May 2031 in Bree."""

from typing import Any

from atleast.model import Claim, Decision, Mention

TEXT = "Wardens detained 13 people in Bree and 5 in Archet, the watch said. A cook was let go."
CLAIM = Claim("c1", "bree", "detained 13 people in Bree and 5 in Archet", 8, 50, low=13, high=13, place="Bree, Eriador")
COOK = Mention("m1", "bree", "A cook was let go", 68, 85, role="cook")


def said(id: str, by: str, what: str, at: str = "", about: Any = "c1", **with_: Any) -> Decision:
    """A decision; the minute is that of its number, d7 at 22:07, unless another is given."""
    names = (about,) if isinstance(about, str) else tuple(about)
    return Decision(id, names, by, at or f"2031-05-04T22:{int(id[1:]):02}+01:00", what, with_ or None)
