"""Characters that a page carries and a reader does not see: they change no value and stay in the quote."""

import pytest

from atleast import read
from atleast.model import Report, clean

PLAIN = "Police detained 1,234 people in Minsk on Sunday, the Interior Ministry said."
ODD = {
    "thin spaces": "Police detained 1\u2009234 people in Minsk on Sunday, the Interior Ministry said.",
    "non-breaking spaces": "Police\u00a0detained 1\u00a0234\u00a0people in\u00a0Minsk on Sunday, the Interior Ministry said.",
    "narrow spaces": "Police detained 1\u202f234 people in Minsk on Sunday, the Interior Ministry said.",
    "soft hyphens": "Po\u00adlice de\u00adtained 1,234 peo\u00adple in Min\u00adsk on Sun\u00adday, the In\u00adte\u00adri\u00ador Mi\u00adnis\u00adtry said.",
    "joiners": "Police det\u200bained 1,234 people in Mi\u2060nsk on Sunday, the Interior Ministry said.",
    "marks of direction": "\u200fPolice detained \u200e1,234\u200f people in \u202aMinsk\u202c on Sunday, the Interior Ministry said.",
    "isolates": "\u2066Police detained 1,234 people in Minsk on Sunday\u2069, the Interior Ministry said.",
    "letters of another alphabet": "Роlice dеtаined 1,234 реорle in Мinsk on Sundау, the Intеrior Ministrу sаid.",
    "Arabic-Indic digits": "Police detained ١٬٢٣٤ people in Minsk on Sunday, the Interior Ministry said.",
    "Persian digits": "Police detained ۱۲۳۴ people in Minsk on Sunday, the Interior Ministry said.",
    "full-width digits": "Police detained １２３４ people in Minsk on Sunday, the Interior Ministry said.",
    "a Swiss apostrophe": "Police detained 1'234 people in Minsk on Sunday, the Interior Ministry said.",
}


def told(text: str) -> list[tuple[object, ...]]:
    report = Report("r", language="en", text=clean(text), published="2041-08-12T10:00+03:00")
    found = read.claims(report)
    assert all(report.text[c.start : c.end] == c.quote for c in found)
    return [(c.quantity, c.low, c.high, c.bound, c.claimant, c.place, c.event_date) for c in found]


@pytest.mark.parametrize("odd", ODD)
def test_what_cannot_be_seen_changes_no_value(odd: str) -> None:
    assert told(PLAIN) == [
        ("detained", 1234, 1234, "exact", "Interior Ministry of Belarus", "Minsk, Belarus", "2041-08-11")
    ]
    assert told(ODD[odd]) == told(PLAIN)


def test_cyrillic_words_with_latin_letters_are_read() -> None:
    report = Report("r", language="ru", text="В Moсквe зaдeржaли 15 чeлoвeк, сooбщили в MВД.")
    (claim,) = read.claims(report)

    assert (claim.quantity, claim.low, claim.place) == ("detained", 15, "Moscow, Russia")
    assert claim.claimant == "Interior Ministry of Russia"
