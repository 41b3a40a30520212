"""What is said, in both languages."""

import json
import re
from pathlib import Path

import pytest

from atleast.reckon import ASSUMPTIONS, RULES, Message, as_plain, say
from atleast.reckon.words import templates

from .invented import NEXT, at_least, claim, reckoned


def gaps(template: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", template))


def test_both_languages_have_the_same_keys_and_the_same_gaps() -> None:
    english, russian = templates("en"), templates("ru")

    assert english.keys() == russian.keys()
    assert {k: gaps(t) for k, t in english.items()} == {k: gaps(t) for k, t in russian.items()}


def test_every_rule_has_its_sentence() -> None:
    assert {k.removeprefix("rule.") for k in templates() if k.startswith("rule.")} == {*RULES, *ASSUMPTIONS}


def test_an_unknown_language_is_answered_in_english() -> None:
    assert templates("tlh") == templates("en")
    assert templates("ru-RU") == templates("ru")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_part_of_a_tally_can_be_said(language: str) -> None:
    result = reckoned(
        at_least(271), at_least(262, at="2031-05-01T20:00Z"), claim(264, at="2031-05-01T21:00Z"), claim(136, by="Interior Ministry", at=NEXT),
        claim(-4), claim(3, day="2031-04-01"), claim(3, quantity="other"), claim(3, "Ruritania (some cities)"),
        claim(66, "Strelsau", at=NEXT), claim(70, "Ruritania (outside Strelsau)", at=NEXT), claim((None, None), bound="at_least"),
    )  # fmt: skip
    parts = (*result.cells, *result.contradictions, *result.revisions, *result.holds, *result.set_aside, *result.troubles)

    for part in parts:
        words = say(part, language)
        assert words and "{" not in words and "None" not in words


def test_the_same_in_russian() -> None:
    (clash,) = reckoned(at_least(271), claim(136, by="Interior Ministry", at=NEXT)).contradictions

    assert say(clash, "ru").splitlines()[:2] == [
        "спор: Ruritania, задержано: два числа не могут оба быть полными",
        "  The Monitor 271 > 136 Interior Ministry",
    ]


def test_a_message_is_said_with_its_gaps_filled() -> None:
    assert say(Message("aside.unclear_place", {"place": "Atlantis"})) == "it is not clear which part of the place is meant: Atlantis"


def test_nothing_is_said_of_what_is_no_part_of_a_tally() -> None:
    with pytest.raises(TypeError, match="nothing is said of a float"):
        say(1.5)


def test_a_tally_is_plain_json_without_any_floating_point() -> None:
    result = reckoned(at_least(5, "Zenda"), claim(4, by="City Police", at=NEXT), claim(9, "Ruritania (outside Zenda)", at=NEXT))
    plain = json.loads(json.dumps(as_plain(result)), parse_float=lambda text: pytest.fail(f"a float is shown: {text}"))

    assert plain["contradictions"][0]["claims"]
    assert {"independent", "authority", "joint"} <= plain["cells"][0].keys()


def test_every_class_of_contradiction_has_its_example() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "contradictions.md").read_text("utf-8")
    classes = {key for key in templates() if key.startswith(("clash.", "relay.", "text.", "hold."))}

    assert {key for key in classes if f"`{key}`" not in page} == set()


def test_a_sum_names_what_is_counted_over() -> None:
    (clash,) = reckoned(claim(20, "Zenda", of="one offence"), claim(11, "Zenda")).contradictions

    assert "Zenda (one offence) 20 > 11 Zenda" in say(clash)
