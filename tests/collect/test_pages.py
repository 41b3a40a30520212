"""What a saved page says, and what of it is furniture."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.collect.pages import page
from atleast.model import Unreadable

WHOLE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Twelve taken - The Prancing Pony</title>
<meta property="og:title" content="Twelve&nbsp;taken">
<meta property="og:site_name" content="The Prancing Pony">
<meta property="article:published_time" content="2031-05-04T21:00:15+03:00">
<link rel="canonical" href="https://pony.example/12">
<style>p { color: red }</style></head>
<body>
<nav><ul><li>Home</li><li>Weather</li></ul></nav>
<header><h1>Twelve taken</h1></header>
<article>
  <p>Police detained <b>12</b>
     people in <i>Bree</i>.</p>
  <figure><img src="x.jpg" alt="a van"><figcaption>A van in Bree.</figcaption></figure>
  <p>First line<br>second line</p>
  <div>Loose words <p>A paragraph</p> more words</div>
  <table><thead><tr><th>Town</th><th>Detained</th></tr></thead>
    <tr><td><p>Bree</p></td><td><p>12</p></td></tr><tr><td>Archet</td><td></td><td>3</td></tr></table>
  <ul><li>One</li><li>Two</li></ul>
  <pre>14:00  four
15:00  five</pre>
  <script>var detained = 99</script><noscript>99 detained</noscript><template><p>99</p></template>
  <svg><text>99</text></svg><form>Subscribe <input value="99"></form><button>Share 99</button>
  <p hidden>99 hidden</p><p style="display : none">99 unseen</p><span aria-hidden="true">99</span><!-- 99 -->
  <aside>Also read: 99 taken</aside>
</article>
<footer>Copyright 99</footer>
</body></html>"""

TEXT = """Twelve taken

Police detained 12 people in Bree.

A van in Bree.

First line
second line

Loose words

A paragraph

more words

Town\tDetained
Bree\t12
Archet\t\t3

One

Two

14:00 four
15:00 five"""


def test_a_page_is_its_blocks_in_reading_order_without_furniture() -> None:
    assert page(WHOLE).text == TEXT


def test_a_page_says_what_it_is() -> None:
    read = page(WHOLE)

    assert (read.title, read.publisher, read.language) == ("Twelve\u00a0taken", "The Prancing Pony", "en")
    assert (read.published, read.url) == ("2031-05-04T21:00+03:00", "https://pony.example/12")


@pytest.mark.parametrize(
    ("markup", "published"),
    [
        ('<meta name="pubdate" content="2031-05-04">', "2031-05-04"),
        ('<meta itemprop="datePublished" content="2031-05-04T18:00:00Z">', "2031-05-04T18:00+00:00"),
        ('<meta property="article:published_time" content="2031-05-04T21:00:00+0300">', "2031-05-04T21:00+03:00"),
        ('<meta name="date" content="2031-05-04 21:00">', "2031-05-04"),
        ('<meta name="date" content="last Saturday"><time datetime="2031-05-04">', "2031-05-04"),
        ('<script type="application/ld+json">[{"@graph": [{"datePublished": "2031-05-04"}]}]</script>', "2031-05-04"),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        (f'<script type="application/ld+json">{"[" * 100_000}</script>', None),
        ('<time datetime="PT1H"></time><p>', None),
        ("<p>2031-05-04", None),
    ],
)
def test_the_date_is_found_where_pages_keep_it(markup: str, published: str | None) -> None:
    assert page(markup).published == published


@pytest.mark.parametrize(
    ("lang", "language"), [("ru", "ru"), ("ru-RU", "ru"), ("ru_RU", "ru"), ("", None), ("12", None), ("русский", None)]
)
def test_the_language_is_what_the_page_says(lang: str, language: str | None) -> None:
    assert page(f'<html lang="{lang}"><p>x').language == language


def test_two_line_breaks_part_paragraphs() -> None:
    assert page("<body>One<br><br>Two<br>\n&#32;<br>Three<br>four").text == "One\n\nTwo\n\nThree\nfour"


def test_rows_of_a_table_that_lays_out_a_page_are_not_data() -> None:
    words = "Police detained 12 people in Bree. " * 12

    assert page(f"<table><tr><td><p>{words}</p><p>Four were let go.</p></td></tr></table>").text == (
        f"{words.strip()}\n\nFour were let go."
    )


def test_a_page_all_in_one_form_is_still_a_page() -> None:
    assert page("<body><form><p>Police detained 12 people.</p></form>").text == "Police detained 12 people."


@pytest.mark.parametrize("markup", ["", "<frameset><frame src=x></frameset>", "<html>", "<!-- only -->", "<body hidden>"])
def test_a_page_without_words_has_no_text(markup: str) -> None:
    assert page(markup).text == ""


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000 + "12 detained",
        "<DIV CLASS='a>b'>" * 200_000,
        "<div><!-- </div> -->" * 100_000,
        '<div x="<">' * 200_000,
        "".join(f"<p><font size={i}>" for i in range(20_000)),
        "<svg>" + "<tr>" * 100_000,
        "<div>" * 5_000 + "</p>" * 1_000_000,
        "<p " + " ".join(f"a{i}" for i in range(200_000)),
    ],
    ids=["nested", "quoted", "commented", "disguised", "copied", "drawn", "closed", "attributes"],
)
def test_a_bomb_is_refused_quickly(markup: str) -> None:
    start = time.process_time()  # of this process alone: what else the machine does is no fault of the page
    with pytest.raises(Unreadable):
        page(markup)

    assert time.process_time() - start < 10


@pytest.mark.slow
@pytest.mark.parametrize(
    "markup",
    ["<a" * 500_000, "<!--" * 500_000, "<" + "a" * 2_000_000, "<p a='" * 300_000, "<p =\"" * 300_000, "<p>" * 300_000,
     "<br>" * 300_000, "&" * 1_000_000, "<table><tr><td>" * 2_000],
    ids=["a", "comment", "name", "quote", "equals", "p", "br", "amp", "tables"],
)  # fmt: skip
def test_odd_markup_takes_no_longer_than_its_length(markup: str) -> None:
    start = time.process_time()
    with contextlib.suppress(Unreadable):
        page(markup)

    assert time.process_time() - start < 10


@pytest.mark.slow
def test_a_flat_page_of_20_mb_is_read() -> None:
    assert page("<p>Police <b>detained</b> 12 people." * 600_000).text.count("\n\n") == 599_999


@given(st.text())
def test_whatever_the_markup_there_is_a_page(markup: str) -> None:
    read = page(markup)

    assert "\x00" not in read.text and read.text == read.text.strip("\n")
