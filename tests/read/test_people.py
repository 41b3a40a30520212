"""People of a report: who is one, what befell, with which details. All of them are invented."""

import pytest

from atleast import read
from atleast.model import Mention, Report


def people(text: str, language: str = "ru", published: str = "2031-05-06") -> list[Mention]:
    return list(read.mentions(Report("r", language=language, text=text, published=published)))


def told(mentions: list[Mention]) -> list[tuple[str | None, list[str]]]:
    return [(m.nominative or m.name, [h.what for h in m.happened]) for m in mentions]


# ---------------------------------------------------------------- names


def test_a_list_of_surnames_with_initials_is_read_person_by_person() -> None:
    found = people("Задержаны: Чайка И.П., Лисина В., А. Б. Дубров. Всех отвезли в ОВД «Северный».")

    assert [m.name for m in found] == ["Чайка И.П.", "Лисина В.", "А. Б. Дубров"]
    assert {m.station for m in found} == {"ОВД «Северный»"}


def test_a_numbered_list_goes_on_line_by_line() -> None:
    found = people("Задержаны:\n1. Чайка И.П.\n2. Лисина В. Г.\n3. Лесных Мария Петровна\nОстальных отпустили.")

    assert [m.nominative or m.name for m in found] == ["Чайка И.П.", "Лисина В. Г.", "Мария Петровна Лесных"]


def test_the_detained_are_named_after_a_colon() -> None:
    found = people("The detained are: Ilya Grom, Vera Lisina and M. Reed.", "en")

    assert [m.name for m in found] == ["Ilya Grom", "Vera Lisina", "M. Reed"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ru", "В Томске задержали Олега Дуброва.", "Олег Дубров"),
        ("ru", "В Томске оштрафовали Олесю Чайку.", "Олеся Чайка"),
        ("ru", "Суд в Томске дал Льву Сосину 8 суток.", "Лев Сосин"),
        ("ru", "Главу местного штаба Валентина Дуброва задержали в Перми.", "Валентин Дубров"),
        ("uk", "У Луцьку затримали Ігоря Дубенка.", "Ігор Дубенко"),
        ("be", "У Пінску арыштавалі Паўла Лясковіча на 7 сутак.", "Павел Лясковіч"),
        ("pl", "W Lublinie zatrzymano Jana Czajkowskiego.", "Jan Czajkowski"),
    ],
)
def test_the_nominative_is_restored(language: str, text: str, name: str) -> None:
    (mention,) = people(text, language)

    assert mention.nominative == name
    assert mention.name != name
    assert mention.name in text


def test_a_name_that_may_be_of_two_people_is_left_as_it_stands() -> None:
    (mention,) = people("Арест: Александра Дуброва, Томск.") or [Mention("", "", "", 0, 0)]

    assert mention.nominative is None


def test_one_person_is_one_mention_with_all_that_befell() -> None:
    found = people(
        "В Томске задержали активиста Олега Дуброва. Дубров провёл ночь в отделе. 5 мая суд оштрафовал его на 10 тысяч рублей."
    )

    assert told(found) == [("Олег Дубров", ["detained", "fined"])]
    assert found[0].happened[1].at == "2031-05-05"
    assert found[0].happened[1].detail == "10 тысяч рублей"


# ---------------------------------------------------------------- who is no detainee


@pytest.mark.parametrize(
    "text",
    [
        "В Томске задержали 20 человек, рассказал адвокат Олег Дубров.",
        "Судья Олег Дубров оштрафовал 20 человек в Томске.",
        "На акции в поддержку Олега Дуброва в Томске задержали 20 человек.",
        "Сторонников Олега Дуброва задержали в Томске.",
        "Жену Олега Дуброва задержали в Томске.",
        "Олегу Дуброву в Томске грозит арест на 15 суток.",
        "Олега Дуброва в Томске не задержали.",
        "Плакат «Свободу Олегу Дуброву» изъяли, в Томске задержали 20 человек.",
    ],
)
def test_who_speaks_rules_or_is_the_cause_is_no_detainee(text: str) -> None:
    assert [m.name for m in people(text) if m.name] == []


@pytest.mark.parametrize(
    "text",
    [
        "Police detained 20 people in Perm, the lawyer Oleg Reed said.",
        "Judge Oleg Reed fined 20 people in Perm.",
        "At a rally in support of Oleg Reed in Perm police detained 20 people.",
        "Supporters of Oleg Reed were detained in Perm.",
        "Oleg Reed's supporters were detained in Perm.",
        "Oleg Reed may be jailed for 15 days in Perm.",
        "Oleg Reed was not detained in Perm.",
    ],
)
def test_in_english_too_who_speaks_rules_or_is_the_cause_is_no_detainee(text: str) -> None:
    assert [m.name for m in people(text, "en") if m.name] == []


def test_of_a_list_in_support_of_which_people_came_nobody_was_detained() -> None:
    found = people("In Perm, picketers in support of the journalists Ilya Grom and Vera Lisina were detained.", "en")

    assert [m for m in found if m.name] == []


# ---------------------------------------------------------------- what befell, and the details


def test_who_was_fined_and_who_was_jailed_are_told_apart_by_sum_and_term() -> None:
    found = people("Суд в Томске назначил Олегу Дуброву 10 тысяч рублей, а Вере Лисиной — трое суток.")

    assert told(found) == [("Олег Дубров", ["fined"]), ("Вера Лисина", ["jailed"])]
    assert [m.happened[0].detail for m in found] == ["10 тысяч рублей", "трое суток"]


def test_the_article_is_told_as_it_stands() -> None:
    (mention,) = people("На Олега Дуброва в Томске составили протокол по ч. 5 ст. 20.2 КоАП.")

    assert [(h.what, h.detail) for h in mention.happened] == [("charged", "ч. 5 ст. 20.2 КоАП")]


def test_a_paper_told_in_a_sentence_of_its_own_is_the_last_persons() -> None:
    (mention,) = people("В Томске задержан Олег Дубров. Составлен протокол по ст. 20.2 КоАП.")

    assert [(h.what, h.detail) for h in mention.happened] == [("detained", None), ("charged", "ст. 20.2 КоАП")]


def test_names_without_a_verb_go_on_with_the_one_before_and_with_its_role() -> None:
    found = people("В Омске задержан координатор Иван Чайка, в Перми — Олег Дубров, в Уфе — Вера Лисина.")

    assert [(m.name, m.role, m.place) for m in found] == [
        ("Иван Чайка", "coordinator", "Omsk, Russia"),
        ("Олег Дубров", "coordinator", "Perm, Russia"),
        ("Вера Лисина", "coordinator", "Ufa, Russia"),
    ]


def test_an_hour_is_put_on_its_day() -> None:
    (mention,) = people("5 мая в Перми задержали Ивана Чайку: его взяли в 10:45.", published="2031-05-06T12:00+05:00")

    assert mention.happened[0].at == "2031-05-05T10:45+05:00"


def test_two_verbs_of_one_subject_are_both_told() -> None:
    found = people("The journalists Ilya Grom and Vera Lisina were also detained in Perm, but released later.", "en")

    assert told(found) == [("Ilya Grom", ["detained", "released"]), ("Vera Lisina", ["detained", "released"])]


def test_names_beside_a_number_are_those_counted() -> None:
    found = people("В Витебске задержали троих — Ивана Чайку, Олега Дуброва и Веру Лисину.")

    assert told(found) == [(name, ["detained"]) for name in ("Иван Чайка", "Олег Дубров", "Вера Лисина")]


def test_somebody_without_a_name_is_told_by_role() -> None:
    found = people("В Твери задержали координатора штаба.")

    assert [(m.name, m.role, m.place) for m in found] == [(None, "coordinator", "Tver, Russia")]


# ---------------------------------------------------------------- stations


@pytest.mark.parametrize(
    ("language", "text", "station"),
    [
        ("ru", "В Москве Олега Дуброва задержали и увезли в ОВД «Дорогомилово».", "ОВД «Дорогомилово»"),
        ("ru", "В Москве Олега Дуброва задержали и увезли в 15-й отдел полиции.", "15-й отдел полиции"),
        ("ru", "В Перми Олега Дуброва отвезли в ОП № 7 Свердловского района.", "ОП № 7 Свердловского района"),
        ("en", "Oleg Reed was detained and taken to Tverskoy police station.", "Tverskoy police station"),
        ("es", "La policía detuvo a Ana Reyes y la llevó a la comisaría de Moratalaz.", "comisaría de Moratalaz"),
        ("fr", "Anna Morel a été interpellée et conduite au commissariat du 13e arrondissement.", "commissariat du 13e arrondissement"),
        ("de", "Anna Resnik wurde festgenommen und auf die Polizeiwache Nr. 76 gebracht.", "Polizeiwache Nr. 76"),
    ],
)
def test_a_station_is_told_with_what_names_it(language: str, text: str, station: str) -> None:
    (mention,) = people(text, language)

    assert mention.station == station


def test_a_station_without_a_name_is_none() -> None:
    (mention,) = people("В Москве Олега Дуброва задержали и увезли в отдел полиции.")

    assert mention.station is None
