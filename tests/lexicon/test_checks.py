"""What the check of a pack tells a linguist, and whether it helps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from atleast.lexicon.checks import NEEDED, findings
from atleast.lexicon.packs import load

SETTINGS = "".join(f"{name} = []\n" for name in NEEDED)


@dataclass
class Told:
    """What a reader gave for an example."""

    claims: Sequence[str] = ()
    people: Sequence[str] = ()
    lines: Collection[str] = ("words.tsv:1",)


def said(folder: Path, line: str, told: Told, settings: str = SETTINGS) -> list[str]:
    """What is found in a pack of one line whose example is read so."""
    (folder / "pack.toml").write_text(settings, "utf-8")
    (folder / "words.tsv").write_text(line + "\n", "utf-8")
    return findings(load(folder, "eo"), lambda text, language: told)


def test_a_line_that_its_example_does_not_use_says_what_it_matches(tmp_path: Path) -> None:
    line = "none\tno one|nobody\tNobody was held.\tnothing"

    assert said(tmp_path, line, Told(lines=())) == [
        "words.tsv:1: the example does not use the line, which matches “no one”, “no nobody”: Nobody was held."
    ]


def test_a_mistyped_label_is_pointed_out_where_the_example_goes_wrong(tmp_path: Path) -> None:
    line = "detaind.verb\tarestis\tEn Minsk oni arestis 40 homojn.\tdetained 40 in Minsk, Belarus"

    (found,) = said(tmp_path, line, Told())

    assert found.endswith(
        "(no other language has the label detaind.verb; is it detained.verb?; no place was found; "
        "a line place.Minsk, Belarus teaches a name of it)"
    )


def test_a_place_that_the_gazetteer_calls_otherwise_is_pointed_out(tmp_path: Path) -> None:
    line = "place.Ghent, Belgium\tgento\tEn Gento oni arestis 40 homojn.\tdetained 40 in Ghent, Belgium"

    (found,) = said(tmp_path, line, Told(claims=["detained 40"]))

    assert found.endswith("(the gazetteer calls no place Ghent, Belgium; is it Gent, Belgium?)")


def test_a_setting_that_is_missing_or_mistyped_is_named(tmp_path: Path) -> None:
    settings = SETTINGS.replace("conjunctions", "conjuctions")

    assert said(tmp_path, "# nothing yet", Told(), settings) == [
        "pack.toml: the setting conjunctions is missing",
        "pack.toml: no other language has the setting conjuctions; is it conjunctions?",
    ]
