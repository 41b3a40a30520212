"""A night at the desk without a mouse: only keys are pressed, from signing in to signing out."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from .browser import RunningDesk, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WALKER = """
from atleast.web.entering import sign_in_link
from atleast.web.house.models import Account
walker, _ = Account.objects.get_or_create(username="walker", is_superuser=True)
print(sign_in_link(walker))
"""


def tab_to(page: Any, words: str, within: str = "body") -> None:
    """Press Tab until a control with these words has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(
            """([words, within]) => { const at = document.activeElement;
            return !!at.closest(within) && (at.getAttribute('aria-label') || at.innerText || at.labels?.[0]?.innerText || '').trim().startsWith(words) }""",
            [words, within],
        ):
            return
    raise AssertionError(f"Tab never comes to {words!r} on {page.url}: {page.locator(within).inner_text()[:300]}")


def enter(page: Any) -> None:
    """Press Enter and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_night_without_a_mouse(browser: Any, running: RunningDesk) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(running.address + running.run(WALKER).strip())

    tab_to(page, "Sign in", "main")
    enter(page)
    tab_to(page, "7 October 2017", "main")
    enter(page)
    assert page.locator("h1").inner_text().startswith("7 October 2017")

    take_a_call(page)
    take_in(page)
    take_in_a_list(page)
    read_a_report(page)
    find_a_call(page)
    look_at_a_person(page)

    tab_to(page, "Sign out")
    enter(page)
    if page.url.endswith("/logout/"):
        tab_to(page, "Sign out", "main")
        enter(page)
    page.goto(running.address + "/2017-10-07/")
    assert "/login/" in page.url
    context.close()


def take_a_call(page: Any) -> None:
    tab_to(page, "Take a call", ".rooms")
    enter(page)
    page.locator("#text:focus").wait_for()
    page.keyboard.type("five people in a van to station 78")
    page.keyboard.press("Enter")
    page.locator("#understood .proposal").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.locator("#understood .proposal[data-state=accept]").wait_for()
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    assert "five people in a van" in page.locator("main").inner_text()


def take_in(page: Any) -> None:
    tab_to(page, "Take in", ".rooms")
    enter(page)
    tab_to(page, "Paste text", "main")
    page.keyboard.type("STRELSAU, October 7, 2017. Police detained 77 people in Strelsau, the Gazette wrote.")
    tab_to(page, "Where documents", "main")
    page.keyboard.press("Enter")
    tab_to(page, "Publisher", "main")
    page.keyboard.type("The Hentzau Gazette")
    tab_to(page, "Take in", "main")
    enter(page)
    page.locator(".state-done").wait_for(timeout=60_000)

    tab_to(page, "Undo this import", "main")
    page.keyboard.press("Enter")
    tab_to(page, "Reject all that came in", "main")
    enter(page)
    page.locator(".state-done").wait_for(timeout=60_000)
    assert "rejected" in page.locator("main").inner_text()


def take_in_a_list(page: Any) -> None:
    # Whoever listens for a chooser listens a moment later than he says so.
    page.on("filechooser", lambda chooser: None)
    tab_to(page, "Take in", ".rooms")
    enter(page)
    tab_to(page, "Files", "main")
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Space")
    asked.value.set_files({"name": "list.csv", "mimeType": "text/csv", "buffer": b"Name;City;Wer\nRudolf Elphberg;Strelsau;x\nFlavia;Zenda;y\n"})
    tab_to(page, "Take in", "main")
    enter(page)
    tab_to(page, "", "main select[name=column-2]")
    page.keyboard.type("a remark")
    assert page.evaluate("document.activeElement.value") == "note"
    tab_to(page, "Import the rows", "main")
    enter(page)
    page.locator(".state-done").wait_for(timeout=60_000)
    assert page.locator(".came tbody tr").last.locator("td").first.inner_text() == "2"


def read_a_report(page: Any) -> None:
    tab_to(page, "Reports", ".rooms")
    enter(page)
    tab_to(page, "", "main table a, main li a")
    enter(page)
    page.keyboard.press("j")
    first = page.locator(".proposal:focus")
    about = f"#{first.get_attribute('id')}"

    page.keyboard.press("a")
    page.locator(f"{about}[data-state=accepted]").wait_for()
    page.keyboard.press("k")
    page.locator(f"{about}:focus").wait_for()
    page.keyboard.press("u")
    # What was found right during the call was so before `a` was pressed.
    page.locator(f"{about}:not([data-state=accepted])").wait_for()

    # Who reads looks where he is before he goes on.
    page.locator(f"{about}:focus").wait_for()
    page.keyboard.press("r")
    page.keyboard.type("that is a number of rallies")
    page.keyboard.press("Enter")
    page.locator(f"{about}[data-state=rejected]").wait_for()

    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()


def find_a_call(page: Any) -> None:
    tab_to(page, "Search", ".rooms")
    enter(page)
    page.locator("#query:focus").wait_for()
    page.keyboard.type("five people van")
    page.locator("#found-reports").wait_for()
    tab_to(page, "", "#found li a")
    enter(page)

    assert "five people in a van" in page.locator("main").inner_text()


def look_at_a_person(page: Any) -> None:
    tab_to(page, "People", ".rooms")
    enter(page)
    tab_to(page, "", "#state")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Show", "main")
    enter(page)
    tab_to(page, "", "#people li a")
    enter(page)
    tab_to(page, "", ".timeline a")
    enter(page)

    assert "/reports/" in page.url


def test_the_keyboard_goes_through_a_page_in_the_order_in_which_it_is_read(sign_in: Callable[..., Watched]) -> None:
    page = sign_in(width=320).visit("/2017-10-07/")
    tops, names = [], []
    for _ in range(14):
        page.keyboard.press("Tab")
        name, top = page.evaluate("(() => { const at = document.activeElement; return [at.outerHTML.slice(0, 80), at.getBoundingClientRect().top + scrollY] })()")
        names.append(name)
        tops.append(top)

    # Controls of one line may stand a few pixels higher or lower than each other.
    assert all(later > earlier - 16 for earlier, later in pairwise(tops[1:])), names
