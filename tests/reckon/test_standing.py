"""One more claim: what is known then is what would be known if everything had been reckoned at once."""

from hypothesis import given
from hypothesis import strategies as st

from atleast.model import Claim, Decision, Mention, Report
from atleast.reckon import Standing, as_plain, tally
from atleast.reckon.heap import Asked

from .invented import NEXT, Tree, claim, report
from .people import judged, mention
from .test_properties import heaps

REPORTS = [report("r"), report("s", publisher="A Paper"), report("t", publisher="The Monitor")]


def standing(claims: list[Claim]) -> Standing:
    return Standing(claims, REPORTS, Asked(places=Tree()))


def at_once(claims: list[Claim]) -> object:
    return as_plain(tally(claims, REPORTS, places=Tree()))


@given(heaps(), st.randoms())
def test_claims_one_by_one_are_the_heap_at_once(heap: list[Claim], chance: object) -> None:
    chance.shuffle(heap)  # type: ignore[attr-defined]
    known = standing([])

    for one in heap:
        known.add(one)
        known.tally()

    assert as_plain(known.tally()) == at_once(heap)


@given(heaps(), st.data())
def test_a_claim_that_was_dropped_leaves_nothing_behind(heap: list[Claim], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(heap))
    known = standing(heap)
    assert as_plain(known.tally()) == at_once(heap)

    known.drop(gone)

    assert as_plain(known.tally()) == at_once([c for c in heap if c != gone])
    known.add(gone)
    assert as_plain(known.tally()) == at_once(heap)


def test_a_claim_tells_which_rows_it_bore_on() -> None:
    known = standing([claim(30), claim(7, "Hofbau, Ruritania"), claim(5, "Strelsau, Ruritania")])

    touched = known.add(claim(9, "Zenda, Ruritania", id="one-more"))

    assert [key.place for key in touched.keys] == ["Ruritania", "Zenda, Ruritania"]
    assert not touched.anew


def test_a_claim_that_moves_the_case_to_another_event_has_all_reckoned_anew() -> None:
    known = standing([claim(30)])
    known.add(claim(12, "Zenda, Ruritania", day=NEXT))

    touched = known.add(claim(14, "Zenda, Ruritania", day=NEXT))

    assert touched.anew
    assert known.tally().day == NEXT


PLACES = ("Zenda", "Hofbau", "Strelsau", "Ruritania")
LISTS = [Report(f"list-{n}", kind="list", publisher="The Hotline", published=NEXT) for n in range(2)]


@st.composite
def crowds(draw: st.DrawFn) -> list[Mention | Decision]:
    """People on two lists and in the news, and what was judged of them, some of it twice and some of it wrong."""
    names = "abcdef"[: draw(st.integers(1, 6))]
    people: list[Mention | Decision] = [
        mention(
            name, draw(st.sampled_from(PLACES)), report=draw(st.sampled_from(["list-0", "list-0", "list-1", "s"])), start=100 * n,
            name=draw(st.sampled_from([None, "Fritz", name])), what=draw(st.sampled_from(["detained", "jailed"])),
            at=draw(st.sampled_from(["2031-05-01", "2031-05-01T20:00Z", None])), role=draw(st.sampled_from([None, "student"])),
        )
        for n, name in enumerate(names)
    ]  # fmt: skip
    judgements = st.tuples(st.sampled_from(["same", "different", "unsure"]), st.lists(st.sampled_from(names + "x"), min_size=1, max_size=3), st.integers(0, 2))
    people += {d.id: d for d in (judged(what, *about, at=f"2031-05-03T10:0{at}Z") for what, about, at in draw(st.lists(judgements, max_size=8)))}.values()
    people += [judged(what, name) for name, what in draw(st.dictionaries(st.sampled_from(names), st.sampled_from(["reject", "accept"]), max_size=2)).items()]
    moved = draw(st.lists(st.sampled_from(names), max_size=1))
    return people + [judged("edit", name, with_={"place": "Strelsau, Ruritania"}) for name in moved]


def everything(records: list[Claim | Mention | Decision]) -> object:
    of = {kind: [r for r in records if isinstance(r, kind)] for kind in (Claim, Mention, Decision)}
    return as_plain(tally(of[Claim], REPORTS + LISTS, mentions=of[Mention], decisions=of[Decision], places=Tree()))


@given(st.one_of(st.just([]), heaps()), crowds(), st.randoms(), st.data())
def test_claims_mentions_and_decisions_may_come_and_go_in_any_order(heap: list[Claim], crowd: list[Mention | Decision], chance: object, data: st.DataObject) -> None:
    records: list[Claim | Mention | Decision] = [*heap, *crowd]
    chance.shuffle(records)  # type: ignore[attr-defined]
    known = Standing((), REPORTS + LISTS, Asked(places=Tree()))

    for one in records:
        known.add(one)
        if data.draw(st.booleans()):
            known.tally()
    assert as_plain(known.tally()) == everything(records)

    gone = data.draw(st.lists(st.sampled_from(records), unique_by=lambda r: (r.record, r.id), max_size=3))
    for one in gone:
        known.drop(one)
    assert as_plain(known.tally()) == everything([r for r in records if r not in gone])


@given(st.one_of(st.just([]), heaps()), crowds(), st.data())
def test_every_row_in_which_a_record_moves_the_least_is_among_those_it_touched(heap: list[Claim], crowd: list[Mention | Decision], data: st.DataObject) -> None:
    last = data.draw(st.sampled_from([*heap, *crowd]))
    records = [r for r in (*heap, *crowd) if r is not last]
    of = {kind: [r for r in records if isinstance(r, kind)] for kind in (Claim, Mention, Decision)}
    known = Standing(of[Claim], REPORTS + LISTS, Asked(places=Tree()), of[Mention], of[Decision])
    before = {cell.key: (cell.joint.people.low or 0, cell.documented) for cell in known.tally().cells}

    touched = known.add(last)

    after = {cell.key: (cell.joint.people.low or 0, cell.documented) for cell in known.tally().cells}
    assert touched.anew or {key for key in after.keys() & before.keys() if after[key] != before[key]} <= set(touched.keys)
