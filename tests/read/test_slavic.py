"""Ukrainian, Belarusian and Polish sentences: numerals in their cases, apostrophes, terms of arrest, places in cases."""

import pytest

from atleast import read
from atleast.model import Report

SENTENCES = [
    # every apostrophe stays inside its word
    ("uk", "У Києві затримали п'ятьох людей.", ["detained 5 in Kyiv, Ukraine"]),
    ("uk", "У Києві затримали п’ятьох людей.", ["detained 5 in Kyiv, Ukraine"]),
    ("uk", "У Києві затримали пʼятьох людей.", ["detained 5 in Kyiv, Ukraine"]),
    ("uk", "У Києві затримали п`ятьох людей.", ["detained 5 in Kyiv, Ukraine"]),
    ("be", "Сям’ю затрымалі ў Брэсце.", []),
    # thousands and the rest of the number
    ("uk", "У Харкові затримано 4 тис. 266 осіб.", ["detained 4266 in Kharkiv, Ukraine"]),
    ("pl", "Policja zatrzymała 4 tys. 266 osób w Moskwie.", ["detained 4266 in Moscow, Russia"]),
    ("uk", "На мітинг в Одесі вийшло 1,5 тис. людей.", ["participants 1500 in Odesa, Ukraine"]),
    # a plural is vague alone, and a number behind a hedge
    ("uk", "Сотні людей вийшли в Одесі.", ["participants 200? in Odesa, Ukraine"]),
    ("uk", "Близько сотні людей вийшли в Одесі.", ["participants ~100 in Odesa, Ukraine"]),
    ("be", "Каля сотні чалавек выйшлі ў Гродне.", ["participants ~100 in Grodno, Belarus"]),
    ("pl", "Setki osób wyszły w Gdańsku.", ["participants 200? in Gdańsk, Poland"]),
    # a verb between says what befell those named before; several days of a month; a second source in front
    (
        "pl",
        "Demonstrantów zatrzymano w Mińsku - 24 i w Brześciu - 12.",
        ["detained 24 in Minsk, Belarus", "detained 12 in Brest, Belarus"],
    ),
    ("pl", "W Teheranie ludzie ginęli 21, 22 i 30 września.", []),
    (
        "pl",
        "W Łodzi demonstrowało według policji 3 tys. osób, a według Reutersa 17 tys.",
        ["participants 3000 in Łódź, Poland by Łódź police", "participants 17000 in Łódź, Poland by Reuters"],
    ),
    # arrested is detained, for a term it is jailed
    ("uk", "Поліція в Одесі заарештувала шістьох людей.", ["detained 6 in Odesa, Ukraine"]),
    ("uk", "В Одесі заарештували шістьох людей на 10 діб.", ["jailed 6 in Odesa, Ukraine"]),
    ("be", "Дзевяць чалавек арыштаваныя на 10 сутак у Гомелі.", ["jailed 9 in Gomel, Belarus"]),
    ("pl", "W Stambule aresztowano 12 osób.", ["detained 12 in Istanbul, Turkey"]),
    ("pl", "W Stambule aresztowano 12 osób na trzy miesiące.", ["jailed 12 in Istanbul, Turkey"]),
    # nobody, and not many
    ("pl", "Wiec w Krakowie odbył się bez zatrzymań.", ["detained 0 in Krakow, Poland"]),
    ("uk", "Масових затримань у Києві не було.", []),
    # the hedge behind its noun; elsewhere before its number
    ("pl", "W Kazaniu zatrzymano 30 osób albo więcej.", ["detained 30+ in Kazan, Russia"]),
    (
        "be",
        "У Мінску затрымалі 90 чалавек, у іншых гарадах — 60.",
        ["detained 90 in Minsk, Belarus", "detained 60 in Belarus (outside Minsk)"],
    ),
    # a country that is only spoken of is no place of the event; a heading tells the place of what stands below
    ("be", "На акцыю ў падтрымку Украіны ў Мінску выйшлі 70 тыс. чалавек.", ["participants 70000 in Minsk, Belarus"]),
    (
        "be",
        "Сёння ў Беларусі ідуць акцыі.\n\nУ Гродне разганяюць людзей\n\nКаля сотні чалавек вярнуліся на вуліцу.",
        ["participants ~100 in Grodno, Belarus"],
    ),
    # checks and questioning count nobody; a city and others are the country; a city's police without a place
    ("pl", "Po demonstracji w Krakowie wylegitymowano 120 uczestników.", []),
    ("pl", "W Paryżu i innych miastach Francji zatrzymano 95 osób.", ["detained 95 in France"]),
    ("uk", "У Мінську та інших містах затримали 60 осіб.", ["detained 60 in Belarus"]),
    ("pl", "Zatrzymano 7 osób, podała stołeczna policja.", ["detained 7 in Warsaw, Poland by Warsaw police"]),
    (
        "pl",
        "W Tbilisi zatrzymano 50 osób, podaje portal KronikaGruzji.",
        ["detained 50 in Tbilisi, Georgia by KronikaGruzji"],
    ),
    ("pl", "Poinformowano o trzech osobach aresztowanych w Krakowie.", ["detained 3 in Krakow, Poland"]),
    # ages, hours, articles of law, fines and years of prison count nobody
    ("uk", "У Києві затримали 41-річного активіста.", []),
    ("uk", "За частиною 2 статті 20.2 йому загрожує до 30 діб.", []),
    ("be", "Суд у Мінску аштрафаваў яго на 2700 рублёў.", []),
    ("pl", "Ma 25 lat, zatrzymano go o 18:30 w Opolu.", []),
    ("pl", "Skazano go na 6 lat więzienia w Moskwie.", []),
    (
        "pl",
        "Poza Moskwą najwięcej osób zatrzymano w Petersburgu - 490.",
        ["detained 490 in Saint Petersburg, Russia"],
    ),
    (
        "pl",
        "W Stambule zatrzymano 40 osób – oznajmił w Ankarze turecki minister spraw wewnętrznych.",
        ["detained 40 in Istanbul, Turkey by Interior Ministry of Turkey"],
    ),
]


@pytest.mark.parametrize(("language", "text", "wanted"), SENTENCES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_slavic_sentence_gives_its_claims(language: str, text: str, wanted: list[str]) -> None:
    given = [read.brief(claim) for claim in read.claims(Report("r", language=language, text=text))]

    assert given == wanted


def test_a_mark_of_quotation_is_no_apostrophe() -> None:
    report = Report("r", language="pl", text="W Krakowie ‘zatrzymano’ 12 osób.")

    assert [read.brief(claim) for claim in read.claims(report)] == ["detained 12 in Krakow, Poland"]
