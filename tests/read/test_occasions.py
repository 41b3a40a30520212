"""Two occasions in one text: a number is of the one that its own sentence names."""

import pytest

from atleast import read
from atleast.model import Report

ENGLISH = (
    "At the March of Mothers police detained 30 people in Leeds. "
    'At the evening rally "For Fair Rents" police detained 12 people in Leeds. In all 42 people were detained in Leeds.'
)
RUSSIAN = (
    "На акции «Марш матерей» в Перми задержали 30 человек. На вечернем митинге «За честные выборы» в Перми задержали "
    "12 человек. Всего в Перми задержаны 42 человека."
)


def told(text: str, language: str) -> list[tuple[object, object]]:
    return [(c.low, c.extra.get("occasion")) for c in read.claims(Report("r", language=language, text=text))]


@pytest.mark.parametrize(
    ("text", "language", "first", "second"),
    [(ENGLISH, "en", "March of Mothers", "For Fair Rents"), (RUSSIAN, "ru", "Марш матерей", "За честные выборы")],
)
def test_a_number_is_of_the_occasion_that_its_sentence_names(text: str, language: str, first: str, second: str) -> None:
    assert told(text, language) == [(30, first), (12, second), (42, None)]


def test_a_text_of_one_named_occasion_tells_none() -> None:
    assert told("At the March of Mothers police detained 30 people in Leeds. In Hull 12 people were detained.", "en") == [(30, None), (12, None)]


def test_one_name_in_two_cases_is_one_occasion() -> None:
    text = "На акции «Марш матерей» в Перми задержали 30 человек. После акции «Марша матерей» в Перми отпустили 12 человек."

    assert told(text, "ru") == [(30, None), (12, None)]


def test_a_sentence_that_names_both_is_of_neither() -> None:
    both = " At the March of Mothers and the Rally for Justice police detained 50 people in Leeds."

    assert told(ENGLISH + both, "en")[-1] == (50, None)
