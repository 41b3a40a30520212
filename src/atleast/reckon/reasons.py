"""Why people are different: the lists that they are on together, and what was judged of the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Literal

from atleast.model import Decision

from .judging import Judged
from .results import Judgement

Met = dict[str, set[str]]
"""People, each by all mentions that the reasons name."""


def reasons(judged: Judged, shown: Mapping[str, str]) -> tuple[Judgement, ...]:
    """What sets people apart, the longest list first, then what joins the mentions of a person that were named so.

    `shown` are the people by the mentions that stand for them.
    """
    if len(shown) < 2:
        return ()
    met = {person: {mention} for person, mention in shown.items()}
    lists = judged.differences.on_lists(shown.keys())
    if lists and len(lists[0][1]) == len(shown):  # one list sets all of them apart, which is what nearly always happens
        found = [_listed(*lists[0], judged, met)]
    else:
        left = set(combinations(sorted(shown), 2))
        found = [*_lists(lists, judged, left, met), *_pairs(judged, left, met)]
    return (*found, *_joined(judged, met))


def _lists(
    lists: Iterable[tuple[str, Sequence[str]]], judged: Judged, left: set[tuple[str, str]], met: Met
) -> Iterator[Judgement]:
    """The lists that set any two of the people apart whom no longer one did. What they explain is taken from `left`."""
    for name, on_it in lists:
        together = left.intersection(combinations(on_it, 2))
        if together:
            left -= together
            yield _listed(name, on_it, judged, met)


def _listed(name: str, on_it: Iterable[str], judged: Judged, met: Met) -> Judgement:
    rows = {one: min(m for m in judged.members(one) if judged.mentions[m].report == name) for one in on_it}
    for person, mention in rows.items():
        met[person].add(mention)
    title = judged.reports[name].title or judged.reports[name].publisher
    return Judgement("one_list", tuple(sorted(rows.values())), name, title)


def _pairs(judged: Judged, left: Iterable[tuple[str, str]], met: Met) -> Iterator[Judgement]:
    """What was judged of every pair that is on no list together."""
    for one, other in sorted(left):
        pair = judged.differences.near.get(one, {}).get(other)
        if pair is not None:
            for name in pair:
                met[judged.person[name]].add(name)
            yield _judgement("different", pair, judged.verdicts[pair[0]][pair[1]].decisions)


def _joined(judged: Judged, met: Met) -> Iterator[Judgement]:
    """What makes one person of mentions that stand for different ones in the reasons above."""
    for person in sorted(met):
        first, *rest = sorted(met[person])
        for name in rest:
            chain = judged.chain(first, name)
            made = [d for a, b in pairwise(chain) for d in judged.verdicts[a][b].decisions]
            yield _judgement("same", chain, made)


def _judgement(how: Literal["different", "same"], mentions: Sequence[str], decisions: Iterable[Decision]) -> Judgement:
    made = list(decisions)
    by, ids = ({d.by for d in made}, {d.id for d in made})
    return Judgement(how, tuple(mentions), by=tuple(sorted(by)), decisions=tuple(sorted(ids)))
