"""Both languages say everything."""

import re
from pathlib import Path

import pytest

from atleast.cli.wording import LANGUAGES, own, spoken, templates
from atleast.model.vocabulary import AMONG, HAPPENINGS, QUANTITIES

SOURCES = Path(__file__).parents[2] / "src" / "atleast" / "cli"
VAGUE = ("dozens", "tens", "scores", "hundreds", "thousands", "several")


def test_every_sentence_stands_in_both_languages_with_the_same_gaps() -> None:
    gaps = [{key: set(re.findall(r"{(\w+)}", text)) for key, text in own(language).items()} for language in LANGUAGES]

    assert gaps[0] == gaps[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_vocabulary_that_is_shown_has_a_word(language: str) -> None:
    known = templates(language)
    wanted = [f"quantity.{q}" for q in QUANTITIES] + [f"among.{a}" for a in AMONG]
    wanted += [f"happened.{h}" for h in HAPPENINGS] + [f"hedge.{h}" for h in VAGUE]

    assert [key for key in wanted if not known.get(key)] == []


def test_every_sentence_that_the_code_says_is_there_and_none_is_left_over() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCES.glob("*.py"))
    said = set(re.findall(r"""(?:words|said|_words)\(f?["']([a-z_]+\.[a-z_]+)["']""", code))
    said |= set(re.findall(r"""\)\("([a-z_]+\.[a-z_]+)",""", code))
    listed = ("slot", "happened", "hedge", "stage", "tier", "bound")  # looked up by the names of records
    unsaid = {key for key in own("en") if key.partition(".")[0] not in listed} - said

    assert said <= set(templates("en"))
    assert unsaid <= {"table.independent", "table.authority", "table.joint"}


def test_russian_is_russian_and_english_is_not() -> None:
    assert all(re.search("[а-яё]", text) for text in own("ru").values() if re.search(r"[^\W\d]{3}", re.sub("{.*?}", "", text)))
    assert not any(re.search("[а-яё]", text) for text in own("en").values())


@pytest.mark.parametrize(
    ("settings", "asked", "language"),
    [
        ({"LC_ALL": "ru_RU.UTF-8"}, None, "ru"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ru_RU.UTF-8"}, None, "en"),
        ({"LC_ALL": "", "LANG": "ru_RU.UTF-8"}, None, "ru"),
        ({"LC_MESSAGES": "ru_RU", "LANG": "en_US"}, None, "ru"),
        ({"LC_ALL": "ru_RU.UTF-8"}, "en", "en"),
        ({"LC_ALL": "de_DE"}, None, "en"),
        ({}, None, "en"),
    ],
)
def test_the_language_is_asked_for_or_the_systems_or_english(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], asked: str | None, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert spoken(asked).language == language
