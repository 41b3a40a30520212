"""natasha finds names that the rules pass over; what befell the person is for the word lists to say."""

import importlib.util
import subprocess
import sys

import pytest

from atleast.model import NoAnswer, Report
from atleast.read.readers import NamesReader, natasha

INSTALLED = importlib.util.find_spec("natasha") is not None
needed = pytest.mark.skipif(not INSTALLED, reason="natasha is not installed: pip install 'atleast[ru-ner]'")


def people(text: str, language: str = "ru") -> list[tuple[str | None, str]]:
    found = NamesReader()(Report("r", language=language, published="2031-05-05", text=text))
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.quote and mention.readers == ("ner:natasha",)
    return [(mention.name, mention.happened[0].what) for mention in found.mentions]


@needed
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("На площади полиция задержала Воланда.", [("Воланда", "detained")]),
        ("В Москве вечером был задержан А. Бездомный.", [("А. Бездомный", "detained")]),
        ("Суд оштрафовал Варенуху на 10 тысяч рублей, полиция задержала и Азазелло.", [("Варенуху", "fined"), ("Азазелло", "detained")]),
        ("Задержан Коровьев, сообщила адвокат Маргарита Николаевна.", [("Коровьев", "detained")]),
        ("О задержании рассказал Степан Лиходеев.", []),
        ("Полиция задержала 12 человек. Погода в Ялте хорошая, писал Лиходеев.", []),
        ("Воланд гулял по Патриаршим прудам.", []),
    ],
)  # fmt: skip
def test_who_is_met(text: str, told: list[tuple[str, str]]) -> None:
    assert people(text) == told


@needed
def test_other_languages_are_left_alone() -> None:
    assert people("Police detained Woland.", "en") == []


@needed
def test_only_paragraphs_on_the_topic_are_looked_at() -> None:
    text = "Воланд и Коровьев пили чай.\n\nПозже полиция задержала Бегемота на митинге."

    assert people(text) == [("Бегемота", "detained")]


@pytest.mark.skipif(INSTALLED, reason="natasha is installed here")
def test_without_natasha_the_error_says_what_to_install() -> None:
    with pytest.raises(NoAnswer, match=r"atleast\[ru-ner\]"):
        natasha()


def test_the_extra_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, atleast.read.readers; print('natasha' in sys.modules, 'http.client' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert loaded[0] == "False"
