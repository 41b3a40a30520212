"""Background work that lasts: whoever does it is known to live, and what two processes have begun, one ends."""

from pathlib import Path

import pytest

from .desks import on

LONG = """
import time
from datetime import timedelta
from django.utils import timezone
from atleast.web import jobs
from atleast.web.house.models import Case, Job
jobs._BEAT_EVERY = 0.02
case = Case.objects.create(slug="strelsau", title="Strelsau")

def one_step_that_lasts(doing):
    # As if it had begun an hour ago and had said nothing since.
    Job.objects.update(alive_at=timezone.now() - timedelta(hours=1))
    for _ in range(500):
        if not Job.objects.get().orphaned:
            break
        time.sleep(0.01)
    print(jobs.take_up_orphans(), Job.objects.get().state)

jobs.KINDS["long"] = one_step_that_lasts
job = jobs.ask(case, "long", by=None)
jobs.do.call(job.pk)
print(Job.objects.get().state)
"""

HOLDING = """
import threading
from datetime import timedelta
from django.db import connection, transaction
from django.utils import timezone
from atleast.web import jobs
from atleast.web.house.models import Case, Job
jobs._BEAT_EVERY = 0.02
case = Case.objects.create(slug="strelsau", title="Strelsau")
said = []

def look():
    # Another worker. It may not even read on, or has to wait, while the work holds the database.
    said.append(Job.objects.get().orphaned)
    said.append(jobs.take_up_orphans())
    connection.close()

def one_transaction_that_lasts(doing):
    Job.objects.update(alive_at=timezone.now() - timedelta(hours=1))
    other = threading.Thread(target=look)
    with transaction.atomic():
        doing.step("write", 1, 1)
        beats.wait(10)
        other.start()
        other.join(0.5)
    other.join()
    print(*said, Job.objects.get().state, Job.objects.get().tries)

beats, beat = threading.Event(), jobs.pulse.beat
def heard(job):
    beat(job)
    beats.set()
jobs.pulse.beat = heard
jobs.KINDS["holding"] = one_transaction_that_lasts
job = jobs.ask(case, "holding", by=None)
jobs.do.call(job.pk)
print(Job.objects.get().state, len(list((jobs.pulse.settings.ATLEAST_FOLDER.path / "working").iterdir())))
"""

FROZEN = """
from datetime import timedelta
from django.utils import timezone
from atleast.web import jobs
from atleast.web.house.models import Case, Job
case = Case.objects.create(slug="strelsau", title="Strelsau")
begun = []

def frozen(doing):
    begun.append(doing)
    if len(begun) == 1:  # the lid was closed for an hour; another process takes the job up, and ends it
        Job.objects.update(alive_at=timezone.now() - timedelta(hours=1))
        print(jobs.take_up_orphans())
        jobs.do.call(job.pk)
        doing.tell(came="of the first")
        doing.step("collect", 1, 1)
        print("went on")
    doing.tell(came="of the second")

jobs.KINDS["frozen"] = frozen
job = jobs.ask(case, "frozen", by=None)
jobs.do.call(job.pk)
print(len(begun), Job.objects.get().state, jobs.told(Job.objects.get())["came"])
"""


@pytest.mark.alike
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_a_job_of_one_long_step_is_not_taken_for_one_that_was_left(engine: str, tmp_path: Path) -> None:
    said = on(engine, tmp_path).run(LONG).split()

    assert said == ["0", "running", "done"]


@pytest.mark.alike
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_a_job_that_holds_the_database_is_not_taken_for_one_that_was_left(engine: str, tmp_path: Path) -> None:
    said = on(engine, tmp_path).run(HOLDING).splitlines()

    # On PostgreSQL nothing of a transaction is heard before it ends; then whoever would take the job up sees that it was.
    assert said[0] in {"sqlite": ["False 0 running 1"], "postgresql": ["True 0 running 1"]}[engine]
    assert said[1] == "done 0"


@pytest.mark.alike
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_a_process_that_was_frozen_goes_on_with_nothing_that_another_has_taken_up(engine: str, tmp_path: Path) -> None:
    said = on(engine, tmp_path).run(FROZEN).splitlines()

    assert said == ["1", "2 done of the second"]
