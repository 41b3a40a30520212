"""The search finds a name in every script and spelling, in a database in which no name can be read."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from atleast.lexicon import spellings
from atleast.model import Report, clean
from atleast.web.serving import set_up

from .invented import REPORT, claim, decision, mention

set_up()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from atleast.web.house import contacts  # noqa: E402
from atleast.web.house.models import Account, Audit, Case, Contact, Digits, Job  # noqa: E402
from atleast.web.house.rights import Right, Role, rights  # noqa: E402
from atleast.web.ledger.writing import append  # noqa: E402
from atleast.web.people import finding, index  # noqa: E402
from atleast.web.people.finding import MOST  # noqa: E402
from atleast.web.people.models import Edition, Word  # noqa: E402
from atleast.web.people.searching import Results, search  # noqa: E402
from atleast.web.shelf.following import rebuild  # noqa: E402


def people(found: Results) -> list[str]:
    return [each.mention for each in found.people]


def kept(case: Case) -> dict[str, Any]:
    """All that the index keeps of a case, opened."""
    return dict(index.told(case))


@pytest.fixture
def told(case: Case) -> Case:
    append(case, [REPORT, claim(), mention()], by="flavia")
    return case


@pytest.mark.parametrize("query", ["Elphberg", "elphberg", "Rudolf Elphberg", "Эльфберг", "Рудольф", "Elfberg", "Elph", "Elphberg Strelsau", "Elphbergu"])
def test_a_name_is_found_in_every_script_and_spelling(told: Case, query: str) -> None:
    assert people(search(told, query)) == ["m1"]


@pytest.mark.parametrize("query", ["Tarlenheim", "Rudolf Tarlenheim", "erg", "", "   ", "!!!", "%", "' OR 1=1 --", "\x00"])
def test_what_is_not_there_is_not_found(told: Case, query: str) -> None:
    assert search(told, query).empty


def test_reports_and_claims_are_found_with_the_words_marked(told: Case) -> None:
    found = search(told, "gazette counted")
    claims = search(told, "Rassendyll Watch")

    assert [each.report for each in found.reports] == ["r1"]
    assert {bit.words for bit in found.reports[0].told if bit.marked} == {"Gazette", "counted"}
    assert [each.claim for each in claims.claims] == ["c1"]
    assert [bit.words for bit in claims.claims[0].told if bit.marked] == ["Rassendyll", "Watch"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=60))
def test_each_word_of_a_name_finds_it_whatever_is_written(case: Case, name: str) -> None:
    name = clean(name)
    assume(name)
    with transaction.atomic():
        append(case, [replace(REPORT, text=name), replace(mention(), quote=name, start=0, end=len(name), name=name)], by="flavia")
        wanted = [name[each.start : each.end] for each in spellings.words(name)]
        missing = [word for word in wanted if people(search(case, word)) != ["m1"]]
        transaction.set_rollback(True)

    assert not missing


def test_words_that_stand_near_each_other_come_first(case: Case) -> None:
    far = "Rudolf was seen. " + "Nothing happened for a long time after that. " * 5 + "Elphberg, it is said, is a town."
    near = "It is said that Rudolf of Elphberg was seen."
    append(case, [Report("r1", text=near), Report("r2", text=far), Report("r3", text="Rudolf alone.")], by="flavia")

    found = search(case, "elphberg rudolf")

    assert [each.report for each in found.reports] == ["r1", "r2"]


def test_who_spells_it_so_comes_before_who_sounds_so(case: Case) -> None:
    names = {"m1": "Fritz Sapt", "m2": "Fritz Sabt", "m3": "Фриц Сапт", "m4": "Fritz Saptenau"}
    append(case, [REPORT, *(mention(id, name=name) for id, name in names.items())], by="flavia")

    assert people(search(case, "Сапт"))[0] == "m3"
    assert people(search(case, "Sapt"))[0] == "m1"
    assert people(search(case, "Sapt"))[-1] == "m4"


def test_a_name_that_very_many_bear_is_told_as_more_than(case: Case) -> None:
    append(case, [REPORT, *(mention(f"m{n}", name=f"Hans Bauer {n}") for n in range(MOST + 5))], by="flavia")

    alone, both = search(case, "Bauer"), search(case, "Hans Bauer")

    for found in (alone, both):
        assert found.mentions_found == MOST and found.more == ("people",)
        assert len(found.people) == 20
    assert people(search(case, "Bauer 17")) == ["m17"]


def test_what_was_corrected_is_found_as_it_stands_now(told: Case) -> None:
    append(told, [decision("d1", "m1", "edit", with_={"name": "Michael Elphberg"})], by="flavia")

    assert not search(told, "Rudolf").people
    assert people(search(told, "Michael")) == ["m1"]


def test_the_index_made_anew_equals_the_one_that_followed(told: Case) -> None:
    append(told, [decision("d1", "m1", "edit", with_={"name": "Michael Hentzau"})], by="flavia")
    append(told, [mention("m2", station="station 8"), decision("d2", "m2", "reject")], by="flavia")
    append(told, [decision("d3", "m1", "edit", with_={"name": "Rupert Hentzau", "on": "d1"})], by="flavia")
    append(told, [decision("d4", "c1", "edit", with_={"claimant": "Zenda Aid"}), decision("d5", "m2", "redact")], by="flavia")
    before = kept(told)

    rebuild(told)

    assert kept(told) == before
    words = {each[0] for key, each in before.items() if key.startswith("word ")}
    assert "rupert" in words
    assert not {"michael", "8"} & words


def test_keys_of_other_tables_are_made_anew(told: Case, as_role: Any) -> None:
    Edition.objects.filter(case=told).update(edition="old")
    assert index.outdated(told)

    page = as_role("reader").get("/strelsau/search/")

    job = Job.objects.get(kind="index")
    assert b"made anew" in page.content
    from atleast.web.jobs import Doing

    before = kept(told)
    index.make_anew(Doing(job))
    assert not index.outdated(told) and kept(told) == before


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_what_it_may_see(told: Case, as_role: Any, role: Role) -> None:
    may = rights([role])
    found = as_role(role.value).post("/strelsau/search/?format=json", {"query": "Elphberg"}).json()["results"]

    assert bool(found["people"]) == (Right.SEE_PEOPLE in may)
    assert bool(found["reports"]) == (Right.SEE_REPORTS in may)


def test_the_same_word_has_another_number_in_another_case(told: Case) -> None:
    other = Case.objects.create(slug="zenda", title="Zenda")
    append(other, [replace(REPORT, id="r9"), replace(mention("m9"), report="r9")], by="flavia")

    here, there = (set(Word.objects.filter(case=each).values_list("word", flat=True)) for each in (told, other))
    assert here and there and not here & there
    assert people(search(other, "Elphberg")) == ["m9"]


def test_a_query_is_kept_nowhere(told: Case, as_role: Any) -> None:
    as_role("editor").post("/strelsau/search/", {"query": "Tarlenheim"})

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any("arlenheim" in str(value) for row in cursor.fetchall() for value in row), table


def test_what_is_found_is_marked_and_nothing_of_it_is_run(case: Case, as_role: Any) -> None:
    append(case, [REPORT, mention(name="<script>alert(1)</script> Elphberg")], by="flavia")

    page = as_role("reader").post("/strelsau/search/", {"query": "elphberg"}).content.decode()

    assert "<mark>Elphberg</mark>" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(("together", "found", "cut"), [((2, 50), ["m0"], ()), ((2, 3), [], ("people",))])
def test_words_that_very_many_bear_are_looked_for_among_the_newest_and_the_page_says_so(
    case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch, together: tuple[int, int], found: list[str], cut: tuple[str, ...]
) -> None:
    monkeypatch.setattr(finding, "_MOST_TOGETHER", together)
    others = [mention(f"m{n}", name="Hans Sapt" if n % 2 else "Anna Bauer") for n in range(1, 11)]
    append(case, [REPORT, mention("m0", name="Hans Bauer"), *others], by="flavia")

    results = search(case, "Hans Bauer")
    page = as_role("reader").post("/strelsau/search/", {"query": "Hans Bauer"}).content

    assert (people(results), results.cut) == (found, cut)
    assert (b"only the newest were gone through" in page) == bool(cut)


_OF_INDEX = re.compile("people_(posting|indexed|word|spelling)")
LOOKED = "looked for a number"
NUMBER = "+420 (355) 501-01-22"


@pytest.fixture
def called(told: Case) -> Case:
    by = Account.objects.create(username="rassendyll")
    append(told, [Report("r2", kind="call", text="Sapt is at station 7.")], by="flavia")
    contacts.keep(told, "r1", f"Flavia, {NUMBER}", by=by)
    contacts.keep(told, "m1", "+7 495 555 01 22", by=by)
    contacts.keep(told, "r2", "sister, 8 495 555-01-22", by=by)
    return told


@pytest.mark.parametrize(("number", "found"), [("355 5010122", ["r1"]), ("00420355 501 01 22", ["r1"]), ("8 (495) 555-01-22", ["r2", "r1"]), ("5550122", ["r2", "r1"]), ("555 01 23", [])])
def test_who_may_see_contacts_finds_calls_by_a_telephone_number_and_it_is_noted(called: Case, as_role: Any, number: str, found: list[str]) -> None:
    lawyer = as_role("lawyer")
    before = lawyer.post("/strelsau/search/", {"query": number})
    assert b"among contacts" in before.content and not Audit.objects.filter(did=LOOKED).exists()

    page = lawyer.post("/strelsau/search/?format=json", {"query": number, "among": "contacts"}).json()
    lawyer.post("/strelsau/search/", {"query": number, "among": "contacts"})

    assert [each["report"] for each in page["results"]["calls"]] == found
    assert list(Audit.objects.filter(did=LOOKED).values_list("count", "about")) == [(len(found), "")] * 2


def test_people_of_a_call_are_told_with_it(called: Case, as_role: Any) -> None:
    page = as_role("lawyer").post("/strelsau/search/?format=json", {"query": NUMBER, "among": "contacts"}).json()

    assert page["results"]["calls"][0]["people"] == [["m1", "Rudolf Elphberg"]]


@pytest.mark.parametrize("role", ["intake", "reader", "editor"])
def test_who_may_not_see_contacts_finds_none_by_a_number(called: Case, as_role: Any, role: str) -> None:
    page = as_role(role).post("/strelsau/search/?format=json", {"query": NUMBER, "among": "contacts"}).json()

    assert page["results"]["calls"] == [] and not page["number"]
    assert not Audit.objects.filter(did=LOOKED).exists()


def test_the_last_four_digits_find_nobody(called: Case, as_role: Any) -> None:
    page = as_role("lawyer").post("/strelsau/search/?format=json", {"query": "0122", "among": "contacts"}).json()

    assert page["results"]["calls"] == [] and not page["number"]


def test_a_contact_that_goes_takes_its_number_along(called: Case) -> None:
    Contact.objects.filter(about="r1").delete()

    assert contacts.reached_by(called, NUMBER) == []
    assert set(Digits.objects.values_list("contact", flat=True)) == set(Contact.objects.values_list("pk", flat=True))


def test_a_person_is_found_once_however_often_mentioned(told: Case) -> None:
    append(told, [mention("m2", name="Рудольф Эльфберг"), decision("d1", ("m1", "m2"), "same")], by="flavia")

    (found,) = search(told, "Elphberg").people

    assert (found.mention, found.mentions) == ("m1", 2)


def test_a_decision_that_changes_no_word_writes_nothing_to_the_index(told: Case) -> None:
    before = kept(told)
    with CaptureQueriesContext(connection) as asked:
        append(told, [decision("d1", "c1")], by="flavia")
    statements = [each["sql"] for each in asked.captured_queries if _OF_INDEX.search(each["sql"])]

    assert kept(told) == before and statements and all(each.startswith("SELECT") for each in statements)

    append(told, [decision("d2", "c1", "edit", with_={"claimant": "Hentzau Observers"})], by="flavia")

    assert search(told, "Hentzau Observers").claims and not search(told, "Rassendyll Watch").claims
    assert kept(told) != before


def test_a_desk_that_starts_has_outdated_indexes_made_anew_once(told: Case) -> None:
    Edition.objects.filter(case=told).update(edition="old")

    for _ in range(2):
        index.keep_all_up_to_date()

    assert list(Job.objects.values_list("kind", "made_by")) == [("index", None)]
