"""The ledger is only ever added to; the shelf is what follows from it; what is on disk is sealed."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings

from atleast.model import encode
from atleast.web.house.models import Case
from atleast.web.ledger.checking import check
from atleast.web.ledger.models import Entry
from atleast.web.ledger.names import new, ours
from atleast.web.ledger.reading import records
from atleast.web.ledger.writing import append, take
from atleast.web.shelf import pieces
from atleast.web.shelf.following import rebuild
from atleast.web.shelf.models import Judgement, Piece, Source

from ..model.strategies import records as any_record
from .invented import REPORT, claim, decision, mention


def shelf(case: Case) -> list[Any]:
    """All that stands on the shelf of a case, opened, without the numbers that the database gives."""
    sources = [(s.name, s.number, s.kind, s.language, s.publisher, s.pieces, s.left, pieces.summary(s)) for s in Source.objects.filter(case=case).order_by("number")]
    rows = [(*[getattr(p, f.name) for f in Piece._meta.fields if f.name not in ("id", "case", "body")], pieces.standing(p)) for p in Piece.objects.filter(case=case).order_by("number")]
    return [sources, rows, sorted(Judgement.objects.filter(case=case).values_list("number", "decision", "about"))]


def test_what_is_added_is_there_again_in_its_order(case: Case) -> None:
    added = [REPORT, claim(), mention()]
    append(case, added, by="flavia")

    assert [record for _, record in records(case)] == added
    assert [entry.number for entry, _ in records(case)] == [1, 2, 3]
    assert not list(check(case))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=any_record)
def test_every_record_makes_the_round_trip(case: Case, record: Any) -> None:
    from dataclasses import replace

    with transaction.atomic():
        record = replace(record, id=new(record.record))
        append(case, [record], by="flavia")
        entry = Entry.objects.get(case=case, name=record.id)
        found = next(records(case, after=entry.number - 1))[1]
        transaction.set_rollback(True)

    assert encode(found) == encode(record)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger_entry",
        "UPDATE ledger_entry SET number = number + 100",
        'UPDATE ledger_entry SET "by" = \'somebody else\'',
        "UPDATE ledger_entry SET body = NULL, salt = NULL, redacted = 'nothing'",
        "UPDATE ledger_entry SET body = NULL",
    ],
)
def test_the_database_refuses_to_change_the_ledger(case: Case, statement: str) -> None:
    append(case, [REPORT, claim()], by="flavia")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_entry_that_leaves_a_gap_is_refused(case: Case) -> None:
    append(case, [REPORT], by="flavia")
    entry = Entry.objects.get(case=case)
    entry.pk, entry.number, entry.name = None, 5, "c9"

    with pytest.raises(DatabaseError, match="no gaps"), transaction.atomic():
        entry.save(force_insert=True)


def test_a_body_put_in_the_place_of_another_is_found(case: Case) -> None:
    append(case, [REPORT, claim(), claim("c2")], by="flavia")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_no_change")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_no_change")
    stolen = Entry.objects.get(case=case, name="c1").body
    Entry.objects.filter(case=case, name="c2").update(body=stolen)
    Entry.objects.filter(case=case, name="r1").update(by="hentzau")

    troubles = list(check(case))

    assert any("cannot be opened" in trouble.what for trouble in troubles)
    assert any("was changed" in trouble.what for trouble in troubles)


def test_the_shelf_made_anew_equals_what_it_was(case: Case) -> None:
    append(case, [REPORT, claim(), claim("c2"), mention()], by="flavia")
    take(case, [decision("d1", "c1"), decision("d2", "c2", "reject", with_={"into": ["c1"]})], by="flavia")
    take(case, [decision("d3", "m1", "edit", with_={"station": "station 8"})], by="sapt")
    before = shelf(case)

    count = rebuild(case)

    assert count == 7
    assert shelf(case) == before
    assert {piece.state for piece in Piece.objects.filter(case=case)} == {"accepted", "rejected", "edited"}


def test_the_same_records_again_are_nothing_new(case: Case) -> None:
    first = take(case, [REPORT, claim()], by="flavia")

    assert take(case, [REPORT, claim(), claim("c2")], by="sapt")[0].record == "claim"
    assert len(first) == 2
    assert Entry.objects.filter(case=case).count() == 3
    assert all(ours(name) for name in Entry.objects.filter(case=case).values_list("name", flat=True))


def test_nobody_is_named_in_the_database(case: Case) -> None:
    append(case, [REPORT, claim(), mention()], by="flavia")

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            stored = b" ".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor.fetchall() for v in row)
            assert b"Elphberg" not in stored, table


def test_a_clock_that_is_set_back_turns_nothing_round(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from django.utils import timezone

    append(case, [REPORT], by="flavia")
    earlier = timezone.now() - timedelta(hours=5)
    monkeypatch.setattr("atleast.web.ledger.writing.timezone.now", lambda: earlier)
    append(case, [claim()], by="flavia")

    times = [entry.at for entry, _ in records(case)]
    assert times == sorted(times) and len(set(times)) == 2
    assert not list(check(case))


def test_what_a_decision_was_made_on_keeps_its_meaning_under_new_names(case: Case) -> None:
    take(case, [REPORT, claim(), claim("c2"), decision("d1", "c1")], by="flavia")
    take(case, [decision("d2", ("c1", "c2"), with_={"on": {"c1": ["d1"], "c2": None}})], by="sapt")

    names = dict(Entry.objects.filter(case=case).values_list("number", "name"))
    last = list(records(case))[-1][1]
    assert last.with_ == {"on": {names[2]: [names[4]], names[3]: None}}
    assert last.extra["came_as"] == "d2"


def test_decisions_that_take_back_each_other_in_a_circle_end(case: Case) -> None:
    append(case, [REPORT, claim(), decision("d1", "c1", "reject")], by="flavia")
    append(case, [decision("d2", ("d1", "d3"), "retract"), decision("d3", "d2", "retract")], by="sapt")
    append(case, [decision("d4", "d4", "retract")], by="sapt")

    assert len(pieces.decisions_about(case, ["c1"])["c1"]) == 3
    assert rebuild(case) == 6
