"""Short ways to say who was mentioned, and what was judged of it."""

from collections.abc import Iterable, Sequence
from itertools import combinations, count
from typing import Any

from atleast.model import Claim, Decision, Happening, Mention, Report
from atleast.reckon import Tally

from .invented import DAY, reckoned

LIST = Report("list", publisher="The Hotline", kind="list", title="Taken on 1 May", published="2031-05-02T09:00Z")
NEWS = Report("news", publisher="The Bugle", published="2031-05-02T08:00Z")
_numbers = count(1)


def mention(
    id: str, place: str | None = "Zenda", *, what: str | Sequence[str] = "detained", at: str | None = DAY, report: str = "news", **more: Any
) -> Mention:
    """A mention in few words; its name is its id unless another, or none, is given."""
    happened = tuple(Happening(each, at) for each in ([what] if isinstance(what, str) else what))
    full = place if place is None or "Ruritania" in place else f"{place}, Ruritania"
    start = more.pop("start", 100 * next(_numbers))
    more.setdefault("name", id)
    return Mention(id, report, "somebody", start, start + 8, place=full, happened=happened, **more)


def listed(*ids: str, report: str = "list", **more: Any) -> list[Mention]:
    """Mentions in the rows of one list."""
    return [mention(id, report=report, start=100 * n, **more) for n, id in enumerate(ids)]


def judged(what: str, *about: str, at: str = "2031-05-03T10:00Z", by: str = "Rassendyll", **more: Any) -> Decision:
    return Decision(more.pop("id", None) or f"{what}-{'-'.join(about)}-{at}", about, by, at, what, **more)


def known(mentions: Iterable[Mention], *decisions: Decision, claims: Iterable[Claim] = (), reports: tuple[Report, ...] = (), **more: Any) -> Tally:
    """The tally of some mentions; the list and the newspaper are always there."""
    return reckoned(*claims, reports=(LIST, NEWS, *reports), mentions=tuple(mentions), decisions=decisions, **more)


def number(result: Tally, place: str = "Ruritania", quantity: str = "detained", among: str = "") -> int | None:
    """The least number of people in a row, on both sides together."""
    full = place if "Ruritania" in place else f"{place}, Ruritania"
    cell = result.cell(quantity, full, among=among)
    return cell.joint.people.low if cell else None


def least(names: Sequence[str], same: Iterable[tuple[str, str]], different: Iterable[tuple[str, str]]) -> int | None:
    """The fewest people that fit the judgements, by trying every way to make people of the mentions; None if none fits."""
    same, different = list(same), list(different)
    fits = [
        len(set(way.values()))
        for way in partitions(names)
        if all(way[a] == way[b] for a, b in same) and all(way[a] != way[b] for a, b in different)
    ]
    return min(fits, default=None)


def partitions(names: Sequence[str]) -> Iterable[dict[str, int]]:
    """Every way to make people of mentions."""
    if not names:
        yield {}
        return
    for way in partitions(names[1:]):
        for person in range(max(way.values(), default=-1) + 2):
            yield {**way, names[0]: person}


def pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    return list(combinations(sorted(names), 2))
