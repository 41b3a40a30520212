"""Somebody who is forgotten is gone from everywhere; numbers, other people and the chain stay."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import BadRecord, Claim, Decision, Happening, Mention, Report, Stopped, encode
from atleast.web import files, jobs
from atleast.web.forgetting.doing import erase
from atleast.web.forgetting.models import returning
from atleast.web.forgetting.names import BLACK, Name, sharing
from atleast.web.forgetting.planning import plan
from atleast.web.house.models import Contact, Job, Kept
from atleast.web.ledger.checking import check
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import records
from atleast.web.ledger.writing import append
from atleast.web.shelf.following import differing
from atleast.web.shelf.pieces import records as standing
from atleast.web.vault import vault

from .desks import ALL, Desk, on
from .invented import REPORT, claim, decision, mention

TEXT = (
    "Rassendyll Watch counted at least 40 people detained, among them R. Elphberg. Рудольфа Эльфберга отпустили. "
    "Anna Elphberg, his sister, waited. Rudolf Rassendyll was held, too."
)


def part(kind: Any, id: str, quote: str, report: str = "r2", **more: Any) -> Any:
    start = TEXT.index(quote)
    return kind(id, report, quote, start, start + len(quote), **more)


OTHER = Report(
    "r2", publisher="Strelsau Radio", title="Where is Elphberg?", text=TEXT, sha256="ab" * 32, language="en",
    url="https://radio.example/2031/rudolf-elphberg-held", extra={"came_as": "elphberg.txt", "desk": "night"},
)  # fmt: skip
NUMBER = part(Claim, "c2", "at least 40 people detained, among them R. Elphberg", low=40, bound="at_least", note="ask Elphberg", claimant="Rassendyll Watch")
RUSSIAN = part(Mention, "m2", "Рудольфа Эльфберга", name="Рудольфа Эльфберга", nominative="Рудольф Эльфберг", happened=(Happening("released"),))
SISTER = part(Mention, "m3", "Anna Elphberg", name="Anna Elphberg", role="sister")
NAMESAKE = part(Mention, "m4", "Rudolf Rassendyll was held", name="Rudolf Rassendyll", happened=(Happening("detained"),))
ALL_OF_IT = [REPORT, claim(), mention(), OTHER, NUMBER, RUSSIAN, SISTER, NAMESAKE]
NAMED = ("Elphberg", "Эльфберг", "elphberg", "station 7 was Rudolf")


def unseen(stage: str, done: int, total: int) -> None:
    """Nobody looks."""


@pytest.fixture
def told(case: Any) -> Any:
    """A case in which Rudolf Elphberg is told of in two reports, and in what was decided."""
    append(case, ALL_OF_IT, by="flavia")
    edit = decision("d1", "m1", "edit", with_={"name": "Rudolf V Elphberg", "station": "station 8"})
    append(case, [edit, decision("d2", "c2", "edit", with_={"note": "Elphberg says so", "low": 41, "bound": "at_least"})], by="sapt")
    return case


def bodies(case: Any) -> dict[str, Any]:
    return {entry.name: record for entry, record in records(case)}


def test_a_person_is_gone_and_a_tombstone_stays(told: Any) -> None:
    done = erase(told, ["m1", "m2"], by="flavia", progress=unseen)

    now = bodies(told)
    assert now["m1"] is None and now["m2"] is None
    tombstone = now[done.decision]
    assert isinstance(tombstone, Decision) and (tombstone.what, tombstone.about, tombstone.by) == ("redact", ("m1", "m2"), "flavia")
    assert tombstone.with_ is None and not tombstone.extra
    assert not list(check(told)) and not differing(told)


def test_the_name_is_covered_in_every_spelling_and_every_offset_holds(told: Any) -> None:
    erase(told, ["m1", "m2"], by="flavia", progress=unseen)

    now = bodies(told)
    report = now["r2"]
    assert len(report.text) == len(TEXT)
    assert "among them █. ████████." in report.text and "████████ █████████ отпустили" in report.text
    assert report.title == "Where is ████████?"
    assert report.url is None and report.sha256 is None and report.extra == {"desk": "night"}
    for record in (each for each in now.values() if isinstance(each, Claim | Mention)):
        assert now[record.report].text[record.start : record.end] == record.quote
    everything = "".join(encode(each) for each in now.values() if each).replace("Anna Elphberg", "")
    assert not any(name in everything for name in NAMED)


def test_numbers_and_other_people_stay(told: Any) -> None:
    erase(told, ["m1", "m2"], by="flavia", progress=unseen)

    now = bodies(told)
    assert now["m3"] == SISTER and now["m4"] == NAMESAKE
    assert (now["c2"].low, now["c2"].claimant, now["c2"].note) == (40, "Rassendyll Watch", None)
    assert now["d2"].with_ == {"low": 41, "bound": "at_least"} and not now["d1"].with_
    assert {each.id for each in standing(told)} == {"c1", "c2", "m3", "m4"}
    assert next(each for each in standing(told) if each.id == "c2").low == 41


def test_nothing_is_changed_before_it_is_meant(told: Any) -> None:
    before = bodies(told)

    planned = plan(told, ["m1"], unseen)

    assert bodies(told) == before
    assert [each.mention for each in planned.called] == ["m2"]
    assert planned.spared == ("Anna Elphberg",)
    assert dict(planned.found) == {"Elphberg": 2, "Rudolf": 1, "R": 1, "Рудольфа": 1, "Эльфберга": 1}
    assert (planned.reports, planned.claims, planned.others, planned.decisions) == (2, 1, 1, 2)


def test_what_lies_beside_the_record_is_gone(told: Any) -> None:
    file, shared = files.keep(b"Rudolf Elphberg was taken"), files.keep("Эльфберг".encode("utf-16"))
    Kept.objects.create(case=told, report="r1", file=file)
    Kept.objects.create(case=told, report="elsewhere", file=shared)
    Contact.objects.create(case=told, about="m1", sealed=b"")
    job = Job.objects.create(case=told, kind="import", state="done")
    job.told = jobs._sealed(job, {"wrong": ["row 3: Elphberg, Rudolf"]})
    job.save()

    done = erase(told, ["m1"], by="flavia", progress=unseen)

    assert (done.files, done.places) == (2, 2)
    assert files.opened(file) is None and files.opened(shared) is None
    assert not Contact.objects.filter(case=told).exists() and not jobs.told(Job.objects.get(pk=job.pk))


def test_drafts_and_what_was_amiss_do_not_hold_the_name(told: Any) -> None:
    from atleast.model import Trouble
    from atleast.web.hotline import typed
    from atleast.web.hotline.models import Draft
    from atleast.web.house.models import Account
    from atleast.web.intake import troubles

    account = Account.objects.create(username="sapt")
    draft = Draft(case=told, account=account, name="rabc")
    draft.body = typed.sealed(draft, typed.Typed(text="Elphberg is at station 9", contact="his brother, 555 0101"))
    draft.save()
    job = Job.objects.create(case=told, kind="import", state="done")
    troubles.keep(job, [Trouble("no such column", "elphberg.csv:3"), Trouble("no such column", "list.csv:3")])

    done = erase(told, ["m1", "m2"], by="flavia", progress=unseen)

    assert typed.opened(Draft.objects.get(name="rabc")).text == "████████ is at station 9"
    assert [each.where for each in troubles.told(job, most=9)] == ["list.csv:3"]
    assert done.places == 2


def test_who_imports_the_report_again_is_warned(told: Any) -> None:
    from atleast.web.forgetting.models import noticed

    assert not list(noticed(told, [OTHER]))
    done = erase(told, ["m1", "m2"], by="flavia", progress=unseen)

    assert [each.value for each in noticed(told, [OTHER, replace(OTHER, text="Anna waited", title=None)])] == [done.decision]


def test_nobody_is_forgotten_while_work_goes_on(told: Any) -> None:
    Job.objects.create(case=told, kind="import", state="waiting")

    with pytest.raises(Stopped, match="work goes on"):
        erase(told, ["m1"], by="flavia", progress=unseen)


@pytest.mark.parametrize("name", ["c1", "nobody", "r1"])
def test_only_a_mention_of_this_case_is_a_person(told: Any, name: str) -> None:
    with pytest.raises(BadRecord, match="no mention"):
        erase(told, [name], by="flavia", progress=unseen)


def test_somebody_is_forgotten_once_and_then_another(told: Any) -> None:
    erase(told, ["m1", "m2"], by="flavia", progress=unseen)
    with pytest.raises(BadRecord, match="erased already"):
        erase(told, ["m1"], by="flavia", progress=unseen)

    erase(told, ["m3"], by="flavia", progress=unseen)

    assert "Elphberg" not in "".join(encode(each) for each in bodies(told).values() if each)
    assert not list(check(told)) and not differing(told)


def test_one_who_comes_again_is_noticed_and_the_name_is_kept_nowhere(told: Any) -> None:
    done = erase(told, ["m1", "m2"], by="flavia", progress=unseen)

    assert returning(told, "Elfberg, Rudolf: again in the station") == (done.decision,)
    assert returning(told, "Рудольфом Эльфбергом") == (done.decision,)
    assert not returning(told, "Rudolf Rassendyll, and Anna")


def test_a_cache_holds_no_name_afterwards(told: Any) -> None:
    from atleast.lexicon import spellings

    erase(told, ["m1", "m2"], by="flavia", progress=unseen)

    assert spellings.keys.cache_info().currsize == 0


def test_a_name_in_many_forms_is_found_and_its_neighbours_are_not() -> None:
    name = Name(("Игорь Сергеевич Сосин",))
    text = "Сосина Игоря взяли. С Сосиным был Пётр Сергеевич Лозко; Игорь Лозко. И. С. Сосин, Sossin Igor. сосна, Соснин"

    covered = name.blackened(text)

    assert covered == "██████ █████ взяли. С ███████ был Пётр Сергеевич Лозко; Игорь Лозко. █. █. █████, ██████ ████. сосна, Соснин"
    assert sharing(name, ["Пётр Сосин", "Игорь Сосин", "Анна Лозко"]) == ("Пётр Сосин",)


@given(st.text(), st.sampled_from(["Rudolf Elphberg", "Сосин", "Игорь Сергеевич Сосин", "", "R."]), st.lists(st.sampled_from(["Elphberg", "rudolf", "Сосиной", ", ", " ", "Игоря", "█"])))
def test_covering_keeps_every_offset_and_covers_once_for_all(text: str, name: str, names: list[str]) -> None:
    own = Name((name,) if name else ())
    whole = text + "".join(names)

    covered = own.blackened(whole)

    assert len(covered) == len(whole)
    assert all(after in (before, BLACK) for before, after in zip(whole, covered, strict=True))


def test_on_the_page_it_takes_two_steps(told: Any, as_role: Any) -> None:
    admin, page = as_role("admin"), "/strelsau/forget/m1/"

    first = admin.get(page)
    assert "Elphberg × 2" in first.content.decode().replace('<span dir="auto">', "").replace("</span>", "")
    assert bodies(told)["m1"] == mention()
    # Without the word that it is meant nothing happens, either.
    assert admin.post(page).status_code == 200 and bodies(told)["m1"]
    answer = admin.post(page, {"sure": "yes", "also": ["m2"]})

    assert answer.status_code == 302 and bodies(told)["m1"] is None and bodies(told)["m2"] is None
    assert parse_qs(urlsplit(answer["Location"]).query) == {}
    assert admin.get(page).status_code == 404


def test_a_body_without_its_salt_and_without_a_decision_is_trouble(told: Any) -> None:
    entry = Entry.objects.get(case=told, name="c1")
    entry.salt = None
    from atleast.web.ledger.checking import _body

    assert any("salt is gone" in str(trouble) for trouble in _body(entry, "", vault()))


PLANTED = """
from tests.web.test_forgetting import *
from atleast.web.house.models import Case
case = Case.objects.create(slug="strelsau", title="Strelsau, 3 May")
append(case, ALL_OF_IT, by="flavia")
Kept.objects.create(case=case, report="r1", file=files.keep(b"Rudolf Elphberg was taken" * 20))
from django.db import connection
from atleast.web.shelf.models import *
sealed = [e.body for e in Entry.objects.filter(name__in=["r1", "r2", "m1", "m2", "c2"])] + [s.summary for s in Source.objects.all()] + [p.body for p in Piece.objects.filter(name__in=["m1", "m2"])]
for each in sealed: print(bytes(each).hex())
"""


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_not_a_byte_of_what_was_sealed_is_left_in_the_files_of_the_database(engine: str, tmp_path: Path) -> None:
    made = on(engine, tmp_path / "strelsau")
    sealed = [bytes.fromhex(line) for line in made.run(PLANTED).split()]
    folders = [made.data]
    if engine == "postgresql":
        folders.append(Path(made.url.partition("host=")[2]) / "data" / "base")
        made.run("from django.db import connection; connection.cursor().execute('CHECKPOINT')")
    assert len(sealed) > 7 and any(sealed[0][20:60] in data for data in _all_bytes(folders))

    told = made.atleast("forget", "strelsau", "m1", "m2", "--yes")

    assert "Erased: decision d" in told and not _left(told)
    for data in _all_bytes(folders):
        assert not [each for each in sealed if each[13:45] in data]
    assert "no troubles" in made.atleast("check", "--shelf")
    assert "Elphberg" not in made.run(ALL).replace("Anna Elphberg", "")


def _left(told: str) -> list[str]:
    return [line for line in told.splitlines() if "could not" in line or "still holds" in line]


def _all_bytes(folders: list[Path]) -> list[bytes]:
    return [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    made = Desk(tmp_path / "strelsau")
    made.run(PLANTED)
    before = made.run(ALL)

    told = made.atleast("forget", "strelsau", "m1", "--dry-run")

    assert "Somebody else, who stays: Anna Elphberg" in told and "The same person? Then name this one as well: m2" in told
    assert made.run(ALL) == before
