"""People are joined by decisions alone, and by the rule that reckoning counts them by."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atleast.case import Reading, reviewed
from atleast.model import Happening, Mention, Report
from atleast.web.serving import set_up

from .invented import REPORT, decision, mention

set_up()

from django.db import transaction  # noqa: E402

from atleast.web.house.models import Case  # noqa: E402
from atleast.web.ledger.writing import append  # noqa: E402
from atleast.web.people.facts import clashes, facts, state  # noqa: E402
from atleast.web.people.models import Member, Person  # noqa: E402
from atleast.web.people.persons import told  # noqa: E402
from atleast.web.shelf.following import rebuild  # noqa: E402
from atleast.web.shelf.models import Piece  # noqa: E402

LIST = Report("l1", kind="list", title="A list", text="Fritz Tarlenheim, Rudolf Elphberg, Fritz Tarlenheim, Sapt")


def people(case: Case) -> dict[str, set[str]]:
    """Who is who, by the first mention of each."""
    names = dict(Piece.objects.filter(case=case).values_list("number", "name"))
    leads = dict(Person.objects.filter(case=case).values_list("number", "name"))
    found: dict[str, set[str]] = {name: set() for name in leads.values()}
    for number, person in Member.objects.filter(case=case).values_list("number", "person"):
        found[leads[person]].add(names[number])
    return found


def kept(case: Case) -> list[Any]:
    """All that is kept of people."""
    return list(told(case))


def mentions(*names: str) -> list[Mention]:
    return [mention(name) for name in names]


def test_nobody_is_joined_by_likeness(case: Case) -> None:
    append(case, [REPORT, *mentions("m1", "m2")], by="flavia")

    assert people(case) == {"m1": {"m1"}, "m2": {"m2"}}


def test_people_are_joined_and_parted_by_decisions(case: Case) -> None:
    append(case, [REPORT, *mentions("m1", "m2", "m3")], by="flavia")

    append(case, [decision("d1", ("m2", "m3"), "same")], by="flavia")
    joined = people(case)
    append(case, [decision("d2", "d1", "retract")], by="flavia")

    assert joined == {"m1": {"m1"}, "m2": {"m2", "m3"}}
    assert people(case) == {"m1": {"m1"}, "m2": {"m2"}, "m3": {"m3"}}


def test_decisions_that_contradict_each_other_join_nobody(case: Case) -> None:
    append(case, [REPORT, *mentions("m1", "m2", "m3")], by="flavia")
    append(case, [decision("d1", ("m1", "m2"), "same"), decision("d2", ("m2", "m3"), "same")], by="flavia")
    append(case, [decision("d3", ("m1", "m3"), "different")], by="sapt")

    assert people(case) == {name: {name} for name in ("m1", "m2", "m3")}


def test_who_is_rejected_is_nobody(case: Case) -> None:
    append(case, [REPORT, *mentions("m1", "m2"), decision("d1", ("m1", "m2"), "same"), decision("d2", "m1", "reject")], by="flavia")

    assert people(case) == {"m2": {"m2"}}


NAMES = [f"m{n}" for n in range(8)]
SAME = [(a, b) for a in NAMES for b in NAMES if a < b]


@st.composite
def ledgers(draw: Any) -> list[Any]:
    """Mentions in a report and on a list, and decisions about them, in any order, some of them taken back."""
    words = "Fritz Tarlenheim", "Rudolf Elphberg", "Sapt"
    made: list[Any] = []
    for name in NAMES:
        on_list = draw(st.booleans())
        start = draw(st.integers(0, 3)) * 20
        word = draw(st.sampled_from(words))
        made.append(Mention(name, "l1" if on_list else "r1", word, start, start + len(word), name=word, place="Zenda"))
    for n in range(draw(st.integers(0, 10))):
        kind = draw(st.sampled_from(["same", "same", "same", "different", "unsure", "reject", "retract"]))
        about: Any = draw(st.sampled_from(SAME))
        if kind == "reject":
            about = about[0]
        elif kind == "retract":
            about = f"d{draw(st.integers(0, 10))}"
        made.append(decision(f"d{n}", about, kind, by=draw(st.sampled_from(["flavia", "sapt"])), at=f"2031-05-03T22:{n:02}+02:00"))
    return [REPORT, LIST, *draw(st.permutations(made))]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledger=ledgers(), cut=st.sampled_from([3, 8, 30]))
def test_the_people_listed_are_those_that_reckoning_counts(case: Case, ledger: list[Any], cut: int) -> None:
    with transaction.atomic():
        for start in range(0, len(ledger), cut):
            append(case, ledger[start : start + cut], by="flavia")
        followed, rows = people(case), kept(case)
        rebuild(case)
        again = kept(case)
        transaction.set_rollback(True)
    records = {kind: tuple(r for r in ledger if r.record == kind) for kind in ("report", "mention", "decision")}
    seen = reviewed(Reading(records["report"], (), records["mention"], records["decision"]))
    from atleast.reckon.judging import Judged
    from atleast.reckon.rules import Rules

    judged = Judged({r.id: r for r in records["report"]}, Rules())
    judged.change((), [*seen.usable.mentions, *seen.judgements])
    expected: dict[str, set[str]] = {}
    for name, person in judged.person.items():
        expected.setdefault(person, set()).add(name)

    assert followed == expected
    assert rows == again


def happened(*told: tuple[str, str | None], id: str = "m1") -> Mention:
    return mention(id, happened=tuple(Happening(what, at) for what, at in told))


@pytest.mark.parametrize(
    ("mentions", "what"),
    [
        ([happened(("detained", None))], "held"),
        ([happened(("detained", "2031-05-03"), ("released", "2031-05-03"))], "released"),
        ([happened(("detained", None)), happened(("released", "2031-05-03T21:00+02:00"), id="m2")], "released"),
        ([happened(("detained", "2031-05-03T23:00+02:00")), happened(("released", "2031-05-03T21:00+02:00"), id="m2")], "contradictory"),
        ([happened(("released", "2031-05-03T21:00+02:00"), ("detained", "2031-05-03T23:00+02:00"))], "held"),
        ([happened(("released", "2031-05-03")), happened(("jailed", "2031-05-05"), id="m2")], "held"),
        ([happened(("fined", None))], "charged"),
        ([happened(("search", None))], "unknown"),
        ([happened()], "unknown"),
    ],
)
def test_what_is_known_last_is_never_sharper_than_what_was_told(mentions: list[Mention], what: str) -> None:
    assert state(facts(mentions)) == what


def test_facts_that_cannot_both_be_true_are_told() -> None:
    held, out = happened(("detained", "2031-05-03T23:00+02:00")), happened(("released", "2031-05-03T21:00+02:00"), id="m2")
    later = happened(("released", "2031-05-04T02:00+02:00"), id="m3")

    kinds = {(c.kind, c.one.mention, c.other.mention) for c in clashes(facts([held, out, later]))}

    assert kinds == {("held_after_release", "m2", "m1"), ("two_times", "m2", "m3")}
    assert not clashes(facts([happened(("detained", "2031-05-03")), happened(("detained", "2031-05-03T20:00+02:00"), id="m2")]))
