"""Every page can be read and used by everybody: on a phone, in the dark, by keyboard, read aloud, right to left.

The pages are those of `pages.ROUTES` and of django-allauth; their addresses come from the examples of test_matrix, so a
new view is looked at here without a line of its own. Each is looked at in the case of the sample, too, if it can be.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from .browser import ROOT, RunningDesk, Watched, signed_in
from .test_matrix import OTHERS, ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = [(1280, "light", "ltr"), (320, "light", "rtl"), (320, "dark", "ltr"), (1280, "dark", "rtl")]
"""Widths, colours and directions: every two of them meet, in half of the time that all of them would take."""

ZONE = "Asia/Vladivostok"
"""The zone of the example case: far from the zone of the machine, and from the zone of the sample."""

GATHER = f"""
import json, sys
sys.path.insert(0, {str(ROOT)!r})
from dataclasses import replace
from django.test import Client
from django.urls import NoReverseMatch, reverse
from atleast.web.entering import owner
from atleast.web.house.models import Case
from atleast.web.shelf.models import Piece, Source
from tests.web.test_matrix import BACKEND, OTHERS, ROUTES, address, parts, world

here = world("strelsau", "1")
Case.objects.filter(slug="strelsau").update(zone={ZONE!r})
sample = Case.objects.get(slug="2017-10-07")
source = Source.objects.filter(case=sample).order_by("-pieces").first()
pieces = {{each.record: each.name for each in Piece.objects.filter(case=sample, report=source.name)}}
rich = replace(here, case=sample, report=source.name, **pieces)
places = []
for name, route in sorted(ROUTES.items()):
    if "GET" in route.methods:
        places.append((name, address(route, here)))
        if {{"case"}} <= set(parts(route)) <= {{"case", "report", "claim", "mention", "piece"}}:
            places.append((name, address(route, rich)))
for name in sorted(OTHERS):
    try:
        places.append((name, reverse(name)))
    except NoReverseMatch:
        pass
browser = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
browser.force_login(owner(), backend=BACKEND)
found = {{}}
for name, where in places:
    answer = browser.get(where)
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        found.setdefault(name, []).append(where)
    answer.close()
print(json.dumps(found))
"""

WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(each => { const box = each.getBoundingClientRect(); return box.width && (box.right > innerWidth + 1 || box.left < -1)
      && !each.closest('.scroll, .rooms, .skip, .hidden') })
    .slice(0, 3).map(each => 'wider than the screen: ' + each.outerHTML.slice(0, 120)).concat(['the page scrolls sideways'])"""

FOCUSABLE = "a[href], button:not(:disabled), input:not([type=hidden], :disabled), select, textarea, summary, [tabindex='0']"

UNSEEN = f"""() => [...document.querySelectorAll("{FOCUSABLE}")].filter(each => {{
    if (!each.checkVisibility({{visibilityProperty: true}})) return false;
    each.focus();
    if (document.activeElement !== each) return true;
    const look = getComputedStyle(each);
    return (look.outlineStyle === 'none' || parseFloat(look.outlineWidth) < 2) && look.boxShadow === 'none';
  }}).map(each => 'focus is not seen: ' + each.outerHTML.slice(0, 120))"""

CUT = """() => [...document.querySelectorAll('main *, header *')].filter(each => {
    const look = getComputedStyle(each);
    return !each.closest('.hidden, svg, select, textarea, .scroll') && each.textContent.trim() && each.checkVisibility()
      && ['hidden', 'clip'].includes(look.overflowX) && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
  }).map(each => 'text is cut off: ' + each.outerHTML.slice(0, 120))"""

TIMES = """() => [...document.querySelectorAll('time[datetime*=":"]')].map(each => [each.dateTime, each.innerText])"""


@pytest.fixture(scope="module")
def pages(running: RunningDesk) -> dict[str, list[str]]:
    """The addresses of every page of the running desk, by name. A stream or a file is no page."""
    return json.loads(running.run(GATHER))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def reader(browser: Any, running: RunningDesk) -> Iterator[Watched]:
    """Somebody with a usual browser."""
    with signed_in(browser, running, locale="en-GB") as made:
        yield made


@pytest.fixture(scope="module")
def without_scripts(browser: Any, running: RunningDesk) -> Iterator[Watched]:
    """Somebody whose browser runs no scripts."""
    with signed_in(browser, running, locale="en-GB", scripts=False) as made:
        yield made


@pytest.fixture(scope="module")
def in_russian(browser: Any, running: RunningDesk) -> Iterator[Watched]:
    """Somebody on a phone that is set to Russian."""
    with signed_in(browser, running, locale="ru-RU", width=320) as made:
        yield made


NAMES = sorted([name for name, route in ROUTES.items() if "GET" in route.methods] + list(OTHERS))


@pytest.fixture(params=NAMES)
def each_page(request: pytest.FixtureRequest, pages: dict[str, list[str]]) -> list[str]:
    """The addresses of one page after the other."""
    if request.param not in pages:
        pytest.skip("is not a page that is shown to who is signed in")
    return pages[request.param]


def test_a_page_shuts_nobody_out(each_page: list[str], reader: Watched) -> None:
    """Each page in every look of `LOOKS`. A page that is shown for two cases is seen left to right with the one and
    right to left with the other, each in both widths and both colours."""
    wrong: list[str] = []
    for number, where in enumerate(each_page):
        page = reader.visit(where)
        for width, scheme, direction in LOOKS[number :: len(each_page)]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            found = reader.axe() + page.evaluate(WIDER)
            wrong += [f"{where} at {width} px, {scheme}, {direction}: {each}" for each in found]

    assert not wrong, "\n".join(wrong)


def test_a_page_has_one_heading_a_title_and_a_way_past_its_head(each_page: list[str], reader: Watched) -> None:
    for where in each_page:
        page = reader.visit(where)
        title = page.title()
        page.keyboard.press("Tab")
        # A page that is there to be typed into begins in its field: past the head already.
        skip = page.locator(".skip" if page.locator("main [autofocus]").count() else ":focus")
        skip.focus()

        assert page.locator("h1").count() == 1, where
        assert title and not title.startswith("Desk"), where
        assert page.locator("html").get_attribute("lang") == "en"
        assert skip.bounding_box()["x"] >= 0, where
        skip.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content", where


def test_focus_is_seen_wherever_it_goes(each_page: list[str], reader: Watched) -> None:
    for where in each_page:
        page = reader.visit(where)
        page.keyboard.press("Tab")

        assert page.evaluate(UNSEEN) == [], where


def test_text_may_be_twice_as_large(each_page: list[str], reader: Watched) -> None:
    for where in each_page:
        page = reader.visit(where)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")

        assert page.evaluate(WIDER) + page.evaluate(CUT) == [], where


def test_a_page_says_the_same_without_scripts(each_page: list[str], reader: Watched, without_scripts: Watched) -> None:
    for where in each_page:
        with_them, without = (figures(each.visit(where)) for each in (reader, without_scripts))

        assert without == with_them, where


def figures(page: Any) -> Counter[str]:
    """The numbers that are read on a page. Those of a secret that is made anew each time stand in `code`."""
    words = page.locator("main").inner_text()
    for secret in page.locator("main code").all_inner_texts():
        words = words.replace(secret, "")
    return Counter(re.findall(r"\d+", words))


def test_a_page_in_russian_fits_on_a_phone(each_page: list[str], in_russian: Watched) -> None:
    for where in each_page:
        page = in_russian.visit(where)

        assert page.locator("html").get_attribute("lang") == "ru"
        assert page.evaluate(WIDER) == [], where


def test_times_are_in_the_zone_of_the_case(each_page: list[str], reader: Watched) -> None:
    for where in each_page:
        if where.startswith("/strelsau/"):
            for moment, shown in reader.visit(where).evaluate(TIMES):
                clock = datetime.fromisoformat(moment).astimezone(ZoneInfo(ZONE)).strftime("%H:%M")

                assert clock in shown or not re.search(r"\d:\d\d|[ap]\.m\.", shown), f"{where}: {moment} is shown as {shown}"
