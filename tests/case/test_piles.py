"""A pile of reports says what its reports say, however many processes read it and however often it was stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from atleast import case
from atleast.case.gathering import read_one
from atleast.model import Claim, Decision, Mention, Report, Stopped, Unreadable, encode
from atleast.read import Setting

from ..cli.calling import heed_interrupts

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "examples"
TOWNS = ("Minsk", "Moscow", "Tomsk", "Perm", "Kazan", "Kyiv", "Berlin", "Paris")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports with and without a day, in sub-folders, two of one name; with claims that came along and a bad file."""
    made = tmp_path / "reports"
    for n in range(120):
        path = made / str(n % 7) / f"{n // 2}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        when = " on May 4" if n % 3 else ""
        path.write_text(
            f"---\npublished: 2031-05-0{4 + n % 2}T21:00+03:00\nlanguage: en\n---\n"
            f"Police detained {n + 2} people in {TOWNS[n % 8]}{when}, OVD-Info said. Mary Brandybuck was fined.\n"
        )
    (made / "empty.txt").write_text("")
    came = Report("bree", language="en", text="Police detained 12 people in Bree.")
    claim = Claim("c1", "bree", "detained 12 people", 7, 25, low=13, high=13)
    person = Mention("m1", "hobbiton", "somebody", 0, 8)
    other = Report("hobbiton", language="en", text="Police detained 5 people in Minsk. Rosie Cotton was fined.")
    wrong = replace(claim, id="hobbiton#1", report="bree", start=0, end=18)
    decision = Decision("d1", "c1", "me", "2031-05-04T21:00+03:00", "accept")
    (made / "zz.jsonl").write_text("\n".join(map(encode, (claim, came, person, other, wrong, decision, came))))
    return made


def whole(paths: Sequence[Path], **asked: bool) -> list[str]:
    found = case.read(paths, **asked)
    return [encode(each) for each in (*found.reports, *found.claims, *found.mentions, *found.decisions)]


@pytest.mark.parametrize("again", (False, True))
@pytest.mark.parametrize("jobs", (1, 2))
def test_a_pile_says_what_a_case_says(folder: Path, jobs: int, again: bool) -> None:
    paths = [folder, EXAMPLES / "blind-en.jsonl", EXAMPLES / "blind-ru.jsonl"]
    pile = case.pile(paths, jobs=jobs, again=again)
    lines, troubles = list(pile.lines(with_reports=True)), pile.troubles
    pile.close()

    assert lines == whole(paths, again=again)
    assert troubles == case.read(paths, again=again).troubles
    assert not pile.empty and len(lines) > 400


def test_more_processes_read_the_same_case(folder: Path) -> None:
    assert case.read([folder], jobs=3) == case.read([folder])


def test_a_pile_that_was_stopped_goes_on(folder: Path, tmp_path: Path) -> None:
    journal, seen = tmp_path / "out.jsonl.part", 0

    def stop(stage: str, done: int, total: int) -> None:
        nonlocal seen
        seen += stage != "collect"
        if seen == 70:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        case.pile([folder], journal=journal, progress=stop)
    pile = case.pile([folder], journal=journal)

    assert pile.found == 70
    assert (pile.unused, pile.outdated) == (0, False)
    assert list(pile.lines(with_reports=True)) == whole([folder])
    pile.close()
    assert not journal.exists()


def test_reports_that_changed_are_read_anew(folder: Path, tmp_path: Path) -> None:
    journal = tmp_path / "out.part"
    case.pile([folder], journal=journal).close(done=False)
    changed, gone = folder / "0" / "0.txt", folder / "1" / "0.txt"
    changed.write_text(changed.read_text().replace("detained 2 ", "detained 999 "))
    gone.unlink()
    pile = case.pile([folder], journal=journal)
    lines = list(pile.lines(with_reports=True))
    pile.close()

    assert lines == whole([folder])
    assert any('"low": 999' in line for line in lines)
    assert pile.unused >= 2 and pile.found >= 100


def test_notes_of_other_word_lists_are_not_used(folder: Path, tmp_path: Path) -> None:
    journal = tmp_path / "out.part"
    case.pile([folder], journal=journal).close(done=False)
    journal.write_bytes(b"atleast other\n" + journal.read_bytes().partition(b"\n")[2])
    pile = case.pile([folder], journal=journal)

    assert pile.outdated and not pile.found
    assert list(pile.lines(with_reports=True)) == whole([folder])
    pile.close()


def test_a_journal_in_the_folder_itself_is_refused(folder: Path) -> None:
    with pytest.raises(Unreadable, match="lies in a folder that is read"):
        case.pile([folder], journal=folder / "out.jsonl.part")


def test_a_journal_that_cannot_be_written_stops_at_once(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="no such file"):
        case.pile([folder], journal=tmp_path / "nowhere" / "out.part")


@pytest.mark.slow
def test_killed_again_and_again_it_ends_with_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "atleast", "read", str(folder), "--with-reports", "--jobs", "2", "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    part, sizes = out.with_name("out.jsonl.part"), []
    for wait in (2_000, 12_000, 30_000):
        run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while run.poll() is None and time.monotonic() < deadline and size(part) < wait:
            time.sleep(0.002)
        run.send_signal(signal.SIGKILL)
        run.wait()
        sizes.append(size(part))
        assert not out.exists() or run.returncode == 0
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert sizes == sorted(sizes)
    assert out.read_text("utf-8").splitlines() == whole([folder])
    assert "read before it was stopped" in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.jsonl", "reports"]


@pytest.mark.parametrize("jobs", ("1", "2"))
def test_ctrl_c_ends_without_a_word_and_keeps_what_was_read(folder: Path, tmp_path: Path, jobs: str) -> None:
    part = tmp_path / "out.jsonl.part"
    command = [sys.executable, "-m", "atleast", "read", str(folder), "--jobs", jobs, "--out", str(tmp_path / "out.jsonl")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    pipe = subprocess.PIPE
    run = subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, start_new_session=True, preexec_fn=heed_interrupts)
    with run:
        deadline = time.monotonic() + 60
        while size(part) < 3_000 and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        os.killpg(run.pid, signal.SIGINT)  # a terminal sends it to all processes of the command
        out, err = run.communicate(timeout=30)

    assert (run.returncode, out, err) == (130, b"", b"")
    assert size(part) >= 3_000
    assert not (tmp_path / "out.jsonl").exists()


def test_a_report_on_which_the_reader_fails_is_told_and_stops_nothing() -> None:
    broken = Report("broken", language="en", text=40)  # type: ignore[arg-type]
    found = read_one(broken, Setting())

    assert [(t.where, "the reader failed" in t.what) for t in found.troubles] == [("broken", True)]


def size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
