"""Headings of spreadsheets mean fields, and whatever speaks of a contact is one."""

import pytest

from atleast.lexicon.headings import CONTACTS, IGNORED, heading, meaning


def field(text: str, language: str | None = None) -> str | None:
    known = heading(text, language)
    return known.field if known else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ФИО", "name"), ("Ф.И.О. задержанного", "name"), ("Full name:", "name"), ("Nom et prénom", "name"), ("Прізвище", "name"),
        ("Город", "place"), ("ОВД, куда доставили", "station"), ("Komisariat", "station"), ("Дата задержания", "date"),
        ("Задержано (чел.)", "detained"), ("Of them minors", "minors"), ("Gözaltı", "detained"), ("Статья КоАП", "article"),
        ("Colour", None), ("", None),
    ],
)  # fmt: skip
def test_a_heading_means_a_field_in_any_language(text: str, wanted: str | None) -> None:
    assert field(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["Телефон", "Имя родственника", "Mother's name", "Name of relative", "Тел. ОВД", "Contact person", "E-mail", "Адрес", "Domicilio",
     "Телефоны родственников", "ФИО матери", "Nachname der Mutter", "Teléfono de la madre", "Numer telefonu"],
)  # fmt: skip
def test_whatever_speaks_of_a_contact_is_one(text: str) -> None:
    assert field(text) in CONTACTS


@pytest.mark.parametrize("text", ["№ п/п", "No.", "#", "Дата рождения", "Date of birth", "Место работы", "Возраст", "Passport number"])
def test_what_no_record_keeps_is_not_read(text: str) -> None:
    assert field(text) == IGNORED


def test_the_other_headings_tell_what_a_word_of_two_languages_means() -> None:
    assert (field("Nombre", "es"), field("Nombre", "fr")) == ("name", "number")
    assert field("why it is not so", "en") is None


@pytest.mark.parametrize(("cell", "said"), [("Да", "yes"), ("x", "yes"), ("нет", "no"), ("—", "unknown"), ("Н/Д", "unknown"), ("Итого:", "total"), ("Frodo", "")])
def test_what_a_cell_says_beside_names_and_numbers(cell: str, said: str) -> None:
    assert meaning(cell) == said
