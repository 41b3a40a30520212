"""Files, folders, zips and pasted text become records: once, wherever the work was interrupted."""

import asyncio
import io
import tempfile
import zipfile
from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from atleast.model import Claim, Decision, Report, encode
from atleast.web import files, jobs
from atleast.web.house.models import Case, Job, Kept
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import named, records
from atleast.web.ledger.reading import report as opened

from .invented import REPORT, claim, mention

NIGHT = "STRELSAU, May 3, 2031. Rassendyll Watch said at least 40 people were detained in Strelsau on Sunday. Police released 12 of them."


def uploaded(name: str, data: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def zipped(**held: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in held.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def wire(*lines: Any) -> str:
    return "".join(encode(each) + "\n" for each in lines)


def hand_over(browser: Client, *given: SimpleUploadedFile, **said: Any) -> Any:
    return browser.post("/strelsau/intake/", {"files": list(given), **said})


def done(case: Case) -> Job:
    """The last job, done."""
    job = Job.objects.filter(case=case).exclude(kind__in=jobs.QUEUES).latest("id")
    jobs.do.call(job.pk)
    job.refresh_from_db()
    return job


def counts(case: Case) -> Counter[str]:
    return Counter(Entry.objects.filter(case=case).values_list("record", flat=True))


def texts(case: Case) -> set[str]:
    return {record.text for _, record in records(case) if isinstance(record, Report)}


def page(browser: Client, job: Job) -> dict[str, Any]:
    told: dict[str, Any] = browser.get(f"/strelsau/jobs/{job.pk}/?format=json").json()
    return told


def test_a_file_that_is_handed_over_is_read(case: Case, as_role: Any) -> None:
    answer = hand_over(as_role("intake"), uploaded("night.txt", NIGHT))
    job = done(case)

    assert answer.status_code == 302 and answer["Location"] == f"/strelsau/jobs/{job.pk}/"
    assert job.state == "done"
    assert counts(case)["report"] == 1 and counts(case)["claim"] >= 2
    kept = Kept.objects.get(case=case)
    assert files.opened(kept.file) == NIGHT.encode()


def test_a_report_without_a_title_is_told_by_its_first_words(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    hand_over(browser, uploaded("night.txt", NIGHT))

    assert page(browser, done(case))["reports"][0]["title"].startswith("STRELSAU, May 3, 2031. Rassendyll Watch said")


def test_the_page_tells_a_newcomer_how_it_goes_until_something_came_in(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    first = browser.get("/strelsau/intake/").content.decode()
    hand_over(browser, uploaded("night.txt", NIGHT))
    later = browser.get("/strelsau/intake/").content.decode()

    assert '<details class="how" open>' in first and '<details class="how">' in later
    assert "docs/" not in first and "What to look at" in first
    assert ":</label>" not in first


def test_the_same_again_is_nothing_new_and_that_is_told(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    for _ in range(2):
        hand_over(browser, uploaded("night.txt", NIGHT), uploaded("day.jsonl", wire(REPORT, claim(), mention())))
        job = done(case)
        before, told = counts(case), page(browser, job)

    assert counts(case) == before
    assert {came["record"]: (came["new"], came["known"]) for came in told["came"]} == {"report": (0, 2), "claim": (0, 1), "mention": (0, 1)}


def test_two_files_of_one_name_are_two_reports(case: Case, as_role: Any) -> None:
    hand_over(as_role("intake"), uploaded("night.txt", NIGHT), uploaded("night.txt", NIGHT.replace("40", "50")))
    done(case)

    assert counts(case)["report"] == 2


def test_a_report_whose_claims_came_along_is_not_read_again(case: Case, as_role: Any) -> None:
    hand_over(as_role("intake"), uploaded("night.jsonl", wire(claim(low=41), REPORT)))
    done(case)

    assert [record.low for _, record in records(case) if isinstance(record, Claim)] == [41]


def test_a_decision_finds_what_the_desk_reads_itself(case: Case, as_role: Any) -> None:
    reject = Decision("d1", ("night#1",), "flavia", "2031-05-04T10:00+02:00", "reject")
    hand_over(as_role("intake"), uploaded("all.zip", zipped(night__txt=NIGHT, decided__jsonl=wire(reject))))
    job = done(case)

    decision = next(record for _, record in records(case) if isinstance(record, Decision))
    assert isinstance(named(case, decision.about).get(decision.about[0]), Claim)
    assert not job.amiss.count()


def test_a_decision_about_nothing_is_told(case: Case, as_role: Any) -> None:
    reject = Decision("d1", ("c-of-another-tool",), "flavia", "2031-05-04T10:00+02:00", "reject")
    browser = as_role("intake")
    hand_over(browser, uploaded("decided.jsonl", wire(reject)))

    assert "not here" in page(browser, done(case))["troubles"][0]["what"]


def test_what_a_report_does_not_say_itself_is_said_by_who_hands_it_over(case: Case, as_role: Any) -> None:
    said = {"published": "2031-05-03 21:00", "publisher": "The Hentzau Gazette", "kind": "post", "language": "en"}
    hand_over(as_role("intake"), text="Forty people were detained, they say.", url="https://hentzau.example/night", **said)
    done(case)

    found = opened(case, Entry.objects.get(case=case, record="report").name)
    assert found is not None
    assert (found.published, found.publisher, found.kind, found.language) == ("2031-05-03T21:00+02:00", "The Hentzau Gazette", "post", "en")
    assert found.url == "https://hentzau.example/night"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "hentzau.example", "http://", "https://a:b@c.example/", "http://a b/", "http://[x/"])
def test_what_is_no_link_is_told_beside_the_field(link: str, case: Case, as_role: Any) -> None:
    answer = hand_over(as_role("intake"), text="Some text.", url=link)

    assert answer.status_code == 422
    assert "This is no link" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_link_alone_is_not_opened(case: Case, as_role: Any) -> None:
    answer = hand_over(as_role("intake"), url="http://127.0.0.1:1/")

    assert answer.status_code == 422 and "opens no links" in answer.content.decode()


def test_reports_that_tell_no_day_take_what_the_case_agrees_on(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    told = [f"STRELSAU, May 3, 2031. Police in Moscow, Russia detained {n} people on May 3, 2031." for n in (10, 20, 30)]
    hand_over(browser, *(uploaded(f"{n}.txt", text) for n, text in enumerate(told)))
    done(case)
    hand_over(browser, uploaded("late.txt", "Police detained 77 people, the watch said."))
    done(case)

    late = next(record for _, record in records(case) if isinstance(record, Claim) and record.low == 77)
    assert late.event_date == "2031-05-03"


def test_what_cannot_be_read_is_told_and_the_rest_is_read(case: Case, as_role: Any) -> None:
    bad = {"../../etc/cron": "x", "night.exe": b"MZ", "deep.zip": zipped(a__txt="x"), "late.txt": NIGHT, "broken.jsonl": '{"record": "claim"}\n'}
    browser = as_role("intake")
    hand_over(browser, uploaded("evil.zip", zipped(**bad)), uploaded("table.xlsx", b"PK\x03\x04 no"), uploaded("x.pdf", b"%PDF-1.7"))
    job = done(case)

    told = page(browser, job)
    assert job.state == "done" and counts(case)["report"] == 1
    assert told["amiss"] >= 6
    assert all(each["where"] for each in told["troubles"])


def test_a_bomb_is_told_and_not_unpacked(case: Case, as_role: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("night.txt", b"a" * 30_000_000)
    browser = as_role("intake")
    hand_over(browser, uploaded("bomb.zip", out.getvalue()))

    assert "bomb" in page(browser, done(case))["troubles"][0]["what"]
    assert not counts(case)


def test_a_line_of_any_length_and_any_bytes_harm_nothing(case: Case, as_role: Any) -> None:
    lines = (wire(REPORT).encode(), b'{"record": "claim", "quote": "' + b"x" * 3_000_000 + b'"}\n', b'{"record": "\xff\xfe"}\n', wire(claim()).encode())
    browser = as_role("intake")
    hand_over(browser, uploaded("odd.jsonl", b"".join(lines)))
    told = page(browser, done(case))

    assert counts(case) == {"report": 1, "claim": 1}
    assert told["amiss"] == 2 and all(len(each["value"]) <= 400 for each in told["troubles"])


def test_one_id_with_other_words_is_told_and_the_first_stays(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    hand_over(browser, uploaded("a.jsonl", wire(REPORT, claim(low=40))))
    done(case)
    hand_over(browser, uploaded("b.jsonl", wire(REPORT, claim(low=45))))
    told = page(browser, done(case))

    assert [record.low for _, record in records(case) if isinstance(record, Claim)] == [40]
    assert [each["what"] for each in told["troubles"]] == ["two claims have one id; the first was kept"]


def test_zips_are_kept_file_by_file_and_what_gave_nothing_is_let_go(case: Case, as_role: Any) -> None:
    whole = zipped(night__txt=NIGHT)
    hand_over(as_role("intake"), uploaded("all.zip", whole), uploaded("x.pdf", b"%PDF-1.7"))
    done(case)

    from atleast.web.vault import vault

    assert files.opened(Kept.objects.get(case=case).file) == NIGHT.encode()
    assert files.opened(vault().name(whole)) is None and files.opened(vault().name(b"%PDF-1.7")) is None


def test_an_import_that_is_cancelled_goes_on_where_it_was(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = as_role("intake")
    monkeypatch.setattr("atleast.web.intake.importing.PORTION", 3)
    monkeypatch.setattr("atleast.web.jobs._TOLD_EVERY", 0.0)
    hand_over(browser, uploaded("all.jsonl", wire(REPORT, *(claim(f"c{n}") for n in range(20)))), uploaded("night.txt", NIGHT))
    job = Job.objects.get(case=case)
    stages = iter(range(100))
    step = jobs.Doing.step

    def stopped(doing: Any, stage: str, at: int, total: int) -> None:
        if next(stages) == 2:
            jobs.stop(job)
        step(doing, stage, at, total)

    monkeypatch.setattr(jobs.Doing, "step", stopped)
    job = done(case)
    some = counts(case)
    assert job.state == "cancelled" and 0 < some["claim"] < 20

    browser.post(f"/strelsau/jobs/{job.pk}/resume/")
    job = done(case)
    whole = counts(case)
    assert job.state == "done" and whole["report"] == 2 and whole["claim"] > 20
    assert len({encode(record) for _, record in records(case) if record}) == sum(whole.values())


def test_who_may_not_see_reports_sees_only_what_he_handed_over(case: Case, as_role: Any) -> None:
    hand_over(as_role("intake", "sapt"), uploaded("night.txt", NIGHT))
    job = done(case)

    assert as_role("intake", "sapt").get(f"/strelsau/jobs/{job.pk}/").status_code == 200
    assert as_role("reader").get(f"/strelsau/jobs/{job.pk}/").status_code == 200
    assert as_role("intake", "fritz").get(f"/strelsau/jobs/{job.pk}/").status_code == 404
    assert not as_role("intake", "fritz").get("/strelsau/jobs/?format=json").json()["jobs"]


def test_nothing_that_is_handed_over_is_plain_on_the_disk(case: Case, as_role: Any, settings_folder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*given: Any, **more: Any) -> Any:
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refused)
    long = Report("elphberg", text="Rudolf Elphberg was detained. " * 200_000)
    quoted = Claim("c1", "elphberg", "Rudolf Elphberg", 0, 15, low=1, high=1)
    hand_over(as_role("intake"), uploaded("rudolf-elphberg.jsonl", wire(long, quoted)))
    done(case)

    plain = [path for path in settings_folder.rglob("*") if path.is_file() and b"Elphberg" in path.read_bytes()]
    assert not plain


@pytest.fixture
def settings_folder(desk: None) -> Any:
    return settings.ATLEAST_FOLDER.path


# ── As the server hands it on ──


def sent(path: str, chunks: list[bytes], *, length: bool = True) -> tuple[int, bytes]:
    """What the whole application answers to a body that comes in chunks."""
    from atleast.web.asgi import application

    head = [(b"host", b"127.0.0.1"), (b"content-type", b"application/octet-stream")]
    if length:
        head.append((b"content-length", str(sum(map(len, chunks))).encode()))
    left, answers = list(chunks), list[Any]()

    async def receive() -> Any:
        if left:
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}
        await asyncio.sleep(30)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        answers.append(message)

    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": head, "root_path": "", "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1)}
    asyncio.run(application(scope, receive, send))
    return answers[0]["status"], b"".join(each.get("body", b"") for each in answers)


@pytest.mark.parametrize("length", [True, False])
def test_too_much_is_refused_plainly_and_never_spooled(length: bool, desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 100_000)
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 10_000)
    monkeypatch.setattr(tempfile, "TemporaryFile", None)

    for path, size in (("/strelsau/intake/", 300_000), ("/enter/x/", 200_000)):
        status, body = sent(path, [b"x" * 50_000] * (size // 50_000), length=length)
        assert status == 413, path
        assert b"Too much at once" in body


def test_too_many_files_are_refused_plainly(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_NUMBER_FILES", 3)
    answer = hand_over(as_role("intake"), *(uploaded(f"{n}.txt", "x") for n in range(4)))

    assert answer.status_code == 413 and "Too much at once" in answer.content.decode()


def test_an_import_that_was_cancelled_says_so_until_it_has_ended(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    hand_over(browser, uploaded("night.txt", NIGHT))
    job = Job.objects.get(case=case, kind="import")
    Job.objects.filter(pk=job.pk).update(state="running", done=1, total=300, alive_at=timezone.now())
    before = page(browser, job)
    shown = browser.post(f"/strelsau/jobs/{job.pk}/stop/", follow=True).content.decode()

    assert (before["stopping"], before["percent"]) == (False, None)
    assert page(browser, job)["stopping"] and "It is being cancelled" in shown and "/stop/" not in shown
