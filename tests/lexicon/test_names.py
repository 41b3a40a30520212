"""Which nominative a written name may stand for."""

import pytest

from atleast.lexicon import Form, names, pack


def whole(language: str, name: str, *cases: str) -> str | None:
    known = pack(language)
    assert known is not None
    given, *others = name.split()
    form: Form | None = names(known).nominative(given, others, cases)
    return form.nominative if form else None


@pytest.mark.parametrize(
    ("written", "nominative"),
    [
        ("Игоря Сосина", "Игорь Сосин"),
        ("Милену Лозу", "Милена Лоза"),
        ("Илье Дуброву", "Илья Дубров"),
        ("Натальей Лисиной", "Наталья Лисина"),
        ("Павла Лесина", "Павел Лесин"),
        ("Елену Белую", "Елена Белая"),
        ("Сергея Лозко", "Сергей Лозко"),
        ("Анну Петровну Лисину", "Анна Петровна Лисина"),
    ],
)
def test_a_russian_name_is_put_back_into_the_nominative(written: str, nominative: str) -> None:
    assert whole("ru", written) == nominative


def test_what_may_be_a_man_or_a_woman_is_left_open_until_the_sentence_tells_the_case() -> None:
    assert whole("ru", "Валентина Лисина") is None
    assert whole("ru", "Валентина Лисина", "nom") == "Валентина Лисина"
    assert whole("ru", "Валентина Лисина", "gen", "acc") == "Валентин Лисин"


def test_where_names_do_not_change_they_are_themselves() -> None:
    assert whole("en", "Oleg Reed") in (None, "Oleg Reed")


def test_a_given_name_is_known_in_every_case() -> None:
    known = pack("ru")
    assert known is not None

    assert {form.nominative for form in names(known).given("Олега")} == {"Олег"}
    assert names(known).given("Томска") == ()
