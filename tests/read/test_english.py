"""What English reports give beyond the examples of the word lists: whose number it is, things, days, lists of places."""

import pytest

from atleast import read
from atleast.model import Report

SPEAKERS = [
    ("The Socialist Doctors Association said 40 people were injured in Izmir.", "Socialist Doctors Association"),
    ("Kampala Metropolitan Police said 40 people were arrested.", "Kampala Metropolitan police"),
    ("Officers arrested 40 people in Leeds, the city's police said.", "Leeds police"),
    ("Forty people were arrested in Cape Town, said police spokesperson Major-General Anna Marsh.", "Cape Town police"),
    ("“We have arrested 40 people in Leeds,” police spokesman John Marsh said.", "Leeds police"),
    ("Mr. Berin said 40 people were arrested in Leeds.", "Berin"),
    ("Anna Berin led the march in Leeds. Ms Berin said 40 people were arrested.", "Anna Berin"),
    ("Anna Berin led the march in Leeds. Berin told AFP that 40 people were arrested.", "Anna Berin"),
    ("DCP (South East) Anil Berin said 40 people were arrested in Delhi.", "Delhi police"),
    ("Forty were arrested in Leeds, Ann Lee, Inspector of the Police Public Relations Branch, said.", "Leeds police"),
    ("Ann Lee, a human rights lawyer, while calling for calm, said 40 people were arrested in Leeds.", "Ann Lee"),
    ("According to the Students' Union of Iran, 40 people were arrested in Tehran.", "Students' Union of Iran"),
    ("Activist Ann Lee said 40 people were arrested in Leeds.", "Ann Lee"),
    ("The Nurses Union, which reports on clinics, said 40 were injured in Leeds.", "Nurses Union"),
    ("The Nurses Union said 40 people were injured in Izmir.", "Nurses Union"),
]


@pytest.mark.parametrize(("text", "wanted"), SPEAKERS)
def test_the_body_that_tells_a_number_is_its_claimant(text: str, wanted: str) -> None:
    (claim,) = read.claims(Report("r", language="en", text=text))

    assert claim.claimant == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested protesters in Leeds in 207 locations.",
        "Police in Leeds seized 236 banners from protesters.",
        "Protesters arrested in Lagos had to pay ₦40 each.",
        "Police in Leeds arrested people who broke the COVID-19 rules.",
    ],
)
def test_things_money_and_names_with_digits_count_nobody(text: str) -> None:
    assert not [c for c in read.claims(Report("r", language="en", text=text)) if c.low in (19, 40, 207, 236)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police arrested 40 people in Leeds on Friday and Saturday.", "2041-08-09/2041-08-10"),
        ("Between August 7 and 9, police arrested 40 people in Leeds.", "2041-08-07/2041-08-09"),
        ("Police arrested 40 people in Leeds on Friday ahead of a march planned for Sunday.", "2041-08-09"),
        ("Police arrested 40 people in Leeds ahead of a march on Sunday.", "2041-08-10"),
    ],
)
def test_the_day_of_an_event_may_be_a_stretch_and_is_not_that_of_a_plan(text: str, wanted: str) -> None:
    (claim,) = read.claims(Report("r", language="en", text=text, published="2041-08-10"))

    assert claim.event_date == wanted


def test_a_list_of_places_goes_on_with_names_that_no_gazetteer_holds() -> None:
    given = read.claims(Report("r", language="en", text="Police arrested people in Nakuru (2) and Qwerthu (4)."))

    assert [c.low for c in given] == [2, 4]


def test_a_participle_before_its_noun_tells_what_was_done() -> None:
    (claim,) = read.claims(
        Report("r", language="en", text="Police said 17 injured officers were taken to hospital in Leeds.")
    )

    assert (claim.quantity, claim.among, claim.low) == ("injured", "police", 17)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police arrested 27 people in KwaZulu-Natal.", "KwaZulu-Natal, South Africa"),
        ("Police arrested 27 people across Uttar Pradesh.", "Uttar Pradesh, India"),
        ("Police arrested 27 people in Lagos State.", "Lagos State, Nigeria"),
        ("Some 100 people marched in Portland, east on SW Madison Street.", "Portland, United States"),
        ("Police arrested 27 people in the Northern Province of Sri Lanka.", "Northern Province, Sri Lanka"),
        ("Police arrested 27 people in Sylhet Division.", "Sylhet Division, Bangladesh"),
        ("Police arrested 27 people in Uasin Gishu County.", "Uasin Gishu, Kenya"),
    ],
)
def test_regions_are_places_and_streets_are_none(text: str, wanted: str) -> None:
    (claim,) = read.claims(Report("r", language="en", text=text))

    assert claim.place == wanted


def test_days_named_one_after_another_are_a_stretch() -> None:
    text = "Forty people were arrested on Saturday, Sunday and Monday in Athens."
    (claim,) = read.claims(Report("r", language="en", text=text, published="2017-10-10"))

    assert claim.event_date == "2017-10-07/2017-10-09"


def test_a_decimal_before_thousand_may_have_another_separator() -> None:
    (claim,) = read.claims(
        Report("r", language="en", text="About 1,5 thousand citizens took part in the rally in Izmir.")
    )

    assert claim.low == 1500


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Uganda Law Society (ULS) gave aid. ULS President Ann Lee said 42 were charged.", "Uganda Law Society"),
        (
            "The Kenya National Commission on Human Rights said it was grave.\n\nThe commission said 40 were killed.",
            "Kenya National Commission on Human Rights",
        ),
    ],
)
def test_a_body_is_known_again_by_its_short_name_and_by_the_word_for_its_sort(text: str, wanted: str) -> None:
    (claim,) = read.claims(Report("r", language="en", text=text))

    assert claim.claimant == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ten people (seven women and three men) were arrested in Leeds.",
        "Ten people [seven women and three men] were arrested in Leeds.",
        "Ten people – including seven women – were arrested in Leeds.",
        "At least ten – including students and officers – were arrested in Leeds.",
    ],
)
def test_what_brackets_or_dashes_set_apart_parts_no_number_from_its_verb(text: str) -> None:
    whole, *_ = read.claims(Report("r", language="en", text=text))

    assert (whole.quantity, whole.low, whole.among) == ("detained", 10, None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dozens of people protesting the vote were detained in Leeds.", ("detained", None)),
        ("Around 60 detainees, including organisers, appeared in court in Leeds.", ("to_court", None)),
    ],
)
def test_what_describes_people_is_not_what_befell_them(text: str, wanted: tuple[str, str | None]) -> None:
    (claim,) = read.claims(Report("r", language="en", text=text))

    assert (claim.quantity, claim.among) == wanted


MOVED = [
    ("Twelve of the detained were transferred to the detention centre in Leeds.", ["other 12 (transferred in) in Leeds, United Kingdom"]),
    ("In Leeds 12 people were transferred to a detention centre.", ["other 12 (transferred) in Leeds, United Kingdom"]),
    ("Five people were moved out of the police station in Leeds.", ["other 5 (transferred out) in Leeds, United Kingdom"]),
    ("Police detained 38 people in Leeds, and 12 were moved to prison.", ["detained 38 in Leeds, United Kingdom", "other 12 (transferred) in Leeds, United Kingdom"]),
]


@pytest.mark.parametrize(("text", "wanted"), MOVED)
def test_people_moved_to_another_place_of_custody_are_not_detained_there(text: str, wanted: list[str]) -> None:
    assert [read.brief(claim) for claim in read.claims(Report("r", language="en", text=text))] == wanted
