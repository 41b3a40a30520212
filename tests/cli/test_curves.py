"""The curve on a terminal, in a file, and as a chart."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from atleast.cli.drawing import columns
from atleast.model import encode

from ..reckon.invented import NEXT, at_least, claim
from .calling import SAMPLE, atleast
from .test_commands import one_line

SVG = "{http://www.w3.org/2000/svg}"
DAY_OF_IT = [
    at_least(40, at="2031-05-01T14:00+05:30", id="a"),
    at_least(80, at="2031-05-01T16:00+05:30", id="b"),
    claim(124, at="2031-05-01T17:00+05:30", id="c"),
    claim(100, bound="about", by="The <Bugle> & Co", kind="media", at="2031-05-01T16:30+05:30", id="d"),
    claim(136, by="Interior Ministry", at=NEXT, id="e"),
    at_least(60, day="2031-04-02", id="old"),
]


@pytest.fixture
def day(tmp_path: Path) -> Path:
    file = tmp_path / "day.jsonl"
    file.write_text("\n".join(map(encode, DAY_OF_IT)))
    return file


@pytest.mark.parametrize("words", ["en", "ru"])
@pytest.mark.parametrize("wide", [60, 80, 120])
def test_the_plot_fits_into_the_terminal(words: str, wide: int) -> None:
    done = atleast("reckon", SAMPLE, "--curve", "--words", words, COLUMNS=str(wide))

    assert done.returncode == 0, done.stderr
    plot = done.stdout.split("\n\n")[1]
    assert all(columns(line) <= wide for line in plot.splitlines())
    assert len([line for line in plot.splitlines() if "│" in line or "┤" in line]) == 15
    assert {"─", "═", "●", "▲", "○"} <= set(plot)


def test_the_table_says_what_each_side_proves_and_from_when(day: Path) -> None:
    shown = atleast("reckon", day, "--curve", "--words", "en", COLUMNS="80").stdout

    assert re.search(r"^16:00 +80 to 124 +at most 136 +80 to 124$", shown, re.M)
    assert re.search(r"^after 17:00 +at least 124 ", shown, re.M)
    assert re.search(r"^in the end +at least 124 +136 +136$", shown, re.M)
    assert "Event: 2031-05-01" in shown


def test_who_said_what_stands_below_with_quotes_when_asked(day: Path) -> None:
    short, long = (atleast("reckon", day, "--curve", "--words", "en", *why).stdout for why in ((), ("--why",)))

    assert "  The Monitor (independent)\n    14:00  40+\n    16:00  80+\n    17:00  124\n" in short
    assert "“so many”" in long and "“so many”" not in short


def test_what_was_known_then_ends_the_curve(day: Path) -> None:
    shown = atleast("reckon", day, "--curve", "--at", "2031-05-01T16:10+05:30", "--words", "en").stdout

    assert "What was known at 2031-05-01T16:10+05:30" in shown
    assert "80+" in shown and "124" not in shown


def test_a_side_a_row_and_a_place_can_be_asked_for(day: Path) -> None:
    shown = atleast("reckon", day, "--curve", "--place", "ruritania", "--except", "authority", "--words", "en").stdout

    assert "Reckoned without these claimants: authority" in shown
    assert "136" not in shown


@pytest.mark.parametrize("asked", [["--place", "Zenda"], ["--only", "The Moniter"], ["--event", "2031-06-01"]])
def test_a_name_that_nothing_has_is_one_line_with_those_that_there_are(day: Path, asked: list[str]) -> None:
    done = atleast("reckon", day, "--curve", *asked)

    assert done.returncode == 2
    assert one_line(done.stderr) and ("Known: " in done.stderr or "Near are: " in done.stderr)


@pytest.mark.parametrize("asked", [["--place", "Ruritania"], ["--quantity", "released"], ["--chart", "x.svg"], ["--format", "svg"]])
def test_what_is_for_a_curve_is_refused_without_one(day: Path, asked: list[str]) -> None:
    done = atleast("reckon", day, *asked, "--words", "en")

    assert done.returncode == 2
    assert one_line(done.stderr) and "--curve" in done.stderr


def test_as_csv_each_step_and_each_number_is_a_line(day: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(atleast("reckon", day, "--curve", "--format", "csv").stdout)))
    monitor = [row for row in rows if row["who"] == "The Monitor"]

    assert {row["who"] for row in rows} == {"independent", "authority", "joint", "The Monitor", "Interior Ministry", "The <Bugle> & Co"}
    assert [(row["low"], row["bound"], row["claims"]) for row in monitor if row["what"] == "said"] == [
        ("40", "at_least", "a"), ("80", "at_least", "b"), ("124", "exact", "c"),
    ]  # fmt: skip
    assert ("2031-05-01T16:00+05:30", "80", "124") in [(row["from"], row["low"], row["high"]) for row in monitor]


def test_as_json_it_is_the_record(day: Path) -> None:
    whole = json.loads(atleast("reckon", day, "--curve", "--format", "json").stdout)

    assert whole["key"] == {"quantity": "detained", "place": "Ruritania", "among": "", "of": ""}
    assert whole["joint"]["steps"][-1]["people"]["shown"] == "136"
    assert [event["name"] for event in whole["events"]] == ["2031-05-01", "2031-04-02"]


def test_as_markdown_it_is_a_table(day: Path) -> None:
    lines = atleast("reckon", day, "--curve", "--format", "md", "--words", "en").stdout.splitlines()

    assert lines[2:4] == ["| from | independent | authority | joint |", "|---|---|---|---|"]
    assert all(line.count("|") == 5 for line in lines[2:])


# ── the chart ──


def chart(day: Path, *asked: str) -> ElementTree.Element:
    return ElementTree.fromstring(atleast("reckon", day, "--curve", "--format", "svg", "--words", "en", *asked).stdout)


def test_the_chart_says_what_it_shows_to_those_who_do_not_see_it(day: Path) -> None:
    drawn = chart(day)
    title, told = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")

    assert drawn.get("role") == "img" and drawn.get("lang") == "en"
    assert title is not None and told is not None and title.text and told.text
    assert drawn.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert title.text == "Ruritania, detained · 2031-05-01"
    assert "16:00: independent 80 to 124, authority at most 136, joint 80 to 124" in told.text


def test_the_chart_has_no_script_and_fetches_nothing(day: Path) -> None:
    text = atleast("reckon", day, "--curve", "--format", "svg").stdout

    assert not re.search(r"<script|@import|@font-face|url\(|href|\son\w+=", text)
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert "prefers-color-scheme:dark" in text and "max-width" in text


def test_every_number_said_has_a_mark_whose_form_tells_the_bound(day: Path) -> None:
    marks = [each for each in chart(day).iter() if (each.get("class") or "").startswith("said") and each.find(f"{SVG}title") is not None]
    told = {each.find(f"{SVG}title").text: (each.tag.removeprefix(SVG), each.get("class")) for each in marks}  # type: ignore[union-attr]

    assert told == {
        "The Monitor, 2031-05-01T14:00+05:30: 40+": ("polygon", "said"),
        "The Monitor, 2031-05-01T16:00+05:30: 80+": ("polygon", "said"),
        "The Monitor, 2031-05-01T17:00+05:30: 124": ("circle", "said"),
        "The <Bugle> & Co, 2031-05-01T16:30+05:30: ≈100": ("circle", "said about"),
        "Interior Ministry, 2031-05-02: 136": ("circle", "said"),
    }


def test_each_side_is_a_line_of_steps_along_its_lower_end(day: Path) -> None:
    paths = [(group.get("class"), path.get("class"), path.get("d")) for group in chart(day).iter(f"{SVG}g") for path in group.findall(f"{SVG}path")]
    drawn = [d or "" for side, line, d in paths if (side, line) == ("independent", "low")]

    assert re.fullmatch(r"M[\d.]+ \d+(V[\d.]+H[\d.]+)+", drawn[0])
    assert drawn[0].count("V") == 4  # 40, 80, 124; and 124 when the ceiling is gone


def test_a_chart_can_be_written_beside_the_table(day: Path, tmp_path: Path) -> None:
    done = atleast("reckon", day, "--curve", "--chart", tmp_path / "curve.svg", "--words", "en")

    assert "in the end" in done.stdout
    assert ElementTree.parse(tmp_path / "curve.svg").getroot().tag == f"{SVG}svg"


def test_of_people_held_single_moments_are_drawn(tmp_path: Path) -> None:
    file = tmp_path / "held.jsonl"
    held = [claim(n, quantity="still_held", at=f"2031-05-01T{h}:00Z") for n, h in ((30, 18), (12, 20))]
    file.write_text("\n".join(map(encode, held)))
    drawn = chart(file, "--quantity", "still_held")

    assert len([path for path in drawn.iter(f"{SVG}path") if path.get("class") == "moment"]) == 2


def test_a_map_is_drawn_into_a_file_and_the_table_is_printed_as_always(tmp_path: Path) -> None:
    plain = atleast("reckon", SAMPLE, "--words", "en").stdout
    done = atleast("reckon", SAMPLE, "--map", tmp_path / "map.svg", "--words", "en")

    assert done.returncode == 0 and done.stdout == plain
    told = ElementTree.parse(tmp_path / "map.svg").getroot().findtext(f"{SVG}desc") or ""
    assert "Krasnodar, Russia: independent" in told and "Krasnodar Krai, Russia: independent" in told


def test_a_map_of_a_curve_is_refused(day: Path, tmp_path: Path) -> None:
    done = atleast("reckon", day, "--curve", "--map", tmp_path / "map.svg", "--words", "en")

    assert done.returncode == 2 and one_line(done.stderr) and "--map is not for --curve" in done.stderr
    assert not (tmp_path / "map.svg").exists()
