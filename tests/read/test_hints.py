"""A report in a language without word lists gives hints and says so."""

from hypothesis import given
from hypothesis import strategies as st

from atleast import read
from atleast.model import Report, clean

ROMANIAN = (
    "Poliția a reținut 271 de persoane în Sankt Petersburg, potrivit OVD-Info. Pe 7 octombrie 2041 au fost 1.204 "
    "participanți în Rusia, la ora 18:00. 45% au plecat. Din ei 12 sunt minori."
)


def test_digits_beside_names_are_hints_of_the_lowest_tier() -> None:
    reading = read.read(Report("r", language="ro", text=ROMANIAN))

    assert [(c.low, c.high, c.quantity, c.tier) for c in reading.claims] == [
        (271, 271, "other", "C"),
        (1204, 1204, "other", "C"),
    ]
    assert all(c.claimant is None and c.event_date is None and c.note for c in reading.claims)


def test_the_trouble_says_which_language_and_what_was_done() -> None:
    (trouble,) = read.read(Report("r", language="ro", text=ROMANIAN)).troubles

    assert "no word lists" in str(trouble) and "ro" in str(trouble) and "only digits and names" in str(trouble)


def test_a_text_in_no_known_language_is_read_the_same_way() -> None:
    reading = read.read(Report("r", language=None, text=ROMANIAN))

    assert len(reading.claims) == 2
    assert "language is not known" in str(reading.troubles[0])


@given(
    st.text(alphabet=st.sampled_from("Moscow Minsk 12 3456 7.000 % . , № 2041 18:00 ٣٤ 9 \n"), max_size=80).map(clean)
)
def test_every_hint_is_a_literal_piece_of_the_text(text: str) -> None:
    for claim in read.claims(Report("r", language="xx", text=text)):
        assert text[claim.start : claim.end] == claim.quote
        assert claim.tier == "C" and claim.quantity == "other"
