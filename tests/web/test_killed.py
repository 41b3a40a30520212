"""A worker that is killed in the middle of an import: what was asked for is there in the end, each record once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from atleast.model import encode

from .browser import ROOT, RunningDesk, begin
from .invented import REPORT, claim

CLAIMS = 6_000

ASK = """
from atleast.web import files, jobs
from atleast.web.house.models import Case, Account
case = Case.objects.create(slug="strelsau", title="Strelsau")
owner = Account.objects.filter(is_superuser=True).first()
given = []
for name in ("all.jsonl", "night.txt"):
    data = open(f"{FOLDER}/{name}", "rb").read()
    given.append({"name": name, "file": files.keep(data), "size": len(data)})
print(jobs.ask(case, "import", by=owner, files=given, said={}).pk)
"""
KILL = """
import os, signal, time
from atleast.web.house.models import Job
from atleast.web.ledger.models import Entry
for _ in range(600):
    if Entry.objects.count() >= AFTER:
        break
    time.sleep(0.02)
os.kill(PID, signal.SIGKILL)
from datetime import timedelta
from django.utils import timezone
Job.objects.filter(kind="import").update(alive_at=timezone.now() - timedelta(minutes=1))
print(Entry.objects.count(), Job.objects.get(kind="import").state)
"""
LOOK = """
import time
from collections import Counter
from atleast.web import jobs
from atleast.web.house.models import Case, Job
from atleast.web.ledger.checking import check
from atleast.web.ledger.models import Entry
from atleast.web.shelf.models import Piece
for _ in range(900):
    job = Job.objects.get(kind="import")
    if not job.open:
        break
    time.sleep(0.1)
case = Case.objects.get()
names = list(Entry.objects.values_list("name", flat=True))
kinds = Counter(Entry.objects.values_list("record", flat=True))
print(job.state, kinds["report"], kinds["claim"], len(names) - len(set(names)), Piece.objects.count() - kinds["claim"] - kinds["mention"], len(list(check(case))), job.unread.count())
"""


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk without workers."""
    desk = begin(tmp_path, "--no-workers")
    yield desk
    desk.stop()


def worker(desk: RunningDesk) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "atleast", "worker", "--queue", "intake"], env=desk.environment, cwd=ROOT, stderr=subprocess.DEVNULL)


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(idle: RunningDesk, tmp_path: Path) -> None:
    lines = (encode(each) for each in (REPORT, *(claim(f"c{n}") for n in range(CLAIMS))))
    (tmp_path / "all.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "night.txt").write_text("STRELSAU, May 3, 2031. Police detained 77 people in Strelsau on Sunday.", "utf-8")
    idle.run(f"FOLDER = {str(tmp_path)!r}\n{ASK}")

    for after in (1, CLAIMS // 3, 2 * CLAIMS // 3):
        process = worker(idle)
        there, state = idle.run(f"PID, AFTER = {process.pid}, {after}\n{KILL}").split()
        process.wait()
        assert after <= int(there) < CLAIMS, "it was not killed in the middle"
        assert state == "running"

    process = worker(idle)
    found = idle.run(LOOK).split()
    process.terminate()
    process.wait()

    assert found[0] == "done"
    assert int(found[1]) == 2
    assert int(found[2]) == CLAIMS + 1
    assert found[3:] == ["0", "0", "0", "0"]
