"""The map, and the table that says the same."""

import re
from xml.etree import ElementTree

import pytest

from atleast.lexicon import gazetteer
from atleast.model import People
from atleast.reckon import Bound
from atleast.tell import Town, Words, places_map, places_table, style

SVG = "{http://www.w3.org/2000/svg}"
# Towns are real, or they would stand nowhere; the numbers are invented.
OPEN = Town("Anadyr, Russia", Bound(People(16, None)), Bound(People(4, 4)))
RANGE = Town("Suva, Fiji", Bound(People(9, 25)), Bound(People(None, 36)))
CLASH = Town("Honolulu, United States", Bound(People(9, 4)), Bound())
ROUGH = Town("Apia, Samoa", Bound(roughly=People(30, None)), Bound())
NOWHERE = Town("Ruritania & <Co>", Bound(People(100, None)), Bound())
WORDS = Words("en")


def drawn(*towns: Town, words: Words = WORDS, **how: object) -> ElementTree.Element:
    return ElementTree.fromstring(places_map(towns, words, title="Invented", **how))  # type: ignore[arg-type]


def circles(picture: ElementTree.Element, kind: str, side: str) -> list[float]:
    """The radii of what is drawn for a side on the map itself, not in its legend."""
    paper = picture.find(f"{SVG}svg")
    assert paper is not None
    groups = (group for group in paper.iter(f"{SVG}g") if group.get("class") == side)
    return [float(each.get("r", 0)) for group in groups for each in group.iter(f"{SVG}circle") if each.get("class") == kind]


def texts(picture: ElementTree.Element) -> str:
    return " | ".join(text.text or "" for text in picture.iter(f"{SVG}text"))


def test_areas_of_rings_are_as_the_numbers() -> None:
    picture = drawn(OPEN, RANGE)
    (sixteen,), (four,) = circles(picture, "ring open", "independent"), circles(picture, "ring", "authority")

    assert sixteen == pytest.approx(2 * four, abs=0.1)
    assert circles(picture, "most", "authority") == [pytest.approx(3 * four, abs=0.1)]


def test_an_open_upper_end_is_dashed_a_known_one_is_not() -> None:
    picture = drawn(OPEN, RANGE)

    assert len(circles(picture, "ring open", "independent")) == len(circles(picture, "ring", "independent")) == 1
    assert len(circles(picture, "most", "independent")) == 1


def test_what_contradicts_itself_is_crossed_and_what_is_rough_is_dotted_without_a_ring() -> None:
    picture = drawn(CLASH, ROUGH)
    paper = picture.find(f"{SVG}svg")

    assert paper is not None
    assert [path.get("class") for path in paper.iter(f"{SVG}path") if path.get("class") != "land"] == ["clash"]
    assert len(circles(picture, "rough", "independent")) == 1
    assert len(circles(picture, "ring", "independent")) == 1


def test_a_place_without_a_point_is_listed_and_never_dropped() -> None:
    picture = drawn(OPEN, NOWHERE, Town("Krasnodar Krai, Russia", Bound(People(2, 2)), Bound()))

    assert "At no point of the map: Ruritania & <Co>; Krasnodar Krai, Russia" in texts(picture).replace(" | ", " ")
    assert "Anadyr" in texts(picture)


def test_nothing_that_can_be_placed_is_said_in_words() -> None:
    picture = drawn(NOWHERE)

    assert picture.find(f"{SVG}svg") is None
    assert "No town" in texts(picture) and "Ruritania" in texts(picture)
    assert "No town" in texts(drawn())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_description_and_the_table_say_the_same_as_the_picture(language: str) -> None:
    words, towns = Words(language), [OPEN, RANGE, CLASH, ROUGH, NOWHERE]
    told = drawn(*towns, words=words).findtext(f"{SVG}desc") or ""
    heads, *rows = places_table(towns, words)

    assert len(rows) == len(towns)
    for place, *cells in rows:
        sentence = ", ".join(f"{head} {cell}" for head, cell in zip(heads[1:], cells, strict=True))
        assert f"{place}: {sentence}" in told


def test_in_a_page_it_brings_no_rule_of_its_own() -> None:
    """A content security policy without 'unsafe-inline' blocks both style elements and style attributes."""
    inline = places_map([OPEN, CLASH], WORDS, title="Invented", alone=False)

    assert "<style" not in inline and not re.search(r"\s(?:style|on\w+)=", inline)
    assert set(re.findall(r'class="([^"]+)"', inline)) - {"any"} <= {
        kinds for kinds in re.findall(r'class="([^"]+)"', inline) if all(f".{kind}" in style() for kind in kinds.split())
    }
    assert style() in places_map([OPEN], WORDS, title="Invented")


def test_rings_lead_where_the_page_says_and_keyboards_can_follow() -> None:
    picture = drawn(OPEN, CLASH, link=lambda place: f"/places?of={place}&on=1" if "Russia" in place else None)
    (link,) = picture.iter(f"{SVG}a")

    assert link.get("href") == "/places?of=Anadyr, Russia&on=1"
    assert (link.get("aria-label") or "").startswith("Anadyr, Russia: independent at least 16, authority 4")
    assert picture.get("role") == "group", "the inside of an image is hidden from readers of screens, its links too"
    assert drawn(OPEN).get("role") == "img"


def test_a_country_of_towns_is_drawn_in_little_room() -> None:
    cities = [place for place in gazetteer() if place.country == "Russia" and place.kind == "city"][:300]
    text = places_map([Town(city.key, Bound(People(n, None)), Bound()) for n, city in enumerate(cities, 1)], WORDS, title="Invented")

    assert len(text) < 500_000
    assert text.count("<title>") == 300
