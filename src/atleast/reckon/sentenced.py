"""Who was released and who was sentenced to arrest, told in one statement: together no more than were detained."""

from collections.abc import Iterator, Sequence

from .broken import Laid, Suspect
from .results import Figure
from .rows import Rows

_TOLD = frozenset({"detained", "released", "jailed"})


def sentenced(rows: Rows) -> Laid:
    """Statements that tell of the detained, the released and the jailed of a place: too low counts of the detained.

    Whoever is released may be sentenced later. So only what is told in one breath is laid together, and only as long
    as a term of arrest is taken to be served.
    """
    return Laid(_statement, lambda told: _too_low(told, rows))


def _statement(figure: Figure) -> tuple[str, object, str, str] | None:
    """The statement that a figure is of."""
    key = figure.key
    plain = key.quantity in _TOLD and figure.named and not (key.of or figure.apart or figure.others)
    return (figure.speaker, figure.moment.real, key.place, key.among) if plain else None


def _too_low(told: Sequence[Figure], rows: Rows) -> Iterator[Suspect]:
    if "jailed_are_held" in rows.rules and "released_not_held" in rows.rules:
        for figure in told:
            if figure.key.quantity == "detained" and figure.ceiling is not None:
                yield from _of(figure, told, rows)


def _of(cap: Figure, told: Sequence[Figure], rows: Rows) -> Iterator[Suspect]:
    freed, jailed = (
        max((f for f in told if f.key.quantity == quantity and f.floor), key=_size, default=None)
        for quantity in ("released", "jailed")
    )
    if freed is None or jailed is None:
        return
    gap = _size(freed)[0] + _size(jailed)[0] - (cap.ceiling or 0)
    if gap > 0 and max(_size(freed), _size(jailed))[0] <= (cap.ceiling or 0):
        held = jailed._replace(key=jailed.key._replace(quantity="still_held"), moment=cap.moment)
        shown = {freed._replace(moment=cap.moment): freed, held: jailed}
        yield Suspect(cap, rows.of(cap), gap, lambda: [*shown], ("jailed_are_held",), lambda: shown)


def _size(figure: Figure) -> tuple[int, str]:
    return figure.floor or 0, figure.name
