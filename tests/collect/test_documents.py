"""Any file becomes reports or a Trouble, and the rest goes on."""

import hashlib
import io
import os
import resource
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast import collect
from atleast.collect import documents
from atleast.model import BadRecord, Claim, Decision, Mention, Record, Report, Trouble, encode

BREE = "Police detained 12 people in Bree on Saturday, the Prancing Pony reported. Four were let go."
SHIRE = "В Хоббитоне задержали не менее 12 человек, сообщает «Гарцующий пони». Четверых отпустили вечером."


def only(*paths: Path, **said: str) -> Record | Trouble:
    (made,) = collect.reports(paths, **said)  # type: ignore[arg-type]
    return made


def saved(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def typed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_text_file_is_a_report_with_the_hash_of_its_bytes(tmp_path: Path) -> None:
    report = only(saved(tmp_path / "bree.txt", BREE))

    assert isinstance(report, Report)
    assert (report.id, report.text, report.language) == ("bree", BREE, "en")
    assert report.sha256 == hashlib.sha256(BREE.encode()).hexdigest()


def test_what_nobody_says_is_none(tmp_path: Path) -> None:
    report = only(saved(tmp_path / "bree.txt", "12 detained"))

    assert isinstance(report, Report)
    assert report.published is report.publisher is report.language is report.url is report.title is None


def test_what_the_caller_says_fills_in_what_the_file_does_not_say(tmp_path: Path) -> None:
    report = only(
        saved(tmp_path / "bree.txt", f"---\npublisher: The Prancing Pony\n---\n{BREE}"),
        published="2031-05-04",
        publisher="Nobody",
        language="sjn",
    )

    assert isinstance(report, Report)
    assert (report.publisher, report.published, report.language) == ("The Prancing Pony", "2031-05-04", "sjn")


def test_a_date_that_is_none_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match="not a date"):
        list(collect.reports([tmp_path], published="Saturday"))


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files_and_readmes(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".secret.txt", "README.md", "readme.ru.md", "c/d.md", "c/.git/e.txt", "bare"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        saved(tmp_path / name, BREE)

    assert [r.id for r in collect.reports([tmp_path]) if isinstance(r, Report)] == ["a", "b", "bare", "d"]


def test_other_files_of_a_folder_are_told_of_but_read_when_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "notes.org", BREE)
    told, named = only(tmp_path), only(path)

    assert isinstance(told, Trouble) and told.where == str(path) and told.value == ".org"
    assert isinstance(named, Report)


def test_a_folder_with_nothing_in_it_is_not_a_quiet_day(tmp_path: Path) -> None:
    assert isinstance(only(tmp_path), Trouble)


def test_files_of_one_name_have_different_ids_and_the_same_on_every_run(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        saved(tmp_path / folder / "Bree, at night.txt", BREE)
    runs = [[r.id for r in collect.reports([tmp_path]) if isinstance(r, Report)] for _ in range(2)]

    assert runs[0] == runs[1] == ["Bree-at-night", "Bree-at-night-2"]


def test_an_id_that_a_record_has_is_not_given_again(tmp_path: Path) -> None:
    wire = saved(tmp_path / "a.jsonl", encode(Report("bree", text=BREE)))
    ids = [r.id for r in collect.reports([wire, saved(tmp_path / "bree.txt", BREE)]) if isinstance(r, Report)]

    assert ids == ["bree", "bree-2"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = saved(tmp_path / "bree.txt", BREE)

    assert len(list(collect.reports([path, tmp_path, path]))) == 1


@pytest.mark.parametrize("name", ["...", " ", "---", "日本", "-", "a" * 200, "x\udcff", "a\nb"])
def test_every_name_makes_an_id(tmp_path: Path, name: str) -> None:
    report = only(saved(tmp_path / f"{name}.txt", BREE))

    assert isinstance(report, Report)
    assert 0 < len(report.id) <= 80 and not set(report.id) & set(" \n\udcff")
    assert encode(report).encode()


# ── The wire form ──


def test_all_four_records_pass_through(tmp_path: Path) -> None:
    records = [
        Report("r", language="en", text=BREE),
        Claim("c", "r", "12 people", 16, 25),
        Mention("m", "r", "Four", 61, 65),
        Decision("d", ("c",), "Barliman", "2031-05-04", "accept"),
    ]

    path = saved(tmp_path / "case.jsonl", "\n\n".join(map(encode, records)))

    assert list(collect.reports([path])) == records


def test_a_bad_line_is_told_with_its_number_and_the_rest_is_read(tmp_path: Path) -> None:
    good = encode(Report("r", language="en", text=BREE)).encode()
    path = saved(tmp_path / "case.jsonl", b"\n".join([b"{", good, b'{"record": "\xff"}', b"[]"]))
    made = list(collect.reports([path]))

    assert [m.where.removeprefix(str(path)) for m in made if isinstance(m, Trouble)] == [":1", ":3", ":4"]
    assert sum(isinstance(m, Report) for m in made) == 1


def test_a_line_too_long_is_told_once_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 1_000)
    good = encode(Report("r", language="en", text=BREE))
    path = saved(tmp_path / "case.jsonl", "\n".join(["x" * 5_000, good, "y" * 1_001, good]))
    made = list(collect.reports([path]))

    assert [getattr(m, "where", "").removeprefix(str(path)) for m in made] == [":1", "", ":3", ""]


def test_a_wire_report_without_a_language_gets_one(tmp_path: Path) -> None:
    report = only(saved(tmp_path / "case.jsonl", encode(Report("r", text=SHIRE))))

    assert isinstance(report, Report) and report.language == "ru"


# ── Standard input ──


@pytest.mark.parametrize("before", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_the_wire_form_is_known_on_standard_input(monkeypatch: pytest.MonkeyPatch, before: bytes) -> None:
    typed(monkeypatch, before + b"\n".join([encode(Report("a", text=BREE)).encode(), encode(Report("b")).encode()]))

    assert [r.id for r in collect.reports(["-"]) if isinstance(r, Report)] == ["a", "b"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (BREE.encode(), BREE),
        (b"<!-- saved -->\n<!DOCTYPE html><title>t</title><p>One<p>Two", "One\n\nTwo"),
        (b'<?xml version="1.0"?>\n<html><body><p>One', "One"),
        (b"<3 Bree, 12 detained", "<3 Bree, 12 detained"),
        ('<html><meta charset="windows-1251"><p>Задержаны'.encode("cp1251"), "Задержаны"),
    ],
)
def test_text_and_pages_are_told_apart_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, text: str
) -> None:
    typed(monkeypatch, data)
    report = only(Path("-"))

    assert isinstance(report, Report)
    assert (report.id, report.text) == ("stdin", text)


def test_a_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert isinstance(only(Path("-")), Trouble)


# ── What a folder of real files holds ──


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("dots.txt", b"... --- ...", "no words"),
        ("mark.txt", b"\xef\xbb\xbf", "no words"),
        ("empty.html", b"<html><nav>Menu</nav></html>", "no words"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "picture"),
        ("paper.txt", b"%PDF-1.4 text", "PDF"),
        ("noise.txt", bytes(range(256)) * 40, "binary"),
        ("program.txt", Path(sys.executable).read_bytes()[:100_000], "binary"),
    ],
)
def test_a_file_without_text_is_told(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    trouble = only(saved(tmp_path / name, data))

    assert isinstance(trouble, Trouble)
    assert trouble.where == str(tmp_path / name) and said in trouble.what


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    trouble = only(tmp_path / "nowhere.txt")

    assert isinstance(trouble, Trouble) and "no such file" in trouble.what and trouble.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "locked.txt", BREE)
    path.chmod(0)

    assert isinstance(only(path), Trouble)


def test_a_file_whose_reading_fails_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    """/proc/self/mem opens, and then refuses to be read: the same for root as for anybody."""
    if not Path("/proc/self/mem").exists():
        pytest.skip("no /proc here")
    trouble, report = collect.reports(["/proc/self/mem", saved(tmp_path / "bree.txt", BREE)])

    assert isinstance(trouble, Trouble) and isinstance(report, Report)


def test_links_that_lead_in_a_circle_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    saved(tmp_path / "in" / "bree.txt", BREE)
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "in" / "self.txt").symlink_to(tmp_path / "in" / "self.txt")
    made = list(collect.reports([tmp_path]))

    assert sum(isinstance(m, Report) for m in made) == 1
    assert [Path(m.where).name for m in made if isinstance(m, Trouble)] == ["self.txt"]


def test_a_pipe_in_a_folder_does_not_stop_the_rest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    saved(tmp_path / "z.txt", BREE)
    trouble, report = collect.reports([tmp_path])

    assert isinstance(trouble, Trouble) and isinstance(report, Report)


def test_a_deep_folder_is_read_to_its_end(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(500):
        deep = deep / "d"
        try:
            deep.mkdir()
        except OSError:  # the longest path that this system knows
            deep = deep.parent
            break
    saved(deep / "z", BREE)

    assert sum(isinstance(m, Report) for m in collect.reports([tmp_path])) == 1


def test_halves_of_characters_and_nuls_leave_the_text(tmp_path: Path) -> None:
    report = only(saved(tmp_path / "bree.txt", BREE.encode() + b"\x00 \xed\xa0\x80 caf\x65\xcc\x81"))

    assert isinstance(report, Report)
    assert report.text == BREE + "  caf\u00e9"


def test_a_document_of_200_mb_is_refused_at_once_and_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"Police detained 12 people in Bree. \n" * 27_000)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    trouble = only(path)

    assert isinstance(trouble, Trouble) and "larger than 20 MB" in trouble.what and ".jsonl" in trouble.remedy
    assert time.monotonic() - start < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.slow
def test_the_wire_form_of_200_mb_streams_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    line = (encode(Report("r", language="en", text=BREE * 1_000)) + "\n").encode()
    with path.open("wb") as file:
        for _ in range(200_000_000 // len(line)):
            file.write(line)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(isinstance(m, Report) for m in collect.reports([path]))

    assert count == 200_000_000 // len(line)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    saved(tmp_path / "a.txt", BREE)
    saved(tmp_path / "b.jsonl", encode(Report("r")) + "\n" + encode(Report("s")))
    saved(tmp_path / "c.txt", b"\x89PNG")
    told: list[tuple[int, int]] = []
    list(collect.reports([tmp_path], progress=lambda done, total: told.append((done, total))))

    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == sum(path.stat().st_size for path in tmp_path.iterdir())


@given(data=st.binary(max_size=600), suffix=st.sampled_from([".txt", ".md", ".html", ".jsonl", ""]))
def test_whatever_bytes_a_file_holds_it_gives_reports_or_troubles(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = saved(tmp_path_factory.getbasetemp() / f"any{suffix}", data)
    made = list(collect.reports([path]))

    assert all(isinstance(m, Record | Trouble) for m in made)
    assert all(encode(m).encode() for m in made if not isinstance(m, Trouble))
    assert made or not data.strip() or suffix in (".jsonl", "")


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<table>", "<tr>", "<td>", "<form>", "<div hidden>", "<meta charset=x>", "<br>", "<pre>", "<!--", "&#0;",
     "&#xD800;", "&amp;", "12", "задержан", "\x1d", "\x00", "<svg>", "<script>", "---\n", "kind: x\n", "language:\n", "{", '"record"']
)  # fmt: skip


@given(pieces=st.lists(_PIECES, max_size=30), suffix=st.sampled_from([".txt", ".html", ".jsonl", ""]))
def test_whatever_markup_a_file_holds_it_gives_reports_or_troubles(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], suffix: str
) -> None:
    path = saved(tmp_path_factory.getbasetemp() / f"markup{suffix}", "".join(pieces))

    for made in collect.reports([path]):
        assert isinstance(made, Record | Trouble)
        assert not isinstance(made, Report) or (encode(made).encode() and "\x00" not in made.text)
