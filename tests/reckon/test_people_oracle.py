"""People against brute force: every way to make people of a few mentions is tried."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from atleast.model import Claim, Decision, Report

from .invented import NEXT, at_least
from .people import judged, known, least, mention, number, pairs, partitions
from .test_properties import heaps

NAMES = "abcdefg"
LISTS = tuple(Report(f"list-{n}", kind="list", published=NEXT) for n in range(3))
PLACES = ("Zenda", "Hofbau", "Strelsau")


def rows(layout: Sequence[int]) -> list[object]:
    """Mentions on lists by number; 3 is a newspaper, whose people may be anybody."""
    return [
        mention(name, PLACES[n % 3], report=f"list-{on}" if on < 3 else "news", start=100 * n, name=None)
        for n, (name, on) in enumerate(zip(NAMES, layout, strict=False))
    ]


def apart(layout: Sequence[int]) -> list[tuple[str, str]]:
    """The pairs that lists set apart."""
    on = dict(zip(NAMES, layout, strict=False))
    return [(a, b) for a, b in pairs(on) if on[a] == on[b] < 3]


layouts = st.lists(st.integers(0, 3), min_size=1, max_size=len(NAMES))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[int], list[tuple[str, str]], list[tuple[str, str]]]:
    layout = draw(layouts)
    every = [pair for pair in pairs(NAMES[: len(layout)]) if pair not in apart(layout)]
    said = draw(st.lists(st.tuples(st.sampled_from(every), st.booleans()), max_size=9, unique_by=lambda s: s[0])) if every else []
    return layout, [pair for pair, same in said if same], [pair for pair, same in said if not same]


def decisions(same: Sequence[tuple[str, str]], different: Sequence[tuple[str, str]]) -> list[Decision]:
    return [judged("same", *pair) for pair in same] + [judged("different", *pair) for pair in different]


@given(cases())
def test_the_least_number_is_that_of_all_ways_to_make_people_of_mentions(
    case: tuple[list[int], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    layout, same, different = case
    result = known(rows(layout), *decisions(same, different), reports=LISTS)  # type: ignore[arg-type]
    fewest = least(NAMES[: len(layout)], same, [*different, *apart(layout)])

    if fewest is None:
        assert result.troubles, "judgements that nothing fits are not told"
        fewest = least(NAMES[: len(layout)], [], [])
        assert fewest is not None and (number(result) or 0) >= fewest
    else:
        assert not result.troubles, "judgements that fit each other are told as a trouble"
        assert number(result) == fewest


@st.composite
def namesakes(draw: st.DrawFn) -> tuple[list[int], list[str | None], list[tuple[str, str]]]:
    """Lists on which one name stands twice, and which of the pairs were judged to be two people."""
    layout = draw(st.lists(st.sampled_from([0, 0, 0, 1, 3]), min_size=3, max_size=6))
    called = draw(st.lists(st.sampled_from([None, "Fritz", "Fritz", "Sapt"]), min_size=len(layout), max_size=len(layout)))
    return layout, called, draw(st.lists(st.sampled_from(pairs(NAMES[: len(layout)])), max_size=5, unique=True))


@given(namesakes())
def test_rows_of_a_list_with_one_name_differ_from_all_others_there_and_from_each_other_only_if_judged(
    case: tuple[list[int], list[str | None], list[tuple[str, str]]],
) -> None:
    layout, called, different = case
    name = dict(zip(NAMES, called, strict=False))
    people = [replace(one, name=name[one.id]) for one in rows(layout)]  # type: ignore[type-var, attr-defined]
    listed = [(a, b) for a, b in apart(layout) if name[a] is None or name[a] != name[b]]

    assert number(known(people, *decisions([], different), reports=LISTS)) == least(NAMES[: len(layout)], [], [*different, *listed])


@st.composite
def quarrels(draw: st.DrawFn) -> tuple[list[int], list[tuple[str, str]], list[tuple[str, str]]]:
    """Judgements about four mentions, of which many contradict each other."""
    layout = draw(st.lists(st.integers(0, 3), min_size=3, max_size=4))
    every = [pair for pair in pairs(NAMES[: len(layout)]) if pair not in apart(layout)]
    said = draw(st.lists(st.tuples(st.sampled_from(every), st.booleans()), max_size=6, unique_by=lambda s: s[0])) if every else []
    return layout, [pair for pair, same in said if same], [pair for pair, same in said if not same]


@given(quarrels())
def test_what_contradictory_judgements_prove_is_true_whichever_of_them_is_wrong(
    case: tuple[list[int], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    layout, same, different = case
    names = NAMES[: len(layout)]
    found = number(known(rows(layout), *decisions(same, different), reports=LISTS)) or 0  # type: ignore[arg-type]
    said = [*((pair, True) for pair in same), *((pair, False) for pair in (*different, *apart(layout)))]
    fitting: list[set[object]] = []
    for size in range(len(said), -1, -1):  # every way to drop judgements, and no more than must be dropped
        for kept in combinations(said, size):
            if not any(set(kept) <= larger for larger in fitting):
                fewest = least(names, [p for p, one in kept if one], [p for p, one in kept if not one])
                if fewest is not None:
                    fitting.append(set(kept))
                    assert found <= fewest


@given(cases(), st.randoms(use_true_random=False))
def test_order_and_repetition_of_mentions_and_decisions_change_nothing(
    case: tuple[list[int], list[tuple[str, str]], list[tuple[str, str]]], chance: object
) -> None:
    layout, same, different = case
    people, said = [*rows(layout)] * 2, decisions(same, different) * 2
    chance.shuffle(people)  # type: ignore[attr-defined]
    chance.shuffle(said)  # type: ignore[attr-defined]

    assert known(people, *said, reports=LISTS) == known(rows(layout), *decisions(same, different), reports=LISTS[::-1])  # type: ignore[arg-type]


@given(cases())
def test_one_more_judgement_that_fits_never_lowers_the_number(
    case: tuple[list[int], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    layout, same, different = case
    every = decisions(same, different)
    if least(NAMES[: len(layout)], same, [*different, *apart(layout)]) is not None:
        counts = [number(known(rows(layout), *every[:n], reports=LISTS)) or 0 for n in range(len(every) + 1)]  # type: ignore[arg-type]

        assert counts == sorted(counts)


TOWNS = {"Zenda": "Zenda Province", "Hofbau": "Zenda Province", "Strelsau": "Ruritania", "Tarlenheim": "Marsh Province"}


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[tuple[str, int]], dict[str, int], list[tuple[str, str]], list[tuple[str, str]]]:
    """Where people were mentioned, and on which list; what was claimed of towns; what was judged."""
    said = draw(st.lists(st.tuples(st.sampled_from(sorted(TOWNS)), st.sampled_from([0, 0, 1, 3])), min_size=1, max_size=6))
    claims = draw(st.dictionaries(st.sampled_from(sorted(TOWNS)), st.integers(0, 3), max_size=4))
    listed = apart([on for _, on in said])
    every = [pair for pair in pairs(NAMES[: len(said)]) if pair not in listed]
    judged_ = draw(st.lists(st.tuples(st.sampled_from(every), st.booleans()), max_size=4, unique_by=lambda s: s[0])) if every else []
    return said, claims, [pair for pair, same in judged_ if same], [pair for pair, same in judged_ if not same]


def fewest(
    said: Sequence[tuple[str, int]], claims: dict[str, int], same: Sequence[tuple[str, str]], different: Sequence[tuple[str, str]], within: str
) -> int | None:
    """The fewest people of a region. What claims count in different towns are different people.

    Who is mentioned in some towns may be counted in any one of them; nobody is counted where he or she is not mentioned
    but people of whom no report speaks, who make up the rest of a count.
    """
    names = NAMES[: len(said)]
    inside = [town for town in TOWNS if within in ("Ruritania", town, TOWNS[town])]
    found = []
    for way in partitions(names):
        if all(way[a] == way[b] for a, b in same) and all(way[a] != way[b] for a, b in different):
            of: dict[int, set[str]] = {}
            for name, (place, _) in zip(names, said, strict=True):
                if place in inside:
                    of.setdefault(way[name], set()).add(place)
            for counted in product(*of.values()):
                more = sum(max(0, claims.get(town, 0) - counted.count(town)) for town in inside)
                found.append(len(of) + more)
    return min(found, default=None)


@given(towns())
def test_no_sum_of_people_and_claims_is_more_than_the_fewest_people_that_fit(
    case: tuple[list[tuple[str, int]], dict[str, int], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    said, claims, same, different = case
    people = [
        mention(name, town, report=f"list-{on}" if on < 3 else "news", start=100 * n, name=None)
        for n, (name, (town, on)) in enumerate(zip(NAMES, said, strict=False))
    ]
    spoken = [at_least(number_, town, by=f"Speaker {town}", at=NEXT, report=town) for town, number_ in claims.items()]
    spoken += [at_least(0, region, at=NEXT) for region in ("Ruritania", "Zenda Province")]
    every = [*different, *apart([on for _, on in said])]
    result = known(people, *decisions(same, different), claims=spoken, reports=LISTS)

    if result.troubles:
        return
    for region in ("Ruritania", "Zenda Province", *TOWNS):
        true = fewest(said, claims, same, every, region)
        assert true is not None
        assert (number(result, region) or 0) <= true, region
        if not claims or len({on for _, on in said}) == 1 > said[0][1]:  # only people, or all on one list
            assert (number(result, region) or 0) == true, region


@st.composite
def crowds(draw: st.DrawFn) -> list[object]:
    """Mentions of people at some hours of the day, on lists and in the news."""
    size = draw(st.integers(1, 6))
    hours = st.sampled_from(["2031-05-01", "2031-05-01T17:00Z", "2031-05-01T20:00Z", "2031-05-01T22:00Z", None])
    return [
        mention(
            f"m{n}", draw(st.sampled_from(["Zenda", "Hofbau", "Strelsau", "Ruritania"])), report=f"list-{draw(st.sampled_from([0, 0, 1]))}",
            start=100 * n, at=draw(hours), what=draw(st.sampled_from(["detained", "jailed", "released"])),
        )
        for n in range(size)
    ]  # fmt: skip


@given(heaps(), crowds())
def test_people_never_lower_a_bound_and_raise_no_ceiling_unless_they_are_more_than_was_known(heap: list[Claim], people: list[object]) -> None:
    alone = known([], claims=heap, reports=LISTS)
    for cell in alone.cells:
        better = known(people, claims=heap, reports=LISTS).cell(*cell.key[:2], among=cell.key.among, of=cell.key.of)  # type: ignore[arg-type]
        assert better is not None
        for side in ("independent", "authority", "joint"):
            before, after = getattr(cell, side).people, getattr(better, side).people
            assert (before.low or 0) <= (after.low or 0)
            if before.high is not None and (after.low or 0) == (before.low or 0):
                assert after.high is not None and after.high <= before.high, (cell.key, side)
