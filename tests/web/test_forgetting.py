"""Somebody who is forgotten is gone from everywhere; numbers, other people and the chain stay."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atleast.model import BadRecord, Claim, Decision, Happening, Mention, Report, Stopped, encode
from atleast.web import files, jobs
from atleast.web.forgetting.doing import erase
from atleast.web.forgetting.models import returning
from atleast.web.forgetting.names import BLACK, Name, sharing
from atleast.web.forgetting.planning import plan
from atleast.web.house.models import Account, Audit, Contact, Job, Kept
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

    assert (len(done.files), done.places) == (2, 2)
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


WRITTEN = st.lists(
    st.sampled_from(["Elphberg", "rudolf", "Сосиной", "Эльфбергу", "d'Elphberg", "%20Elphberg", "_elphberg_", "+", "%D0%A1", '"', "\\", "\n", "\u2028", "\ud800", "n", "u0041", " ", ", "])
    | st.text(max_size=3)
).map("".join)


@given(WRITTEN, st.sampled_from(["Rudolf Elphberg", "Сосин", "Игорь Сергеевич Сосин", "R."]))
def test_where_a_name_stands_is_seen_in_the_line_already(text: str, name: str) -> None:
    own, report = Name((name,)), Report("r9", text=text, url=text, extra={text: [text]})

    if own.holds(text) or own.spans(text):
        assert own.may_stand(encode(report))


@given(st.text(), st.sampled_from(["Rudolf Elphberg", "Сосин", "Игорь Сергеевич Сосин", "", "R."]), st.lists(st.sampled_from(["Elphberg", "rudolf", "Сосиной", ", ", " ", "Игоря", "█"])))
def test_covering_keeps_every_offset_and_covers_once_for_all(text: str, name: str, names: list[str]) -> None:
    own = Name((name,) if name else ())
    whole = text + "".join(names)

    covered = own.blackened(whole)

    assert len(covered) == len(whole)
    assert all(after in (before, BLACK) for before, after in zip(whole, covered, strict=True))


def looked_up(admin: Any, mention: str, **also: Any) -> str:
    """Where it stands what erasing a person changes, once that was looked up."""
    where = str(admin.get(f"/strelsau/forget/{mention}/", also)["Location"])
    jobs.do.call(int(where.split("/")[-2]))
    return where


def test_on_the_page_it_takes_two_steps(told: Any, as_role: Any) -> None:
    admin = as_role("admin")

    page = looked_up(admin, "m1", also=["m2"])
    assert "Elphberg × 2" in admin.get(page).content.decode().replace('<span dir="auto">', "").replace("</span>", "")
    assert bodies(told)["m1"] == mention()
    # Without the word that it is meant nothing happens, either.
    assert admin.post(page).status_code == 200 and bodies(told)["m1"]
    answer = admin.post(page, {"sure": "yes"})
    assert answer.status_code == 302 and bodies(told)["m1"] and "m1" not in answer["Location"]
    jobs.do.call(Job.objects.get(kind="forget").pk)

    now, done = bodies(told), admin.get(answer["Location"] + "?format=json").json()
    assert now["m1"] is None and now["m2"] is None and now[done["decision"]].by == "a-admin"
    assert (done["state"], done["open"], done["left"]) == ("done", False, [])
    assert admin.get("/strelsau/forget/m1/").status_code == admin.get(page).status_code == 404
    assert list(Audit.objects.exclude(did="saw a person").filter(page="forget").values_list("did", flat=True).order_by("pk")) == ["asked to erase a person", "erased a person"]


def test_what_would_change_is_looked_up_in_the_background_and_says_how_far_it_is(told: Any, as_role: Any) -> None:
    admin = as_role("admin")
    where = admin.get("/strelsau/forget/m1/")["Location"]

    before = admin.get(where + "?format=json").json()
    # To ask again, or to be sure too early, begins nothing more.
    assert admin.get("/strelsau/forget/m1/")["Location"] == where and admin.post(where, {"sure": "yes"}).status_code == 200
    assert (before["open"], before["plan"], Job.objects.filter(kind="forget").count()) == (True, None, 0)
    assert b'http-equiv="refresh"' in admin.get(where).content

    jobs.do.call(Job.objects.get(kind="plan").pk)
    append(told, [decision("d3", "c1")], by="sapt")
    after = admin.get(where + "?format=json").json()
    assert (after["open"], after["since"], after["plan"]["reports"]) == (False, 1, 2)
    assert [each["mention"] for each in after["plan"]["called"]] == ["m2"] and after["again"] == "/strelsau/forget/m1/"
    assert admin.get(after["again"])["Location"] != where
    assert set(Audit.objects.filter(page="forget-plan").values_list("did", "about")) == {("saw a person", "m1")}


def test_what_was_looked_up_goes_with_whoever_stands_in_it(told: Any, as_role: Any) -> None:
    admin = as_role("admin")
    own, spared, other = (looked_up(admin, mention) for mention in ("m3", "m1", "m4"))
    assert "Anna Elphberg" in admin.get(spared).content.decode() and "Anna" not in admin.get(other).content.decode()

    erase(told, ["m3"], by="flavia", progress=unseen)

    assert [admin.get(page).status_code for page in (own, spared, other)] == [404, 404, 200]
    assert sorted(len(job.told) > 0 for job in Job.objects.filter(kind="plan")) == [False, False, True]


def test_what_was_erased_while_it_was_looked_up_is_not_kept(told: Any, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from atleast.web.forgetting import looking

    found = looking.plan

    def slow(*given: Any) -> Any:
        made = found(*given)
        if bodies(told)["m3"]:
            Job.objects.update(alive_at=None)  # nobody waits for a process that has gone silent
            erase(told, ["m3"], by="sapt", progress=unseen)
        return made

    monkeypatch.setattr(looking, "plan", slow)
    page = looked_up(as_role("admin"), "m1")

    assert as_role("admin").get(page + "?format=json").json()["plan"]["spared"] == []


def asked_for(case: Any, *mentions: str) -> Job:
    return jobs.ask(case, "forget", by=Account.objects.get_or_create(username="flavia")[0], mentions=list(mentions))


def test_an_erasure_that_was_killed_is_finished_and_not_done_twice(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def kill(name: str) -> None:
        raise Killed

    file = files.keep(b"Rudolf Elphberg was taken")
    Kept.objects.create(case=told, report="r1", file=file)
    job = asked_for(told, "m1", "m2")
    with monkeypatch.context() as killing:
        killing.setattr("atleast.web.files.erase", kill)
        with pytest.raises(Killed):
            jobs.do.call(job.pk)
    first = jobs.told(Job.objects.get(pk=job.pk))["decision"]
    assert bodies(told)["m1"] is None and files.opened(file) is not None

    jobs.again(job)
    jobs.do.call(job.pk)

    assert jobs.told(Job.objects.get(pk=job.pk))["decision"] == first and files.opened(file) is None
    assert [each.id for each in bodies(told).values() if isinstance(each, Decision) and each.what == "redact"] == [first]
    assert Audit.objects.filter(did="erased a person").count() == 1


def test_an_erasure_is_stopped_before_it_erases_anything(told: Any, as_role: Any) -> None:
    job, admin = asked_for(told, "m1"), as_role("admin")
    where = f"/strelsau/forget/job/{job.pk}/"
    admin.post(where, {"do": "stop"})
    jobs.do.call(job.pk)
    assert bodies(told)["m1"] and admin.get(where + "?format=json").json()["may_go_on"]

    admin.post(where, {"do": "again"})
    jobs.do.call(job.pk)
    assert bodies(told)["m1"] is None


def test_what_comes_while_it_is_looked_for_is_covered_too(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from atleast.web.forgetting import doing

    late = replace(OTHER, id="r9", text="Elphberg again, and Rupert Hentzau.", title=None, url=None)
    namesake = Mention("m9", "r9", "Rupert Hentzau", 20, 34, name="Rupert Hentzau")
    looked = doing._looked

    def slow(*given: Any) -> Any:
        found = looked(*given)
        if "r9" not in bodies(told):
            append(told, [late, namesake], by="sapt")
        return found

    monkeypatch.setattr(doing, "_looked", slow)
    erase(told, ["m1", "m2"], by="flavia", progress=unseen)

    assert bodies(told)["r9"].text.startswith("████████ again") and bodies(told)["m9"] == namesake
    assert not differing(told) and not list(check(told))


def test_who_may_not_erase_is_not_shown_the_way_and_cannot_stop_it(told: Any, as_role: Any) -> None:
    job, reader, admin = asked_for(told, "m1"), as_role("reader"), as_role("admin")

    for page in ("/strelsau/people/m1/", "/strelsau/reports/r1/"):
        assert b"/strelsau/forget/m1/" in admin.get(page).content
        assert b"/forget/" not in reader.get(page).content
    assert reader.post(f"/strelsau/jobs/{job.pk}/stop/").status_code == 404
    assert reader.post(f"/strelsau/forget/job/{job.pk}/", {"do": "stop"}).status_code == 403


def test_who_takes_a_call_about_somebody_erased_is_told_once_it_is_sent(told: Any, as_role: Any) -> None:
    erase(told, ["m1", "m2"], by="flavia", progress=unseen)
    intake = as_role("intake")

    def said(words: str) -> str:
        call = intake.get("/strelsau/call/?format=json").json()
        answer = intake.post("/strelsau/call/save/", {"call": call["call"], "text": words, "when": call["typed"]["when"], "do": "send"}, follow=True)
        return str(answer.content.decode())

    assert "was erased from this case" in said("Rudolf Elfberg is at station 9")
    assert "was erased from this case" not in said("Anna waits at station 9")


def test_a_body_without_its_salt_and_without_a_decision_is_trouble(told: Any) -> None:
    entry = Entry.objects.get(case=told, name="c1")
    entry.salt = None
    from atleast.web.ledger.checking import _body

    assert any("salt is gone" in str(trouble) for trouble in _body(entry, "", vault()))


PEOPLE = [None, "Rudolf Elphberg", "Рудольф Эльфберг", "Anna Elphberg", "Rupert Hentzau"]
LIST = replace(REPORT, id="r3", kind="list", text=f"{TEXT} Rupert Hentzau; Rudolf Elphberg; Anna Elphberg.")


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Any], list[str]]:
    """Records of a case in some order, and whom to erase."""
    reports = draw(st.lists(st.sampled_from([REPORT, OTHER, LIST]), min_size=1, unique=True))
    among = st.sampled_from([each.id for each in reports])
    mentions = [replace(mention(f"m{n}", name=draw(st.sampled_from(PEOPLE))), report=draw(among)) for n in range(draw(st.integers(1, 5)))]
    claims = [replace(claim(f"c{n}"), report=draw(among), note=draw(st.sampled_from([None, "says Elphberg"]))) for n in range(draw(st.integers(0, 2)))]
    read = [*mentions, *claims]
    names = st.sampled_from([each.id for each in read])
    decisions = []
    for n in range(draw(st.integers(0, 6))):
        about = draw(st.lists(names, min_size=1, max_size=3, unique=True))
        if decisions and draw(st.booleans()):
            about = [draw(st.sampled_from(decisions)).id]
        with_ = draw(st.sampled_from([{}, {"station": "station 8"}, {"name": "Rudolf V Elphberg"}, {"into": [draw(names)]}]))
        what = draw(st.sampled_from(["accept", "edit", "reject", "same", "different", "unsure"]))
        decisions.append(replace(decision(f"d{n}", about[0], what, with_=with_), about=tuple(about)))
    erased = draw(st.lists(st.sampled_from([each.id for each in mentions]), min_size=1, max_size=2, unique=True))
    return draw(st.permutations([*reports, *read, *decisions])), erased


@settings(max_examples=int(os.environ.get("ASKED", "40")), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledgers())
def test_the_shelf_after_an_erasure_is_the_shelf_made_anew(db: None, drawn: tuple[list[Any], list[str]]) -> None:
    from django.db import transaction

    from atleast.web.house.models import Case

    told, erased = drawn
    with transaction.atomic():
        case = Case.objects.create(slug="hentzau", title="Hentzau", zone="Europe/Prague")
        for record in told:
            append(case, [record], by="flavia")

        erase(case, erased, by="flavia", progress=unseen)

        assert differing(case) == [] and not list(check(case))
        assert not {each.id for each in standing(case)} & set(erased)
        transaction.set_rollback(True)


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


@pytest.mark.alike
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
