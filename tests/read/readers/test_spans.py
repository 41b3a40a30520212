"""Only words that stand in the report make a claim, and its values are what the report says there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import Claim, Report
from atleast.read.readers import Pointed, grounded

TEXT = (
    "Police detained at least 12 people in Moscow on 4 May, the monitor OVD-Info said. "
    "Another 7 were fined, among them a 41-year-old man.\n\n"
    "In Kazan two thousand marched — “nobody was hurt” — and 130 minors were taken to police stations."
)
REPORT = Report("bree", publisher="The Prancing Pony", language="en", published="2031-05-05", text=TEXT)


def one(quote: str, number: str, trigger: str, quantity: str = "detained", text: str = TEXT, **more: str) -> Claim | str:
    """The claim that is made of what was pointed at, or why it was refused."""
    report = Report("bree", language="en", published="2031-05-05", text=text)
    claims, refused = grounded(report, [Pointed(quote, number, trigger, quantity, **more)], "llm:m")
    assert len(claims) + len(refused) == 1
    return claims[0] if claims else refused[0].what.partition("refused: ")[2]


def test_numbers_bounds_places_days_and_speakers_are_read_from_the_report() -> None:
    claim = one(
        "Police detained at least 12 people in Moscow on 4 May", "12", "detained",
        claimant="OVD-Info", place="Moscow", date="4 May",
    )  # fmt: skip

    assert isinstance(claim, Claim)
    assert (claim.low, claim.high, claim.bound, claim.hedge) == (12, None, "at_least", "at_least")
    assert (claim.place, claim.claimant, claim.claimant_kind, claim.event_date) == ("Moscow, Russia", "OVD-Info", "monitor", "2031-05-04")
    assert (claim.tier, claim.readers, claim.quote) == ("B", ("llm:m",), TEXT[claim.start : claim.end])
    assert {e.slot for e in claim.evidence if e.inherited} == {"claimant"}


def test_a_number_in_words_and_a_group_are_read_too() -> None:
    crowd = one("In Kazan two thousand marched", "two thousand", "marched", "participants", place="Kazan")
    young = one("130 minors were taken to police stations", "130", "taken to police stations")

    assert isinstance(crowd, Claim) and (crowd.low, crowd.place) == (2000, "Kazan, Russia")
    assert isinstance(young, Claim) and (young.low, young.among) == (130, "minors")


@pytest.mark.parametrize(
    "quote",
    ["Kazan two thousand marched - \"nobody was hurt\" - and", "Kazan  two\nthousand\u00a0marched — “nobody was hurt” — and"],
)
def test_a_copy_that_smoothed_dashes_quotation_marks_and_spaces_is_found_and_the_report_is_quoted(quote: str) -> None:
    claim = one(quote, "two thousand", "marched", "participants")

    assert isinstance(claim, Claim)
    assert claim.quote == "Kazan two thousand marched — “nobody was hurt” — and"


@pytest.mark.parametrize(
    ("quote", "number", "trigger", "quantity", "why"),
    [
        ("Police arrested at least 12 people", "12", "arrested", "detained", "the quote does not stand in the report"),
        ("Police detained at least 13 people in Moscow", "13", "detained", "detained", "the quote does not stand in the report"),
        ("Police detained … 12 people", "12", "detained", "detained", "the quote does not stand in the report"),
        ("Полиция задержала 12 человек", "12", "задержала", "detained", "the quote does not stand in the report"),
        ("", "12", "detained", "detained", "the quote is empty or far too long"),
        ("Police detained at least 12 people", "7", "detained", "detained", "the number stands in the quote nowhere"),
        ("Police detained at least 12 people", "2", "detained", "detained", "the number stands in the quote nowhere"),
        ("Police detained at least 12 people", "people", "detained", "detained", "the number is none"),
        ("Police detained at least 12 people in Moscow on 4 May", "12 people in Moscow on 4", "detained", "detained", "the number is more than one"),
        ("In Kazan two thousand marched", "two", "marched", "participants", "the number is a part of a longer one"),
        ("Police detained at least 12 people in Moscow on 4 May", "4", "detained", "detained", "the number is a date, a time, an age or an article of law"),
        ("a 41-year-old man", "41-year-old", "man", "detained", "the number is none"),
        ("Police detained at least 12 people", "12", "released", "released", "the trigger stands in the quote nowhere"),
        ("Police detained at least 12 people", "12", "detained", "fined", "the trigger says detained and not fined"),
        ("Another 7 were fined", "7", "fined", "injured", "the trigger says fined and not injured"),
        ("Police detained at least 12 people", "12", "detained", "other", "it counts nothing that is counted here"),
        ("Police detained at least 12 people", "12", "detained", "arrests", "it counts nothing that is counted here"),
    ],
)  # fmt: skip
def test_what_does_not_stand_there_or_does_not_fit_is_refused(quote: str, number: str, trigger: str, quantity: str, why: str) -> None:
    assert one(quote, number, trigger, quantity) == why


@pytest.mark.parametrize(("slot", "what"), [("claimant", "speaker"), ("place", "place"), ("date", "date")])
def test_an_invented_speaker_place_or_day_is_refused(slot: str, what: str) -> None:
    assert one("Police detained at least 12 people", "12", "detained", **{slot: "Strelsau"}) == f"the {what} does not stand in the report"


def test_a_word_that_no_list_knows_makes_a_hint() -> None:
    claim = one("7 were spirited off", "7", "spirited off", text="In Kazan 7 were spirited off by men in masks.")

    assert isinstance(claim, Claim) and claim.tier == "C"


def test_words_that_name_no_place_or_speaker_we_know_leave_the_slot_open() -> None:
    claim = one("Police detained at least 12 people", "12", "detained", place="police stations", claimant="nobody was hurt")

    assert isinstance(claim, Claim) and claim.place is None and claim.claimant is None


def test_a_number_that_the_quote_holds_twice_is_refused() -> None:
    assert one("12 came and 12 were detained", "12", "detained", text="12 came and 12 were detained.") == "the number stands in the quote more than once"


def test_the_same_number_pointed_at_twice_is_one_claim() -> None:
    pointed = Pointed("Police detained at least 12 people", "12", "detained", "detained")
    claims, _ = grounded(REPORT, [pointed, pointed], "llm:m")

    assert len(claims) == 1


def test_a_headline_that_repeats_the_body_is_not_the_place_of_the_quote() -> None:
    claim = one("Police detained 12 people", "12", "detained", text="Police detained 12 people\n\nPolice detained 12 people in Moscow.")

    assert isinstance(claim, Claim) and claim.start > 20


def test_without_word_lists_nothing_is_checked_and_so_nothing_is_taken() -> None:
    report = Report("bree", language="sw", text="Polisi walikamata watu 12.")
    claims, refused = grounded(report, [Pointed("Polisi walikamata watu 12", "12", "walikamata", "detained")], "llm:m")

    assert claims == () and len(refused) == 1


WORDS = st.one_of(st.text(max_size=12), st.sampled_from(["12", "7", "detained", "at least 12", "Moscow", "the monitor OVD-Info", "\u00ad", "…", TEXT, TEXT[:40]]))


@given(st.builds(Pointed, WORDS, WORDS, WORDS, st.sampled_from(["detained", "fined", "", "x"]), WORDS, WORDS, WORDS))
def test_whatever_is_pointed_at_quotes_the_report_or_is_refused(pointed: Pointed) -> None:
    claims, refused = grounded(REPORT, [pointed], "llm:m")

    assert len(claims) + len(refused) == 1
    for claim in claims:
        assert TEXT[claim.start : claim.end] == claim.quote
        assert str(claim.low) in claim.quote.replace("two thousand", "2000")
