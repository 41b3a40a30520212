"""The language of a text when nobody says."""

import pytest

from atleast.collect.languages import language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Police detained at least twelve people at the rally in Bree on Saturday. Four were let go.", "en"),
        ("Полиция задержала на площади не менее двенадцати человек. Четверых отпустили ещё вечером, остальных повезли в суд.", "ru"),
        ("Поліція затримала на мітингу щонайменше дванадцять людей, повідомляють активісти. Чотирьох відпустили.", "uk"),
        ("La policía detuvo al menos a doce personas durante la manifestación del sábado. Cuatro salieron libres.", "es"),
    ],
)
def test_two_sentences_are_enough(text: str, tag: str) -> None:
    assert language(text) == tag


@pytest.mark.parametrize("text", ["", "12", "Bree: 12", "0:00 0:01:23 0:00", "xqz vbn wrt plk mnb qwz xcv", "👮👮👮" * 20])
def test_what_is_too_short_or_no_language_is_none(text: str) -> None:
    assert language(text) is None
