"""The guide for linguists: the small pack that it builds is one that loads."""

import re
from pathlib import Path

from atleast.lexicon import pack
from atleast.lexicon.checks import NEEDED
from atleast.lexicon.packs import load

GUIDE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "teach-a-language.md"


def files() -> dict[str, str]:
    """The files that the guide tells a reader to write."""
    told = re.findall(r"`(\w+\.(?:tsv|toml))`:\n\n```\w+\n(.*?)\n```", GUIDE.read_text("utf-8"), re.S)
    return dict(told)


def test_the_pack_of_the_guide_loads_as_it_is_printed(tmp_path: Path) -> None:
    for name, text in files().items():
        (tmp_path / name).write_text(text + "\n", "utf-8")

    made = load(tmp_path, "eo")

    assert len(made.lines) == 13
    assert made.numbers["kvindek"].value == 50
    assert all(line.example and line.gives for line in made.lines)


def test_every_label_of_the_guides_pack_is_one_that_the_other_packs_know() -> None:
    lines = [row.split("\t")[0] for name, text in files().items() if name.endswith(".tsv") for row in text.split("\n")]
    english = pack("en")

    assert english is not None
    known = {line.label for line in english.lines}
    assert {label for label in lines if "." in label} <= known


def test_the_guides_pack_has_every_setting_that_must_be_there() -> None:
    settings = f"\n{files()['pack.toml']}"

    assert [name for name in NEEDED if f"\n{name} = " not in settings] == []
