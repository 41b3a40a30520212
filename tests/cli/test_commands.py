"""The command itself, with its exit codes and its two streams."""

import csv
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from atleast.model import Claim, Report, decode, encode

from .calling import ENVIRONMENT, ROOT, SAMPLE, atleast, heed_interrupts, process

TEXT = "Police detained 12 people in Moscow on May 4, the Interior Ministry said."
OTHER = "The police took at least 15 people in Moscow on May 4, OVD-Info said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    head = "---\npublisher: {}\npublished: 2031-05-{}+03:00\nlanguage: en\n---\n"
    (tmp_path / "a.txt").write_text(head.format("The Prancing Pony", "05T10:00") + TEXT)
    (tmp_path / "b.txt").write_text(head.format("The Green Dragon", "04T22:00") + OTHER)
    return tmp_path


def one_line(text: str) -> bool:
    return text.startswith("atleast: ") and text.count("\n") == 1


# ── help ──


def test_help_comes_at_once() -> None:
    start = time.monotonic()
    done = process("--help")

    assert done.returncode == 0 and {"read", "explain", "reckon", "lexicon"} <= set(done.stdout.split())
    assert time.monotonic() - start < 2  # 0.1 s on a machine that does nothing else


@pytest.mark.parametrize("command", ["read", "explain", "reckon", "lexicon", "lexicon check"])
def test_every_command_has_help(command: str) -> None:
    assert atleast(*command.split(), "--help").stdout.startswith("Usage: atleast " + command)


def test_the_version_is_the_projects() -> None:
    assert f'version = "{atleast("--version").stdout.strip()}"' in (ROOT / "pyproject.toml").read_text("utf-8")


# ── read ──


def test_read_draws_each_quote_under_its_sentence(folder: Path) -> None:
    done = atleast("read", folder / "a.txt")
    lines = done.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if TEXT in line)

    assert done.returncode == 0 and done.stderr == ""
    assert "a · The Prancing Pony · 2031-05-05T10:00+03:00 · en" in lines
    assert lines[at].index("12") == lines[at + 1].index("──", lines[at].index("12"))
    assert "number" in "\n".join(lines[at + 1 : at + 6])
    assert any(line.startswith("  → ") and "detained · 12 · Moscow, Russia" in line for line in lines)


def test_read_says_so_when_a_report_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The weather in Moscow was fine all day, and so was the food at the market.")

    assert "Nothing was read from this report." in atleast("read", tmp_path, "--language", "en").stdout


def test_read_writes_the_wire_form_and_reads_it_back(folder: Path) -> None:
    lines = atleast("read", folder, "--format", "jsonl", "--with-reports").stdout
    records = [decode(line) for line in lines.splitlines()]

    assert [r.id for r in records if isinstance(r, Report)] == ["a", "b"]
    assert any(isinstance(r, Claim) for r in records)
    assert atleast("read", "-", "--format", "jsonl", "--with-reports", typed=lines).stdout == lines


def test_read_without_reports_writes_claims_and_mentions_only(folder: Path) -> None:
    lines = atleast("read", folder, "--format", "jsonl").stdout.splitlines()

    assert lines and not any(isinstance(decode(line), Report) for line in lines)


def test_read_fills_in_what_the_file_does_not_say() -> None:
    done = atleast(
        "read", "-", "--format", "jsonl", "--with-reports", "--published", "2031-05-04", "--publisher", "Nobody", typed=TEXT
    )
    report = decode(done.stdout.splitlines()[0])

    assert isinstance(report, Report)
    assert (report.id, report.publisher, report.published, report.language) == ("stdin", "Nobody", "2031-05-04", "en")


def test_claims_that_came_along_are_read_again_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(encode(Report("a", language="en", text=TEXT)) + "\n" + encode(Claim("c", "a", "12 people", 16, 25, low=99)))

    assert "99" in atleast("read", path).stdout
    assert "99" not in atleast("read", path, "--again").stdout


def test_the_same_bytes_come_out_on_every_run(folder: Path) -> None:
    runs = {process("read", folder, "--format", "jsonl", PYTHONHASHSEED=str(seed)).stdout for seed in range(3)}

    assert len(runs) == 1


def test_a_document_cannot_play_with_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\x1b[2J\x1b]0;title\x07" + TEXT * 4)

    for command in ("read", "explain", "reckon"):
        done = atleast(command, tmp_path, "--language", "en")
        assert "12" in done.stdout and not set(done.stdout + done.stderr) & set("\x1b\x07")


# ── explain ──


def test_explain_names_the_words_and_the_rule_of_each_slot(folder: Path) -> None:
    done = atleast("explain", folder / "a.txt")

    assert done.returncode == 0
    assert "quantity: detained" in done.stdout and "number: 12" in done.stdout
    assert "“12”, by " in done.stdout and ".tsv:" in done.stdout


def test_explain_says_when_a_claim_came_along_without_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(encode(Claim("c", "a", "12 people", 16, 25, low=12, high=12)))

    assert "came along in the wire form" in atleast("explain", path).stdout


# ── reckon ──


def test_reckon_prints_the_table_the_contradiction_and_its_quotes(folder: Path) -> None:
    done = atleast("reckon", folder)

    assert done.returncode == 0 and done.stderr == ""
    assert any(line.split()[:1] == ["Moscow"] and "contradictory" in line for line in done.stdout.splitlines())
    assert "What cannot all be true" in done.stdout and "15 > 12" in " ".join(done.stdout.split())


def test_reckon_fits_eighty_columns_and_wraps_to_the_terminal() -> None:
    assert max(map(len, atleast("reckon", SAMPLE, "--why").stdout.splitlines())) <= 80
    assert max(map(len, atleast("reckon", SAMPLE, COLUMNS="70").stdout.splitlines())) <= 70


def test_reckon_shows_the_proofs_when_asked_why(folder: Path) -> None:
    plain, why = atleast("reckon", folder).stdout, atleast("reckon", folder, "--why").stdout

    assert "At least 15" in why and "At least 15" not in plain and len(why) > len(plain)


def test_reckon_answers_what_was_known_then(folder: Path) -> None:
    then = atleast("reckon", folder, "--at", "2031-05-04T23:30+03:00").stdout

    assert "What was known at 2031-05-04T23:30+03:00" in then
    assert "at least 15" in then and "12" not in then


def test_reckon_tells_when_those_still_held_were_counted() -> None:
    claim = Claim("c", "r", "five", 0, 4, claimant="OVD-Info", quantity="still_held", low=5, high=5, place="Moscow, Russia", event_date="2031-05-04", as_of="2031-05-04T22:30Z")
    done = atleast("reckon", "-", "--zone", "+03:00", typed=encode(claim))

    assert "5 · 05-05 01:30" in done.stdout


def test_reckon_gives_the_same_table_as_json_csv_and_markdown(folder: Path) -> None:
    whole = json.loads(atleast("reckon", folder, "--format", "json").stdout)
    rows = list(csv.DictReader(atleast("reckon", folder, "--format", "csv").stdout.splitlines()))
    markdown = atleast("reckon", folder, "--format", "md").stdout
    (row,) = (r for r in rows if r["quantity"] == "detained" and r["place"] == "Moscow, Russia")
    (cell,) = (c for c in whole["cells"] if c["key"]["quantity"] == "detained" and c["key"]["place"] == "Moscow, Russia")

    assert (row["independent_low"], row["authority_high"]) == ("15", "12")
    assert (cell["independent"]["people"]["low"], cell["authority"]["people"]["high"]) == (15, 12)
    assert "| Moscow, Russia | at least 15 | 12 | contradictory |" in markdown
    assert whole["contradictions"] and row["claims"]


def test_a_cell_of_the_spreadsheet_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    claims = [
        Claim(f"=cmd{n}", "r", "12", 0, 2, claimant="@x", low=12, high=12, place=f"{sign}1+1, Shire", of="-1")
        for n, sign in enumerate("=+-@")
    ]
    path.write_text("\n".join(map(encode, claims)))
    cells = [cell for row in csv.reader(atleast("reckon", path, "--format", "csv").stdout.splitlines()) for cell in row]

    assert any(cell.startswith("'=") for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_rule_can_be_switched_off_by_its_name(folder: Path) -> None:
    done = atleast("reckon", folder, "--without", "event_over", "--without", "parts")

    assert done.returncode == 0 and "Rules switched off: event_over, parts" in done.stdout


def test_the_zone_is_the_reports_own_unless_it_is_told(folder: Path) -> None:
    assert "UTC+03:00" in atleast("reckon", folder).stdout
    assert "UTC+05:00" in atleast("reckon", folder, "--zone", "+05:00").stdout


def test_words_are_russian_when_asked_or_when_the_system_is(folder: Path) -> None:
    asked, system = atleast("reckon", folder, "--words", "ru").stdout, atleast("reckon", folder, LC_ALL="ru_RU.UTF-8").stdout

    assert asked == system and "Что не может быть верно одновременно" in asked


def test_a_system_that_knows_no_letters_still_prints_them(folder: Path) -> None:
    done = process("read", folder, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")

    assert done.returncode == 0 and "12" in done.stdout


# ── what goes wrong ──


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["reckon"], "PATH"),
        (["reck"], "reck"),
        (["reckon", "x", "--without", "gravity"], "gravity"),
        (["reckon", "x", "--at", "later"], "2017-10-07T21:00+03:00"),
        (["reckon", "x", "--at", "--10-07"], "year"),
        (["reckon", "x", "--zone", "Middle/Earth"], "+03:00"),
        (["reckon", "x", "--zone", "+99:99"], "+03:00"),
        (["reckon", "x", "--format", "pdf"], "pdf"),
        (["read", "x", "--published", "Saturday"], "Saturday"),
        (["read", "x", "--words", "sjn"], "sjn"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(words: list[str], told: str, folder: Path) -> None:
    done = atleast(*(str(folder) if word == "x" else word for word in words))

    assert done.returncode == 2 and done.stdout == ""
    assert one_line(done.stderr) and told in done.stderr


def test_nothing_at_all_is_exit_code_1(tmp_path: Path) -> None:
    done = process("reckon", tmp_path / "nowhere", tmp_path)

    assert done.returncode == 1
    assert str(tmp_path / "nowhere") in done.stderr and done.stderr.endswith("nothing at all could be read\n")


def test_one_bad_file_is_told_and_the_rest_is_reckoned(folder: Path) -> None:
    (folder / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = atleast("reckon", folder)

    assert done.returncode == 0 and "Moscow" in done.stdout
    assert f"atleast: {folder / 'photo.txt'}: this is a picture, not text" in done.stderr
    assert done.stderr.endswith("atleast: troubles: 1\n")


def test_many_troubles_are_counted_rather_than_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n" * 500 + encode(Report("a", language="en", text=TEXT)))
    done = atleast("read", path)

    assert done.returncode == 0 and done.stderr.count("\n") < 30 and "troubles: 500" in done.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m atleast reckon '{SAMPLE}' --why | head -1",
        shell=True, capture_output=True, text=True, env=ENVIRONMENT, timeout=60,
    )  # fmt: skip

    assert done.stdout.count("\n") == 1 and done.stderr == ""


def test_a_pipe_that_is_closed_at_once_ends_quietly(folder: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m atleast read '{folder}' | true",
        shell=True, capture_output=True, text=True, env=ENVIRONMENT, timeout=60,
    )  # fmt: skip

    assert done.stderr == ""


def test_an_interrupt_ends_quietly() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "atleast", "read", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, preexec_fn=heed_interrupts,
    )  # fmt: skip
    with running:
        # More than a pipe holds: once it is written, the command has begun to read.
        running.stdin.write(b" " * 500_000)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)

    assert (running.returncode, out, err) == (130, b"", b"")


def test_progress_is_not_drawn_where_nobody_looks(folder: Path) -> None:
    assert "█" not in atleast("reckon", folder).stderr


# ── lexicon ──


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_word_lists_are_sound_or_every_finding_names_its_line(language: str) -> None:
    done = atleast("lexicon", "check", language)
    lines = done.stdout.splitlines()

    if done.returncode == 0:
        assert lines == [f"{language}: every line of the word lists is sound, and every example reads as it should"]
    else:
        assert done.returncode == 1 and all(re.match(r"[\w.-]+:\d+: ", line) for line in lines)


def test_a_language_without_word_lists_is_told() -> None:
    done = atleast("lexicon", "check", "sjn")

    assert done.returncode == 1 and "sjn" in done.stdout


def test_read_tells_how_sure_it_is_and_why(folder: Path) -> None:
    done = atleast("read", "--tiers", folder, "--words", "en")

    assert done.returncode == 0 and done.stderr == ""
    assert re.search(r"^  A  \d+ claims", done.stdout, re.M) and "right on the annotated case" in done.stdout


def test_read_tells_how_often_the_team_accepted_claims_of_each_tier(folder: Path) -> None:
    claims = [line for line in atleast("read", folder, "--format", "jsonl").stdout.splitlines() if '"claim"' in line]
    name = json.loads(claims[0])["id"]
    decision = {"record": "decision", "id": "d1", "about": [name], "by": "Rosie", "at": "2031-05-06T09:00+01:00", "what": "accept"}
    done = atleast("read", "--tiers", "-", typed="\n".join([claims[0], json.dumps(decision)]))

    assert "1 of 1 (100 %)" in done.stdout
