"""Whether several records may be merged into one."""

from collections.abc import Iterable
from math import inf

from atleast.model import Claim, Mention

# Numbers so meant are near the truth, on either side of it: two of them may well be one.
_NEAR = frozenset({"about", "vague"})


def apart(records: Iterable[Claim | Mention]) -> str:
    """Which field says that these are several counts and not one; "" where they may be one and the same.

    Of records that are merged one takes the place of all, and what the others counted is reckoned with no more. That is
    right where a reader met one count twice, and a loss where there were two. Places and moments do not tell: one may
    be a part of the other, and people differ in how near they say them.

    Returns:
        "record" where a number is among people; "quantity" or "among" where different things or different people are
        counted; "low" where no number fits all of the words; else "".
    """
    records = tuple(records)
    claims = [each for each in records if isinstance(each, Claim)]
    if claims and len(claims) < len(records):
        return "record"
    for name in ("quantity", "among"):
        if len({getattr(each, name) for each in claims}) > 1:
            return name
    sure = [each for each in claims if each.bound not in _NEAR]
    low = max((each.low for each in sure if each.low is not None), default=-inf)
    high = min((each.high for each in sure if each.high is not None), default=inf)
    return "low" if low > high else ""
