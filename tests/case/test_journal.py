"""The journal: what is noted stays, what was torn is cut off, what another version noted is not believed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from atleast.case.journal import Journal, Shelf, key, replace_file
from atleast.model import Report, Stopped

A, B = key("a"), key("b")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    journal = Journal(tmp_path / "notes")
    journal[A], journal[B] = '{"text": "Пятеро\u2028и шестеро"}', ""
    journal.close(done=False)
    return tmp_path / "notes"


def test_what_was_noted_is_there_in_the_next_run(path: Path) -> None:
    journal = Journal(path)

    assert (journal.found, journal.outdated) == (2, False)
    assert journal[A] == '{"text": "Пятеро\u2028и шестеро"}'
    assert journal[B] == ""
    assert key("c") not in journal
    journal.close(done=True)
    assert not path.exists()


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_wherever_the_last_line_was_torn_the_ones_before_stand(path: Path, cut: int) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])

    journal = Journal(path)
    kept = journal.found
    journal[B] = "again"
    journal.close(done=False)
    after = Journal(path)

    assert kept < 2
    assert after[B] == "again"
    assert (A in after) == (kept == 1)
    after.close(done=True)


def test_zeros_that_a_power_cut_left_are_no_note(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\0" * 500 + b"\n")
    journal = Journal(path)

    assert journal.found == 2
    journal.close(done=True)


@pytest.mark.parametrize("other", (b"atleast 00000000\n", b"my shopping list\n", b"{}"))
def test_the_notes_of_another_version_are_not_used(path: Path, other: bytes) -> None:
    path.write_bytes(other + path.read_bytes().partition(b"\n")[2])
    journal = Journal(path)

    assert (journal.found, journal.outdated) == (0, True)
    assert A not in journal
    journal.close(done=True)


def test_two_runs_do_not_write_one_journal(path: Path) -> None:
    journal = Journal(path)
    with pytest.raises(Stopped, match="somebody else"):
        Journal(path)
    journal.close(done=True)


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="no such file"):
        Journal(tmp_path / "nowhere" / "notes")


def test_a_killed_process_leaves_what_it_noted(tmp_path: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from atleast.case.journal import Journal, key
journal = Journal(Path({str(tmp_path / "notes")!r}))
for n in range(1000):
    journal[key(str(n))] = "x" * n
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", program], check=False, env=ENVIRONMENT)
    journal = Journal(tmp_path / "notes")

    assert 900 <= journal.found <= 1000
    assert all(journal[key(str(n))] == "x" * n for n in range(journal.found))
    journal.close(done=True)


def test_a_shelf_is_a_dict_of_reports_on_the_disk() -> None:
    shelf = Shelf()
    reports = [Report(f"r{n}", text="Сорок\u2029человек" * (n % 2), language="ru") for n in range(20)]
    for report in reports:
        shelf[report.id] = report

    assert list(shelf.values()) == reports
    assert shelf["r7"] == reports[7]
    assert [name for name in shelf if shelf.full(name)] == [r.id for r in reports if r.text]
    assert shelf.get("r99") is None
    shelf.close()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text("before\n")

    def lines() -> object:
        yield "one"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(path, lines())  # type: ignore[arg-type]
    assert path.read_text() == "before\n"

    replace_file(path, ["one", "two"])
    assert path.read_text() == "one\ntwo\n"
    assert [each.name for each in tmp_path.iterdir()] == ["claims.jsonl"]
