"""What breaks in the night: a full disk, a database that goes away. Nothing is half written, and it is said plainly."""

import errno
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from atleast.web import files
from atleast.web.faults import full
from atleast.web.house.models import Case
from atleast.web.ledger.checking import check
from atleast.web.ledger.models import Entry
from atleast.web.ledger.writing import append

from .browser import RunningDesk, begin
from .invented import REPORT, claim
from .postgres import Server, found


@pytest.fixture
def no_room() -> Any:
    """SQLite may not take one page more, as on a disk that is full."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's disk cannot be filled by a test")

    def limit(pages: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {pages}")

    yield lambda: limit(1)
    limit(2**30)


def test_a_full_disk_leaves_nothing_half_written(case: Case, no_room: Any) -> None:
    append(case, [REPORT], by="flavia")
    no_room()

    with pytest.raises(OperationalError) as wrong, transaction.atomic():
        append(case, [claim(f"c{n}") for n in range(2_000)], by="flavia")

    assert full(wrong.value)
    assert Entry.objects.filter(case=case).count() == 1
    assert not list(check(Case.objects.get(pk=case.pk)))


def test_a_full_disk_is_said_on_the_page(as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_role("owner")

    def fill(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("atleast.web.cases.CaseForm.save", fill)
    answer = client.post("/new/", {"title": "Streltsau", "slug": "s", "zone": "UTC"})

    assert answer.status_code == 507
    assert answer["Retry-After"]
    assert b"disk of the desk is full" in answer.content


def test_a_file_that_finds_no_room_is_not_there_at_all(tmp_path: Path) -> None:
    code = (
        "import resource; from atleast.web import set_up; set_up(); from atleast.web import files, faults\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); import os, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try: files.keep(os.urandom(5000))\n"
        "except OSError as wrong: print(faults.full(wrong), [f.name for f in files._path('ab').parent.parent.rglob('*') if f.is_file()])\n"
    )
    env = os.environ | {"ATLEAST_DATA": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)

    assert told.stdout.strip() == "True []", told.stderr


def test_a_file_that_was_kept_is_there_again(desk: None) -> None:
    data = b"a list of nobody"
    name = files.keep(data)

    assert files.opened(name) == data
    assert files.keep(data) == name
    files.erase(name)
    assert files.opened(name) is None


def test_what_is_full_is_told_apart_from_what_is_away() -> None:
    assert full(OSError(errno.ENOSPC, "no space"))
    assert not full(OSError(errno.ENOENT, "no file"))
    assert not full(OperationalError("connection refused"))


@pytest.mark.slow
@pytest.mark.browser
def test_a_database_that_is_started_anew_is_found_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    if found() is None:
        pytest.skip("PostgreSQL is not installed")
    server = Server()
    desk = begin(tmp_path_factory.mktemp("desk"), DATABASE_URL=server.made("desk"))
    try:
        assert status(desk) == 200
        server.stop()
        assert status(desk) == 503
        server.start()
        assert any(status(desk) == 200 or time.sleep(0.5) for _ in range(40))
        assert desk.process.poll() is None
        assert "Traceback" not in desk.log.read_text()
    finally:
        desk.stop()


def status(desk: RunningDesk) -> int:
    try:
        return urllib.request.urlopen(desk.address + "/healthy/", timeout=30).status
    except urllib.error.HTTPError as wrong:
        return wrong.code
