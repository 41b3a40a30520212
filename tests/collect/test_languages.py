"""The language of a text when nobody says."""

import pytest

from atleast.collect import languages
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


@pytest.mark.parametrize(
    "text, tag",
    [
        ("The police said that at least forty people had been detained in the square and taken to two stations by evening.", "en"),
        ("Полиция сообщила, что к вечеру на площади были задержаны сорок человек; их увезли в два отдела, пятерых уже отпустили.", "ru"),
        ("Поліція повідомила, що до вечора на площі затримали сорок людей; їх відвезли до двох відділків, п'ятьох уже відпустили, а їхні речі — ні.", "uk"),
        ("У Менску міліцыя паведаміла, што ўвечары на плошчы былі затрыманыя сорак чалавек; іх адвезлі ў два аддзелы, пяцёх ужо адпусцілі.", "be"),
    ],
)  # fmt: skip
def test_a_language_that_shows_at_a_glance_needs_no_model(text: str, tag: str) -> None:
    languages._identifier.cache_clear()

    assert languages.language(text) == tag
    assert languages._identifier.cache_info().misses == 0


def test_a_neighbour_is_left_to_the_model() -> None:
    languages._identifier.cache_clear()

    assert languages.language("Полицията съобщи, че до вечерта на площада са задържани четиридесет души, петима от тях вече са пуснати.") == "bg"
    assert languages._identifier.cache_info().misses == 1
