"""What must hold of any night: no order matters, undoing all gives back the start, one person is never two."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from atleast.model import Decision
from atleast.review import bearing, standing, standings, usable

from .night import CLAIM, said

CLAIMS = tuple(replace(CLAIM, id=f"c{n}") for n in range(3))
PEOPLE = ("Mat", "Robin", "Rosie", "Tom")


@st.composite
def nights(draw: st.DrawFn) -> list[Decision]:
    """Decisions of a few people about three claims, some stale, some undone, some at one moment."""
    made: list[Decision] = []
    for number in range(draw(st.integers(0, 8))):
        id, earlier = f"d{number}", [decision.id for decision in made]
        what = draw(st.sampled_from(["accept", "edit", "reject", "unsure", *(["retract"] if made else [])]))
        names = earlier if what == "retract" else [claim.id for claim in CLAIMS]
        about: Any = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        with_: dict[str, Any] = {}
        if what == "edit":
            with_ = draw(st.sampled_from([{"low": 20, "high": 20}, {"low": 13}, {"place": "Archet, Eriador"}, {"low": "many"}]))
        if what == "reject":
            with_ = draw(st.sampled_from([{}, {"into": ["c2"]}]))
        if what != "retract" and draw(st.booleans()):
            with_ = with_ | {"on": draw(st.none() | st.lists(st.sampled_from([*earlier, "d9"]), max_size=2))}
        at = f"2031-05-04T22:0{draw(st.integers(0, 4))}+01:00"
        made.append(said(id, draw(st.sampled_from(PEOPLE)), what, at, about, **with_))
    return made


@given(nights(), st.booleans(), st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_in_which_records_come_in(night: list[Decision], two: bool, chance: Any) -> None:
    shuffled = [*night, *night[:2]]
    chance.shuffle(shuffled)

    assert standings(CLAIMS, night, two=two) == standings(CLAIMS, shuffled, two=two)


@given(nights(), st.booleans())
def test_undoing_everything_gives_back_the_start(night: list[Decision], two: bool) -> None:
    decided = [decision for decision in night if decision.what != "retract"]
    undone = [said(f"d{50 + n}", "Mat", "retract", about=d.id) for n, d in enumerate(decided)]
    found = standings(CLAIMS, [*decided, *undone], two=two)

    assert [(each.state, each.record, each.into, each.on) for each in found] == [("proposed", claim, (), ()) for claim in CLAIMS]


@given(nights())
def test_an_undo_that_is_undone_changes_nothing(night: list[Decision]) -> None:
    there_and_back = [said("d50", "Mat", "retract", about=d.id) for d in night[:1]] + [said("d51", "Mat", "retract", about="d50")]

    assert standings(CLAIMS, night) == standings(CLAIMS, [*night, *there_and_back])


@given(nights())
def test_one_person_alone_settles_nothing_where_two_are_demanded(night: list[Decision]) -> None:
    alone = [replace(decision, by="Rosie") for decision in night]

    assert {each.state for each in standings(CLAIMS, alone, two=True)} <= {"proposed", "waiting", "unsure"}


@given(nights(), st.booleans())
def test_one_record_worked_out_from_its_own_decisions_is_the_same(night: list[Decision], two: bool) -> None:
    about = bearing(night)

    for claim, whole in zip(CLAIMS, standings(CLAIMS, night, two=two), strict=True):
        assert standing(claim, about.get(claim.id, ()), two=two) == whole == standing(claim, night, two=two)


@given(nights(), st.booleans(), st.booleans())
def test_every_record_counts_or_is_left_out_with_a_reason_and_two_agree_where_two_must(
    night: list[Decision], two: bool, reviewed: bool
) -> None:
    found = standings(CLAIMS, night, two=two)
    counted = usable(found, reviewed=reviewed)

    assert sorted([c.id for c in counted.claims] + [each.standing.original.id for each in counted.left]) == ["c0", "c1", "c2"]
    assert all(each.why for each in counted.left)
    for each in found:
        assert len({*each.by}) == len(each.by)
        assert not two or each.state not in ("accepted", "edited", "rejected") or len(each.by) > 1


@given(nights(), st.booleans())
def test_whoever_decides_on_what_stands_ends_every_dispute(night: list[Decision], two: bool) -> None:
    for claim, before in zip(CLAIMS, standings(CLAIMS, night, two=two), strict=True):
        agreed = [said(f"d{60 + n}", by, "reject", "2031-05-05", claim.id, on=[*before.on]) for n, by in enumerate(("Ann", "Bo"))]
        after = standing(claim, [*night, *agreed], two=two)

        assert after.state == "rejected" and {"Ann", "Bo"} <= {*after.by}
