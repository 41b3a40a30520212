"""What must hold of any text whatever."""

from hypothesis import given
from hypothesis import strategies as st

from atleast import read
from atleast.model import Report, clean, encode

WORDS = st.sampled_from(
    "police detained 40 people in Minsk on Sunday , . ; : — « » ( ) Viasna said that nobody was released all of them "
    "dozens more than 1,000 15:00 № 7 ст. 20.2 полиция задержала двоих в Москве сообщил «ОВД-Инфо» отпущены все из них по 5 "
    "сто двадцать тысяч 8–10 тыс. \n к 21:00 октября 7 2041 г. минимум свыше не it the ministry ведомство".split(" ")
)
NEWS = st.lists(WORDS, max_size=60).map(" ".join)
LANGUAGES = st.sampled_from(["en", "ru"])


@given(text=st.one_of(NEWS, st.text(max_size=300)).map(clean), language=LANGUAGES)
def test_every_quote_and_every_slot_is_a_literal_piece_of_the_text(text: str, language: str) -> None:
    reading = read.read(Report("r", language=language, text=text, published="2041-08-09T12:00+03:00"))

    for record in (*reading.claims, *reading.mentions):
        assert text[record.start : record.end] == record.quote != ""
        assert all(0 <= e.start <= e.end <= len(text) and (e.inherited or e.start < e.end) for e in record.evidence)


@given(text=NEWS.map(clean), language=LANGUAGES)
def test_the_same_report_gives_the_same_bytes(text: str, language: str) -> None:
    report = Report("r", language=language, text=text)

    assert [encode(c) for c in read.claims(report)] == [encode(c) for c in read.claims(report)]


@given(text=NEWS.map(clean), language=LANGUAGES)
def test_every_number_fits_its_bound(text: str, language: str) -> None:
    for claim in read.claims(Report("r", language=language, text=text)):
        low, high = claim.low, claim.high
        assert low is None or low >= 0
        assert low is None or high is None or low <= high
        assert (low is None) == (claim.bound == "at_most")
        assert (high is None) == (claim.bound in ("at_least", "vague"))


@given(text=NEWS.map(clean), language=LANGUAGES)
def test_ids_are_unique_within_a_report(text: str, language: str) -> None:
    reading = read.read(Report("r", language=language, text=text))
    ids = [record.id for record in (*reading.claims, *reading.mentions)]

    assert len(ids) == len(set(ids))
