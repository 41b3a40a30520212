"""Desks in folders of their own, worked on by the command line, as their owners do it."""

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pyrage

IDENTITY = pyrage.x25519.Identity.generate()
PASSPHRASE = "five geese over Zenda"

IMPORTED = """
from tests.web.invented import *
from atleast.web.house.models import *
from atleast.web.ledger.writing import append, take
from atleast.web import files, jobs
"""
"""What the pieces below need."""

FILLED = f"""{IMPORTED}
case = Case.objects.create(slug="strelsau", title="Strelsau, 3 May", zone="Europe/Prague", two_persons=True)
account = Account.objects.get(username="owner")
append(case, [REPORT, claim(), claim("c2"), mention()], by="flavia")
take(case, [decision("d1", "c1"), decision("d2", "m1", "edit", with_={{"station": "station 8"}})], by="sapt")
Kept.objects.create(case=case, report="r1", file=files.keep(b"the Gazette of 3 May" * 90_000))
job = Job.objects.create(case=case, kind="import", state="done", made_by=account)
job.told = jobs._sealed(job, {{"rows": 3}}); job.save()
"""
"""Puts a case on a desk: a report, claims, a person, decisions, a kept file, a job."""

ALL = """
from atleast.web.house.models import Case, Job, Kept
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import opened
from atleast.web.shelf.following import rooms
from atleast.web import files, jobs
from atleast.model import encode
for case in Case.objects.all():
    print(case.slug, case.title, case.two_persons, case.number, case.made_at)
    for e in Entry.objects.filter(case=case).order_by("number"): print(e.number, e.by, e.at, bytes(e.link).hex(), e.redacted, encode(opened(e)) if e.body else None)
    for room in rooms:
        for key, kept in sorted(room.told(case) if hasattr(room, "told") else ()): print(key, kept)
    for k in Kept.objects.filter(case=case): print(k.report, k.file, len(files.opened(k.file) or b""))
    for j in Job.objects.filter(case=case): print(j.kind, j.state, j.made_at, jobs.told(j))
"""
"""Tells all that a desk knows, opened."""


@dataclass
class Desk:
    """A desk nobody serves: a folder, and a database where it is not in the folder."""

    data: Path
    url: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        given = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "ATLEAST_DATA")}
        own = {"ATLEAST_DATA": str(self.data), "ATLEAST_BACKUP_PASSPHRASE": PASSPHRASE}
        return given | own | ({"DATABASE_URL": self.url} if self.url else {}) | self.environment

    def run(self, code: str) -> str:
        """What a piece of Python prints that is run within the desk."""
        begin = "from atleast.web import prepare; prepare()\n"
        done = subprocess.run([sys.executable, "-c", begin + code], env=self.settings, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def atleast(self, *words: str, code: int = 0) -> str:
        """What a command says. It ends with this code."""
        done = subprocess.run([sys.executable, "-m", "atleast", *words], env=self.settings, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def backup(self) -> Path:
        """A backup for an identity: a passphrase takes seconds, on purpose."""
        self.atleast("backup", "--recipient", str(IDENTITY.to_public()))
        return max((self.data / "backups").iterdir())

    def restore(self, file: Path, *words: str, code: int = 0) -> str:
        identity = self.data.parent / "identity.txt"
        identity.write_text(str(IDENTITY))
        return self.atleast("restore", str(file), "--identity", str(identity), *words, code=code)


def on(engine: str, data: Path) -> Desk:
    """A desk on SQLite or on an empty PostgreSQL database."""
    if engine == "sqlite":
        return Desk(data)
    from .postgres import another, started

    if os.environ.get("DATABASE_URL"):
        return Desk(data, another(f"desk_{secrets.token_hex(8)}"))
    return Desk(data, started())
