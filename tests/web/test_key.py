"""The key of the desk: on another medium, behind a passphrase, and handed to workers without standing anywhere."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.web.vault import Locked, Vault, handing, key_of, lock_key, locked, made_key, read_key, unlock_key

from .browser import begin
from .desks import PASSPHRASE, Desk

pytestmark = pytest.mark.alike


def test_a_locked_key_is_the_same_key_to_who_knows_the_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    made_key(path)
    key = read_key(path)

    lock_key(path, PASSPHRASE)

    assert locked(path) and key.hex().encode() not in path.read_bytes()
    assert read_key(path, lambda: PASSPHRASE) == key
    with pytest.raises(Locked, match="does not open"):
        read_key(path, lambda: "six geese")
    with pytest.raises(Locked, match="ATLEAST_PASSPHRASE"):
        read_key(path)
    unlock_key(path, PASSPHRASE)
    assert not locked(path) and read_key(path) == key


def test_a_process_is_handed_the_key_through_a_pipe(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "desk.key"
    made_key(path)
    code = f"from pathlib import Path; from atleast.web.vault import key_of; print(key_of(Path({str(tmp_path / 'elsewhere')!r})).hex())"
    with handing(key_of(path)) as given:
        assert key_of(path).hex() not in str(given)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, **given)

    assert done.stdout.strip() == key_of(path).hex()


def test_a_desk_whose_key_is_not_there_makes_no_other(tmp_path: Path) -> None:
    made = Desk(tmp_path / "desk")
    made.run("")
    key = made.data / "keys" / "desk.key"
    key.rename(tmp_path / "stick")

    assert "cannot be read" in made.atleast("check", code=2)
    assert not key.exists()
    made.environment["ATLEAST_KEY_FILE"] = str(tmp_path / "stick")
    made.atleast("check")


@pytest.mark.slow
def test_a_locked_desk_runs_with_its_workers_and_the_key_stands_nowhere(tmp_path: Path) -> None:
    data = tmp_path / "there"
    made = Desk(data / "desk", environment={"ATLEAST_PASSPHRASE": PASSPHRASE})
    made.run("from atleast.web.house.models import Case; Case.objects.create(slug='zenda', title='Zenda')")
    key = read_key(data / "desk" / "keys" / "desk.key").hex()
    made.atleast("lock-key")

    desk = begin(data, ATLEAST_PASSPHRASE=PASSPHRASE)
    try:
        told = made.run(
            """
import time
from atleast.web import jobs
from atleast.web.house.models import *
from atleast.web.shelf.models import *
jobs.KINDS["nothing"] = print
job = jobs.ask(Case.objects.get(), "nothing", by=None)
for _ in range(100):
    job.refresh_from_db()
    if not job.open: break
    time.sleep(0.1)
print(job.state, jobs.told(job))
"""
        )
        below = [Path(f"/proc/{pid}") for pid in _children(desk.process.pid)]
        assert below
        for process in [*below, Path(f"/proc/{desk.process.pid}")]:
            assert key.encode() not in (process / "cmdline").read_bytes()
            assert key.encode() not in (process / "environ").read_bytes()
        assert all(PASSPHRASE.encode() not in (process / "environ").read_bytes() for process in below)
    finally:
        desk.stop()

    # The worker opened what was asked, and knows no such work.
    assert told.startswith("failed") and "KeyError" in told
    assert key not in b"".join(p.read_bytes() for p in data.rglob("*") if p.is_file()).hex()
    assert "passphrase" in Desk(data / "desk").atleast("check", code=2)


def _children(pid: int) -> list[int]:
    return [int(child) for file in Path(f"/proc/{pid}/task").glob("*/children") for child in file.read_text().split()]


PLAIN = st.recursive(st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=300), lambda some: st.lists(some, max_size=4) | st.dictionaries(st.text(max_size=8), some, max_size=4), max_leaves=12)


@given(PLAIN)
def test_a_value_that_is_sealed_is_the_same_when_it_is_opened_and_nowhere_else(value: Any) -> None:
    kept = Vault(bytes(range(32)))
    sealed = kept.seal_json(value, of="draft r1")

    assert kept.unseal_json(sealed, of="draft r1") == value
    with pytest.raises(Locked):
        kept.unseal_json(sealed, of="draft r2")
