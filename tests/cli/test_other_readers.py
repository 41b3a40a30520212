"""`atleast read --reader`: what a model adds is marked, stays out of exports, and costs nothing when it fails."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from atleast.model import Claim, decode_lines
from tests.read.readers.server import answering, completion, entry, pointing, serving

from .calling import ENVIRONMENT, SAMPLE, atleast

TEXT = "Police detained 12 people in Moscow on May 4, OVD-Info said.\n\nSome 30 were spirited off in Perm."
TWELVE = entry("Police detained 12 people in Moscow on May 4", "12", "detained", claimant_text="OVD-Info", place_text="Moscow", date_text="May 4")
THIRTY = entry("Some 30 were spirited off in Perm", "30", "spirited off", place_text="Perm")


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENVIRONMENT, "XDG_CACHE_HOME", str(tmp_path / "caches"))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bree.txt"
    path.write_text(f"---\npublisher: The Prancing Pony\npublished: 2031-05-05\nlanguage: en\n---\n{TEXT}")
    return path


def claims(lines: str) -> list[Claim]:
    return [record for record in decode_lines(lines.splitlines()) if isinstance(record, Claim)]


def test_what_both_read_is_marked_and_what_the_model_alone_read_is_to_be_reviewed(report: Path) -> None:
    with serving(pointing(TWELVE, THIRTY)) as server:
        done = atleast("read", report, "--reader", "llm", "--endpoint", server.base, "--model", "m", COLUMNS="120")

    assert done.returncode == 0 and done.stderr == ""
    assert "2031-05-04 · read by rules, llm:m" in done.stdout
    assert "llm:m alone: to be reviewed" in done.stdout


def test_an_export_holds_what_a_model_alone_read_only_when_asked_for(report: Path) -> None:
    with serving(pointing(TWELVE, THIRTY)) as server:
        asked = ("read", report, "--reader", "llm", "--endpoint", server.base, "--model", "m", "--format", "jsonl")
        plain, whole = claims(atleast(*asked).stdout), claims(atleast(*asked, "--with-unreviewed").stdout)

    assert [(c.low, c.tier, c.readers) for c in plain] == [(12, "A", ("rules", "llm:m"))]
    assert [(c.low, c.readers) for c in whole] == [(12, ("rules", "llm:m")), (30, ("llm:m",))]


def test_nothing_is_reckoned_with_what_a_model_alone_read(report: Path, tmp_path: Path) -> None:
    with serving(pointing(TWELVE, THIRTY)) as server:
        done = atleast(
            "read", report, "--reader", "llm", "--endpoint", server.base, "--model", "m", "--format", "jsonl",
            "--with-reports", "--with-unreviewed",
        )  # fmt: skip
    (tmp_path / "case.jsonl").write_text(done.stdout)
    tally = json.loads(atleast("reckon", tmp_path / "case.jsonl", "--format", "json").stdout)

    assert [cell["key"]["place"] for cell in tally["cells"]] == ["Moscow, Russia"]
    assert [aside["reason"]["key"] for aside in tally["set_aside"]] == ["aside.unreviewed"]


def test_address_model_and_key_may_come_from_the_environment_and_the_key_is_not_printed(report: Path) -> None:
    with serving(answering(b"", 401)) as server:
        done = atleast("read", report, "--reader", "llm", ATLEAST_ENDPOINT=server.base, ATLEAST_MODEL="m", ATLEAST_KEY="hush-hush")

    assert server.heads[0]["Authorization"] == "Bearer hush-hush"
    assert "another key" in done.stderr and "hush-hush" not in done.stderr + done.stdout


@pytest.mark.parametrize("body", [completion("I cannot help with that."), completion('{"claims": 1}'), b""])
def test_when_the_model_fails_the_rules_have_read_as_ever_and_it_is_told(report: Path, body: bytes) -> None:
    alone = atleast("read", report, "--format", "jsonl")
    with serving(body) as server:
        done = atleast("read", report, "--reader", "llm", "--endpoint", server.base, "--model", "m", "--format", "jsonl")

    assert done.returncode == 0 and done.stdout == alone.stdout
    assert "bree: the model's answer is not" in done.stderr and "troubles: 1" in done.stderr


@pytest.mark.slow
def test_answers_are_kept_in_the_folder_that_is_named_or_among_the_caches_or_not_at_all(report: Path, tmp_path: Path) -> None:
    folder, caches = tmp_path / "answers", tmp_path / "caches"
    with serving(pointing(TWELVE)) as server:
        asked = ("read", report, "--reader", "llm", "--endpoint", server.base, "--model", "m", "--format", "jsonl")
        told = [atleast(*asked, *more, XDG_CACHE_HOME=str(caches)).stdout for more in (["--no-answers"], ["--answers", folder], ["--answers", folder])]
        assert not caches.exists() and len(list(folder.iterdir())) == 1 and len(server.asked) == 2
        told += [atleast(*asked, XDG_CACHE_HOME=str(caches)).stdout for _ in range(2)]

    assert len(server.asked) == 3 and len(list((caches / "atleast" / "answers").iterdir())) == 1
    assert len(set(told)) == 1


def test_claims_that_somebody_wrote_are_not_touched(report: Path, tmp_path: Path) -> None:
    whole = atleast("read", report, "--format", "jsonl", "--with-reports").stdout
    mine = [json.loads(line) for line in whole.splitlines()]
    mine[1].pop("tier")
    (tmp_path / "case.jsonl").write_text("\n".join(map(json.dumps, mine)))
    with serving(pointing(TWELVE, THIRTY)) as server:
        done = atleast("read", tmp_path / "case.jsonl", "--reader", "llm", "--endpoint", server.base, "--model", "m", "--format", "jsonl")

    assert server.asked == [] and claims(done.stdout)[0].readers == ()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--reader", "llm"), "--reader llm needs --endpoint URL and --model NAME"),
        (("--reader", "llm", "--endpoint", "http://127.0.0.1:1/v1"), "needs --endpoint URL and --model NAME"),
        (("--reader", "llm", "--endpoint", "here", "--model", "m"), "not the address of an endpoint"),
        (("--reader", "llm", "--endpoint", "http://models.example.org/v1", "--model", "m"), "unencrypted"),
        (("--reader", "oracle"), "oracle"),
    ],
)
def test_a_reader_that_cannot_be_asked_is_told_before_anything_is_read(report: Path, options: tuple[str, ...], told: str) -> None:
    done = atleast("read", report, *options)

    assert done.returncode == 2 and done.stdout == "" and told in done.stderr


@pytest.mark.skipif(importlib.util.find_spec("natasha") is not None, reason="natasha is installed here")
def test_without_the_extra_the_reader_of_names_says_what_to_install(report: Path) -> None:
    done = atleast("read", report, "--reader", "names")

    assert done.returncode == 2 and "atleast[ru-ner]" in done.stderr


@pytest.mark.skipif(importlib.util.find_spec("natasha") is None, reason="natasha is not installed: pip install 'atleast[ru-ner]'")
def test_the_reader_of_names_adds_people(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("---\nlanguage: ru\npublished: 2031-05-05\n---\nНа площади в Москве полиция задержала Воланда.")
    done = atleast("read", path, "--reader", "names", "--format", "jsonl")

    assert [json.loads(line)["readers"] for line in done.stdout.splitlines()] == [["ner:natasha"]]


def test_nothing_speaks_to_the_network_unless_a_model_is_asked_for() -> None:
    code = (
        "import sys\n"
        "def hook(event, args):\n"
        "    if event.startswith(('socket.connect', 'socket.getaddrinfo', 'socket.sendto', 'urllib')): raise SystemExit(f'{event} {args}')\n"
        "sys.addaudithook(hook)\n"
        "from atleast.cli import main\n"
        f"main(['reckon', {str(SAMPLE)!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=ENVIRONMENT, timeout=120)

    assert done.returncode == 0, done.stderr[-300:]
