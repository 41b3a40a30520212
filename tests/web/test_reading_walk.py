"""The reading view in a real browser: by keys alone, by selecting words, and on two screens at once."""

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
        assert f"start={TEXT.index('taken') + 2}&" in page.locator(".beside form").get_attribute("action")
        page.fill("#low", "1")
        page.fill("#high", "1")
        page.get_by_role("button", name="Add it").click()
        expect(page.locator(".proposal")).to_have_count(3)
        expect(state(page, 2)).to_be_focused()
        assert page.url.endswith(REPORT)


def test_a_reading_is_corrected_and_split_beside_the_text(desk: RunningDesk, browser: Any) -> None:
    from playwright.sync_api import expect

    with signed_in(browser, desk, width=320, allowed="status of 422") as watched:
        page = watched.visit(REPORT)
        page.keyboard.press("j")
        page.keyboard.press("e")
        expect(page.locator("#quote")).to_be_focused()
        page.fill("#low", "many")
        page.get_by_role("button", name="Keep the correction").click()
        expect(page.locator("#low")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#low")).to_be_focused()
        assert not watched.axe()
        page.fill("#low", "39")
        page.locator("#p-m1").get_by_role("button", name="Accept").click()
        expect(state(page, 1)).to_have_attribute("data-state", "accepted")
        expect(page.locator("#low")).to_have_value("39")
        page.get_by_role("button", name="Keep the correction").click()
        expect(state(page, 0)).to_have_attribute("data-state", "edited")
        expect(page.locator("#messages")).to_contain_text("corrected")
        expect(page.locator(".beside")).to_have_count(0)

        page.locator("#p-c1").focus()
        page.keyboard.press("s")
        page.get_by_role("link", name="One more").click()
        expect(page.locator(".beside fieldset.part")).to_have_count(3)
        page.get_by_role("link", name="Leave it").click()
        expect(page.locator(".beside")).to_have_count(0)
        expect(state(page, 0)).to_have_attribute("data-state", "edited")
        assert page.url.endswith(REPORT)


def test_what_is_typed_beside_the_text_outlives_what_another_decides(desk: RunningDesk, browser: Any) -> None:
    from playwright.sync_api import expect

    with signed_in(browser, desk) as one, signed_in(browser, desk, scripts=False) as other:
        page = one.visit(REPORT)
        page.locator("#edit-c1").click()
        page.fill("#low", "41")
        page.locator("h1").click()
        elsewhere = other.visit(REPORT)
        elsewhere.locator("#p-m1").get_by_role("button", name="Accept", exact=True).click()
        expect(elsewhere.locator("#messages")).to_contain_text("accepted")
        page.wait_for_timeout(700)
        expect(page.locator("#low")).to_have_value("41")
        page.get_by_role("link", name="Leave it").click()
        expect(state(page, 1)).to_have_attribute("data-state", "accepted")


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
