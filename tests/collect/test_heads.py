"""The head of a text file."""

import pytest

from atleast.collect.heads import parted

HEAD = """---
publisher: The Prancing Pony
Published: 2031-05-04T21:00+03:00
language: en
kind: bulletin
title: "Twelve taken: a day in Bree"
source: Facts from: its own page

---
"""


def test_a_head_says_what_the_report_is() -> None:
    head, body = parted(HEAD + "Twelve detained.\n")

    assert body == "Twelve detained.\n"
    assert head.troubles == ()
    assert head.extra == {"source": "Facts from: its own page"}
    assert head.said == {
        "publisher": "The Prancing Pony",
        "published": "2031-05-04T21:00+03:00",
        "language": "en",
        "kind": "bulletin",
        "title": "Twelve taken: a day in Bree",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Twelve detained.",
        "---\nTwelve detained.\n---\nMore.",
        "---\npublisher: Nobody\nTwelve detained.",
        "---\n---\nTwelve detained.",
        "Twelve detained.\n---\npublisher: Nobody\n---\n",
        "---\nhttps://example.org\n---\n",
        "",
        "---",
    ],
)
def test_a_text_without_a_head_is_all_body(text: str) -> None:
    head, body = parted(text)

    assert body == text and not head.said and not head.extra


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("published: Saturday", "not a date"),
        ("kind: newspaper", "not a kind"),
        ("text: Something else", "cannot set text"),
        ("record: claim", "cannot set record"),
        ("sha256: 00", "cannot set sha256"),
        ("id: x", "cannot set id"),
        ("extra: x", "cannot set extra"),
    ],
)
def test_a_wrong_line_is_told_with_its_number_and_the_rest_holds(line: str, said: str) -> None:
    head, body = parted(f"\n---\npublisher: Nobody\n{line}\n---\nText", file="bree.txt")

    assert head.said == {"publisher": "Nobody"} and not head.extra and body == "Text"
    assert [(t.where, said in t.what) for t in head.troubles] == [("bree.txt:4", True)]


def test_an_empty_value_says_nothing() -> None:
    head, _ = parted("---\npublisher:\nlanguage:  \n---\n")

    assert head.said == {}


def test_a_rule_at_the_top_of_a_long_text_costs_nothing() -> None:
    text = "---\n" + "a: b\n" * 300_000

    assert parted(text) == (parted("")[0], text)
