"""The reading view in a real browser: by keys alone, by selecting words, and on two screens at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .browser import RunningDesk, begin, signed_in
from .invented import TEXT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MADE = """
from tests.web.invented import REPORT, claim, mention
from dataclasses import replace
from atleast.web.house.models import Case
from atleast.web.ledger.writing import append
case = Case.objects.create(slug="strelsau", title="Strelsau, 3 May", zone="Europe/Prague")
report = replace(REPORT, text="😀 " + REPORT.text)
moved = [replace(each, start=each.start + 2, end=each.end + 2) for each in (claim(), mention())]
append(case, [report, *moved], by="flavia")
"""
REPORT = "/strelsau/reports/r1/"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk of its own, with one report in a case."""
    made = begin(tmp_path, PYTHONPATH=f"{Path(__file__).parents[2]}:{Path(__file__).parents[2] / 'src'}")
    made.run(MADE)
    yield made
    made.stop()


def state(page: Any, number: int) -> Any:
    return page.locator(".proposal").nth(number)


def test_a_report_is_gone_through_by_keys_alone(desk: RunningDesk, browser: Any) -> None:
    from playwright.sync_api import expect

    with signed_in(browser, desk) as watched:
        page = watched.visit(REPORT)
        page.keyboard.press("j")
        expect(state(page, 0)).to_be_focused()
        page.keyboard.press("a")
        expect(state(page, 0)).to_have_attribute("data-state", "accepted")
        expect(page.locator("#messages")).to_contain_text("accepted")
        expect(state(page, 1)).to_be_focused()
        page.keyboard.press("r")
        page.keyboard.type("a jk name")
        page.keyboard.press("Enter")
        expect(state(page, 1)).to_have_attribute("data-state", "rejected")
        expect(state(page, 0)).to_have_attribute("data-state", "accepted")
        page.keyboard.press("u")
        expect(state(page, 1)).to_have_attribute("data-state", "proposed")
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.keyboard.press("Space")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        page.wait_for_timeout(300)
        expect(state(page, 1)).to_have_attribute("data-state", "proposed")


def test_words_that_are_selected_are_added_where_they_stand(desk: RunningDesk, browser: Any) -> None:
    from playwright.sync_api import expect

    with signed_in(browser, desk) as watched:
        page = watched.visit(REPORT)
        page.evaluate(
            """() => {
              const runs = [...document.querySelectorAll("#text [data-start]")], last = runs.at(-1);
              const walker = document.createTreeWalker(last, NodeFilter.SHOW_TEXT), node = walker.nextNode();
              const at = node.data.indexOf("taken to station 7");
              document.getSelection().setBaseAndExtent(node, at, node, at + "taken to station 7".length);
            }"""
        )
        page.keyboard.press("a")
        expect(page.locator("#quote")).to_have_value("taken to station 7")
        assert f"start={TEXT.index('taken') + 2}&" in page.url
        page.fill("#low", "1")
        page.fill("#high", "1")
        page.get_by_role("button", name="Add it").click()
        expect(page).to_have_url(re.compile(r"/reports/r1/#p-c"))
        expect(page.locator(".proposal")).to_have_count(3)


def test_what_one_decides_the_other_sees_at_once(desk: RunningDesk, browser: Any) -> None:
    from playwright.sync_api import expect

    with signed_in(browser, desk) as one, signed_in(browser, desk, scripts=False) as other:
        page = one.visit(REPORT)
        page.keyboard.press("j")
        elsewhere = other.visit(REPORT)
        elsewhere.locator(".proposal").first.get_by_role("button", name="Accept", exact=True).click()
        expect(elsewhere.locator("#messages")).to_contain_text("accepted")
        expect(state(page, 0)).to_have_attribute("data-state", "accepted", timeout=3_000)
        expect(page.locator("[data-told]")).to_contain_text("Look again")
