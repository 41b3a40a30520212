"""Words by which somebody calls a number corrected."""

from importlib.resources import files

import pytest

from atleast.lexicon import languages
from atleast.lexicon.corrections import corrected

LINES = [
    line.split("\t")
    for line in (files("atleast.lexicon") / "data" / "corrections.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("language, words, example", LINES, ids=[f"{n}-{line[0]}" for n, line in enumerate(LINES)])
def test_each_line_finds_its_own_example(language: str, words: str, example: str) -> None:
    assert corrected(f"So it was. {example}, and more.", language)


def test_every_language_that_is_read_has_words_for_it() -> None:
    assert {line[0] for line in LINES} == set(languages())


@pytest.mark.parametrize(
    "text, language",
    [
        ("В полиции уточнили, что задержаны 62 человека", "ru"),
        ("уточняется, что 62 человека отпущены", "ru"),
        ("62 people were taken to a correction facility", "en"),
        ("The police added that 62 were held", "en"),
        ("У поліції уточнили, що затримано 62", "uk"),
    ],
)
def test_who_specifies_something_has_corrected_nothing(text: str, language: str) -> None:
    assert corrected(text, language) is None


def test_the_last_words_before_the_number_count_and_another_language_does_not() -> None:
    assert corrected("Цифры уточнены. По уточненным данным, 62", "ru-RU") == "уточненным данным"
    assert corrected("По уточненным данным, 62", "de") is None
    assert corrected("По уточненным данным, 62") == "уточненным данным"
