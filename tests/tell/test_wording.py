"""Both languages say everything."""

import re
from pathlib import Path

import pytest

from atleast.model.vocabulary import AMONG, HAPPENINGS, QUANTITIES
from atleast.tell.wording import LANGUAGES, own, templates

SOURCES = [path for room in ("cli", "tell") for path in (Path(__file__).parents[2] / "src" / "atleast" / room).glob("*.py")]
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
    code = "\n".join(path.read_text("utf-8") for path in SOURCES)
    said = set(re.findall(r"""(?:words|said|_words)\(f?["']([a-z_]+\.[a-z_]+)["']""", code))
    said |= set(re.findall(r"""\)\("([a-z_]+\.[a-z_]+)",""", code))
    listed = ("slot", "happened", "hedge", "stage", "tier", "bound", "state")  # looked up by the names of records
    unsaid = {key for key in own("en") if key.partition(".")[0] not in listed} - said

    assert said <= set(templates("en"))
    assert unsaid <= {"table.independent", "table.authority", "table.joint"}


def test_russian_is_russian_and_english_is_not() -> None:
    assert all(re.search("[а-яё]", text) for text in own("ru").values() if re.search(r"[^\W\d]{3}", re.sub("{.*?}", "", text)))
    assert not any(re.search("[а-яё]", text) for text in own("en").values())
