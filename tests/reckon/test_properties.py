"""What must hold of every heap of claims."""

from dataclasses import replace

from hypothesis import assume, example, given
from hypothesis import strategies as st

from atleast.model import Claim, People, Report
from atleast.reckon import as_plain

from ..model import strategies as any_record
from .invented import NEXT, claim, reckoned

PLACES = st.sampled_from(["Zenda", "Hofbau", "Zenda Province", "Strelsau", "Ruritania", "Ruritania (outside Strelsau)", "Atlantis, Sea"])
TIMES = st.sampled_from([None, "2031-05-01T18:00Z", "2031-05-01T21:00Z", NEXT, "2031-05-01"])
SPEAKERS = st.sampled_from(["The Monitor", "City Police", "Interior Ministry", "The Herald", None])


@st.composite
def heaps(draw: st.DrawFn) -> list[Claim]:
    size = draw(st.integers(1, 10))
    return [_one(draw, n) for n in range(size)]


def _one(draw: st.DrawFn, number: int) -> Claim:
    low = draw(st.integers(0, 80))
    high = draw(st.sampled_from([None, low, low + 5]))
    return claim(
        (low, high), draw(PLACES), by=draw(SPEAKERS), id=f"c{number}", report=draw(st.sampled_from("abc")), at=draw(TIMES),
        quantity=draw(st.sampled_from(["detained", "released", "still_held", "jailed", "cities", "participants"])),
        among=draw(st.sampled_from([None, None, "minors"])), of=draw(st.sampled_from([None, None, "detentions"])),
    )  # fmt: skip


REPORTS = (Report(id="a", publisher="The Monitor", published=NEXT), Report(id="b", publisher="The Bugle", published="2031-05-01"))


@given(heaps(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(heap: list[Claim], chance: object) -> None:
    shuffled = [*heap, *heap]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert reckoned(*shuffled, reports=REPORTS) == reckoned(*heap, reports=REPORTS[::-1])


@given(heaps())
@example([claim((0, None), "Zenda", at="2031-05-01T18:00Z", id="c0", report="c"), claim(0, "Zenda", id="c1", report="c")])
def test_a_relay_of_a_dated_figure_changes_no_bound(heap: list[Claim]) -> None:
    relays = [replace(c, id=f"{c.id}-relay", report="relay") for c in heap if c.as_of and c.claimant]
    told = reckoned(*heap, reports=REPORTS)
    assume(len(told.events) == 1)  # how often a thing is told may decide which event the heap is about
    assume(all(left.reason.key != "aside.relay_error" for left in told.set_aside))  # a second relay clears a suspect
    alone = {c.key: (c.independent.people, c.authority.people, c.joint.people) for c in told.cells}
    relayed = reckoned(*heap, *relays, reports=(*REPORTS, Report(id="relay", publisher="The Echo", published="2031-05-03")))

    assert {c.key: (c.independent.people, c.authority.people, c.joint.people) for c in relayed.cells} == alone


@given(st.lists(st.tuples(PLACES.filter(lambda p: p != "Atlantis, Sea"), st.sampled_from(["exact", "at_least", "at_most"])), min_size=2, max_size=8))
def test_one_more_true_claim_never_loosens_a_bound(spoken: list[tuple[str, str]]) -> None:
    truth = {"Zenda": 5, "Hofbau": 4, "Zenda Province": 11, "Strelsau": 20, "Ruritania": 35, "Ruritania (outside Strelsau)": 15}
    claims = []
    for number, (place, bound) in enumerate(spoken):
        n = truth[place]
        ends = {"exact": (n, n), "at_least": (n - 1, None), "at_most": (None, n + 1)}[bound]
        claims.append(claim(ends, place, by=f"Speaker {number}", bound=bound, at=NEXT, report=f"r{number}"))
    fewer, more = reckoned(*claims[:-1]), reckoned(*claims)

    assert more.contradictions == ()
    for cell in fewer.cells:
        better = more.cell(cell.key.quantity, cell.key.place)
        assert better is not None
        assert within(better.joint.people, cell.joint.people)
        assert within(People(*[truth[spell(cell.key.place)]] * 2), better.joint.people)


def spell(place: str) -> str:
    return place.removesuffix(", Ruritania")


def within(inner: People, outer: People) -> bool:
    low = (outer.low or 0) <= (inner.low or 0)
    return low and (outer.high is None or (inner.high is not None and inner.high <= outer.high))


@given(st.lists(any_record.claims(), max_size=12), st.lists(any_record.reports, max_size=4))
def test_no_heap_of_claims_breaks_it(claims: list[Claim], reports: list[Report]) -> None:
    result = reckoned(*claims, reports=tuple(reports))

    assert as_plain(result)


@given(heaps())
def test_every_total_is_the_sum_of_its_terms_and_every_claim_is_one_that_was_made(heap: list[Claim]) -> None:
    result = reckoned(*heap, reports=REPORTS)
    made = {c.id for c in heap}
    bounds = [b for c in result.cells for b in (c.independent, c.authority, c.joint)]
    proofs = [p for b in bounds for p in (b.low, b.high) if p] + [p for c in result.contradictions for p in (c.below, c.above)]

    for proof in proofs:
        assert sum(t.times * t.value for t in proof.terms) == proof.total
        assert set(proof.claims) <= made
