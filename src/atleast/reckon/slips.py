"""What relays get wrong, and how it is told from growth, rounding and dispute.

Every slip names the statement that the figure should have been. What a relay can only have got from adding, mixing or
moving numbers is an error; what it might have heard itself is not.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from .manner import (
    SOURCES,
    TELLING,
    UNMISTAKABLE,
    WEAK_HEDGES,
    agree,
    described,
    own,
    relayed,
    reworded,
    same,
    settled,
    spoken,
)
from .moments import FINAL
from .passing import rounded, rounded_up
from .places import Atlas
from .results import Contradiction, Figure, Message, Proof, Term
from .rules import APART_BY_SCOPE, GROWING
from .sources import Sources

# A smaller number may well be that of two places.
MET_BY_CHANCE = 100

# Where somebody counted more than this share of a total in a place, all may have been there. A total that the same
# speaker gave for a larger place is told from that by more.
_MOST_OF_TOTAL = {False: Fraction(1, 2), True: Fraction(9, 10)}

Slip = tuple[str, tuple[Figure, ...]]


def slips(figure: Figure, sources: Sources, atlas: Atlas) -> Iterator[Slip]:
    """Each way in which a figure can be a relay's slip, with the statements that it was made of, the surest first."""
    if figure.partial or figure.number is None or figure.others:
        return
    if source := sources.lost.get(figure.name):
        yield "relay.zone", (source,)
    if source := _hedged_beside(figure, sources):
        yield "relay.hedge_lost", (source,)
    if source := _hedged_up(figure, sources):
        yield "relay.hedge_gained", (source,)
    if figure.named and not own(figure) and sources.statement(figure) is None:
        yield from _unsaid(figure, sources, atlas)
    if source := _whole_in_part(figure, sources, atlas):
        yield "relay.place", (source,)
    if source := _thousandfold(figure, sources):
        yield "relay.thousand", (source,)
    if relayed(figure):
        told = sources.companion(figure)
        if told is not None and not same(told, figure) and not agree(told, figure):
            yield "relay.companion", (told,)
    if source := _credited(figure, sources):
        yield "relay.credited", (source,)


def _unsaid(figure: Figure, sources: Sources, atlas: Atlas) -> Iterator[Slip]:
    """What became of a number that the speaker never gave for the row."""
    counted = sources.said[figure.speaker, figure.key]
    whole = rounded(figure, sources) if relayed(figure) else None
    if relayed(figure) and not _rounds(figure, whole):
        yield from ((slip, (told,)) for told in counted if (slip := hedge_slip(figure, told)))
    if whole is not None:
        return  # "more than 80" of 84 is of this place, though nobody said 81
    if not counted and (figure.number or 0) >= MET_BY_CHANCE and (figure.number or 0) % 50:
        yield from _next_door(figure, sources, atlas)
    if not counted:
        return
    if (figure.number or 0) < TELLING:
        yield from _moved(figure, sources, atlas)
        return
    if figure.key.quantity == "detained":
        papers = sources.same(figure, key=figure.key._replace(quantity="charges"))
        yield from (("relay.papers", (told,)) for told in papers)
    yield from (("relay.added", terms) for terms in _added(figure, counted, sources))
    others = [s for s in sources.counted(figure.key, figure.number or 0) if s.speaker != figure.speaker]
    if _telling(figure) and not figure.dated:
        told = sorted((s for s in others if s.named and s.dated and (s.kind in SOURCES or own(s))), key=settled)
        yield from (("relay.credited", (source,)) for source in told[:1])
    yield from _moved(figure, sources, atlas)
    if source := _tenfold(figure, counted):
        yield "relay.two_numbers", (source,)
    if source := _fallen(figure, counted):
        yield "relay.two_numbers", (source,)


def _tenfold(figure: Figure, counted: Sequence[Figure]) -> Figure | None:
    """What the speaker said, where an outlet prints it with a nought too many or too few."""
    number = figure.number or 0
    if not relayed(figure) or figure.bound not in ("exact", "at_least"):
        return None
    noughts = (s for s in counted if min(number, s.number or 0) >= MET_BY_CHANCE)
    odd = (s for s in noughts if 10 * min(number, s.number or 0) == max(number, s.number or 0))
    return min((s for s in odd if min(number, s.number or 0) % 100), key=settled, default=None)


def _fallen(figure: Figure, counted: Sequence[Figure]) -> Figure | None:
    """The speaker's full count, or an office's, below which an outlet prints a plain number of his on a later day.

    Such a count does not fall, and the number is below all that the speaker is known to have said. A monitor may have
    given it early on.
    """
    if (
        not relayed(figure)
        or figure.key.quantity not in GROWING
        or figure.bound != "exact"
        or any((s.number or 0) <= (figure.number or 0) for s in counted)
    ):
        return None
    told = (s for s in counted if s.moment.real[1] <= figure.moment.real[0])
    full = (s for s in told if s.moment.lo == FINAL or s.side == "authority")
    return min(full, key=settled, default=None)


def _rounds(figure: Figure, source: Figure | None) -> bool:
    """Whether the figure is a round number in place of the speaker's own odd one: "more than 660" of 663."""
    if source is None or not own(source) or spoken(figure) % 10:
        return False
    return spoken(figure) < (source.number or 0) < spoken(figure) + 10


def _added(figure: Figure, counted: Sequence[Figure], sources: Sources) -> Iterator[tuple[Figure, ...]]:
    """The speaker's last total with an earlier one, or with somebody else's, added to it: 312 + 417 = 729.

    The sum must be above all that the speaker had said by then: a smaller number may be an update that nobody kept.
    Where his later totals never reach it either, any two of his totals may have been added.
    """
    number = figure.number or 0
    if figure.key.quantity not in GROWING or figure.bound == "about":
        return
    quoted = sources.quoted(figure)
    everybody = [s for s in sources.rows[figure.key] if s.kind in SOURCES and s.dated] if _telling(figure) else []
    reached = max((f.number or 0 for f in counted if f is not figure), default=0) >= number
    for until in figure.moment.real:
        known = [f for f in counted if f.moment.real[1] <= until and f.hedge not in WEAK_HEDGES and f.number]
        last = max(known, key=lambda f: (f.number or 0, f.name), default=None)
        if last is None or number <= (last.number or 0):
            continue
        later = any(f.moment.real[0] > until for f in counted)
        totals = {f.number or 0: f for f in (known if later and not reached else [last])}
        summed = known if number >= MET_BY_CHANCE or _telling(figure) else []
        for other in (*summed, *quoted, *everybody):
            one = totals.get(number - (other.number or 0))
            odd = _telling(figure) or (other.number or 0) % 10
            if one is None or not other.number or not odd or other.moment.real[0] > until:
                continue
            if other.speaker != one.speaker or other.moment.real < one.moment.real:
                yield one, other


def _telling(figure: Figure) -> bool:
    """Whether a number is so large and so odd that it is met by chance hardly ever."""
    return spoken(figure) >= UNMISTAKABLE and spoken(figure) % 10 != 0


def _moved(figure: Figure, sources: Sources, atlas: Atlas) -> Iterator[Slip]:
    """The speaker's number for another place, which stands as the number of this one."""
    if figure.apart or figure.key.quantity in APART_BY_SCOPE:
        return
    told = [s for s in sources.elsewhere(figure) if not s.apart]
    if (figure.number or 0) < UNMISTAKABLE:
        told = [s for s in told if atlas.within(figure.key.place, s.key.place) and _told_apart(figure, s, sources)]
    wider = [s for s in told if atlas.within(figure.key.place, s.key.place)]
    for source in sorted(wider or told, key=settled)[:1]:
        yield "relay.place" if wider else "relay.other_place", (source,)


def _told_apart(figure: Figure, total: Figure, sources: Sources) -> bool:
    """Whether the speaker gave the place a number of its own, another one, together with the total.

    A number below ten may have been reached since, unless all was over.
    """
    here = [s for s in sources.said[figure.speaker, figure.key] if s.moment.real == total.moment.real]
    settled_count = (figure.number or 0) >= TELLING or total.moment.lo == FINAL
    return settled_count and any(not agree(s, figure) for s in here)


def _next_door(figure: Figure, sources: Sources, atlas: Atlas) -> Iterator[Slip]:
    """A large odd number that the speaker gave for another place only, and that an outlet prints for this one."""
    here = figure.key.place
    if not relayed(figure) or figure.apart or figure.key.quantity in APART_BY_SCOPE:
        return
    apart = (
        s
        for s in sources.elsewhere(figure)
        if not s.apart and not atlas.within(here, s.key.place) and not atlas.within(s.key.place, here)
    )
    for source in sorted(apart, key=settled)[:1]:
        yield "relay.other_place", (source,)


def hedge_slip(figure: Figure, told: Figure) -> str | None:
    """Whether the figure is the told one with a hedge lost ("more than 260" made 260) or gained."""
    if figure.number is None or told.number is None or (figure.bound == told.bound and figure.hedge == told.hedge):
        return None
    if figure.hedge == "more_than" and told.hedge != "more_than" and figure.number == told.number + 1:
        return None if reworded(figure, told) or told.bound == "about" else "relay.hedge_gained"
    if told.hedge == "more_than" and figure.hedge is None and told.number == figure.number + 1:
        return "relay.hedge_lost"
    if figure.number != told.number:
        return None
    if figure.bound == "about" and told.bound == "exact":
        return "relay.hedge_gained" if figure.number % 10 else None  # "about 1,100" is a way of saying 1,100
    return "relay.hedge_lost" if told.bound == "about" and figure.bound == "exact" and own(told) else None


def _hedged_beside(figure: Figure, sources: Sources) -> Figure | None:
    """The same number with its hedge in the same report: a headline dropped the "more than" or the "about".

    In its own voice an outlet may have the plain number from somebody else who gives it.
    """
    if figure.hedge is not None or figure.bound != "exact" or (figure.number or 0) < TELLING:
        return None
    plainly = (s for s in sources.counted(figure.key, figure.number or 0) if s.named and s.bound == "exact")
    heard = [] if figure.named or next(plainly, None) else sources.quoted(figure)
    for other in (*sources.printed(figure), *heard):
        plain = other.bound == "about" and other.number == figure.number
        if plain or (other.hedge == "more_than" and other.number == (figure.number or 0) + 1):
            return other
    return None


def _hedged_up(figure: Figure, sources: Sources) -> Figure | None:
    """The number of which an outlet makes "more than", in its own voice: its text quotes it, or it is no round one."""
    for source in rounded_up(figure, sources)[:1]:
        if spoken(figure) % 10 or source.quotes[0].report == figure.quotes[0].report:
            return source
    return None


def _whole_in_part(figure: Figure, sources: Sources, atlas: Atlas) -> Figure | None:
    """A total for the country that stands in a report as the number of one city, whoever is named for it."""
    number = figure.number or 0
    if number < UNMISTAKABLE or (own(figure) and figure.named) or figure.dated or figure.apart:
        return None
    here = [f for f in sources.rows[figure.key] if f.kind in SOURCES and f.name != figure.name]
    most = _MOST_OF_TOTAL[relayed(figure)] * number
    if not (here or relayed(figure)) or any((f.number or 0) > most for f in here):
        return None  # nobody knows the place, or somebody counted nearly as many in it
    nobody = not figure.named or described(figure)
    wider = [figure.key._replace(place=place) for place in atlas.path(figure.key.place)[1:]]
    near = range(number - nobody, number + nobody + 1)
    told = (t for key in wider for n in near for t in sources.counted(key, n) if t.named and not t.partial)
    fits = (t for t in told if (t.kind in SOURCES if nobody else t.speaker == figure.speaker and (t.dated or own(t))))
    return min(fits, key=settled, default=None)


def _credited(figure: Figure, sources: Sources) -> Figure | None:
    """A monitor's or ministry's number that stands under the name of somebody who passed it on."""
    if not figure.named or figure.kind in SOURCES or own(figure) or figure.dated or described(figure):
        return None
    if not _telling(figure):
        return None
    counted = (s for s in sources.counted(figure.key, figure.number or 0) if s.named and not s.partial)
    told = (s for s in counted if (s.dated or own(s)) and same(s, figure) and _counts_itself(s, figure))
    return min(told, key=settled, default=None)


def _counts_itself(source: Figure, passed_on: Figure) -> bool:
    """Whether a number is rather the source's: a monitor's, an office's, a lawyers' own bulletin's."""
    if source.kind in SOURCES:
        return True
    return own(source) and source.kind not in ("media", "witness") and passed_on.kind == "media"


def _thousandfold(figure: Figure, sources: Sources) -> Figure | None:
    """A number a thousand times, or a thousandth of, what somebody with a better title to it says of the same row."""
    number = figure.number or 0
    told: list[Figure] = []
    if number >= 1000 * TELLING and number % 1000 == 0:
        told += [s for s in sources.counted(figure.key, number // 1000) if _title(s) >= _title(figure)]
    if number >= TELLING:
        told += [s for s in sources.counted(figure.key, number * 1000) if _title(s) > _title(figure)]
    return min((s for s in told if s.name != figure.name), key=settled, default=None)


def _title(figure: Figure) -> tuple[bool, bool, bool]:
    """Who is believed of two numbers: the speaker's own report, a time, a name."""
    return (figure.named and own(figure), figure.named and figure.dated, figure.named)


def error(what: str, figure: Figure, *told: Figure) -> Contradiction:
    """A relay's slip beside the statement, or the statements, that it was made of."""
    right = told[0]
    gap = abs((figure.number or 0) - (right.number or 0))
    core = tuple(sorted((figure, *told), key=lambda f: f.name))
    mend = (Message("mend.printed", {"figure": figure, "told": right}),)
    return Contradiction("relay", what, figure.key, alone(figure), alone(*told), core, gap, (), mend)


def alone(*figures: Figure) -> Proof:
    """Figures as they were said: one, or several that somebody added together."""
    terms = tuple(Term(f, f.number or 0) for f in figures)
    return Proof(terms, sum(t.value for t in terms), ())
