"""The form of a call in a real browser: by keyboard alone, without a connection, signed out in the middle, twice."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from .browser import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CALL = "/2017-10-07/call/"
VAN = "five people in a van to station 78"
NAMED = "Rudolf Elphberg, taken from the square 21:40, station 12"
# What the browser itself says when we take its connection or its session away.
CUT_OFF = r"Failed to load resource: (net::|the server responded with a status of (401|403|409))"


def typed(watched: Watched, text: str, call: str = CALL) -> Any:
    page = watched.visit(call)
    # The field takes the focus with the first frame that is drawn, which may be after the page is loaded.
    page.locator("#text:focus").wait_for()
    page.keyboard.type(text)
    return page


def waits_for(page: Any, of: str, words: str) -> str:
    """What a part of the page says, once these words are in it."""
    found = page.locator(of).filter(has_text=re.compile(words))
    found.wait_for(timeout=20_000)
    return str(found.inner_text())


def stored(page: Any) -> str:
    """Everything that lies in this browser for the desk."""
    return str(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"))


def reports(watched: Watched) -> int:
    code = "from atleast.web.shelf.models import Source; print(Source.objects.filter(kind='call').count())"
    return int(watched.desk.run(code))


def test_a_call_is_taken_down_by_keyboard_alone(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in()
    page = typed(watched, f"{VAN}\n{NAMED}\n")
    waits_for(page, "#understood", "Rudolf")

    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    waits_for(page, "#understood", "corrected")
    page.keyboard.press("j")
    page.keyboard.press("a")
    waits_for(page, "#understood", "confirmed")
    assert not watched.axe()
    page.keyboard.press("Escape")
    page.keyboard.type("12 held at station 9")
    page.keyboard.press("Control+Enter")

    waits_for(page, "main", "Sent at")
    assert "12 held at station 9" in page.inner_text("main")
    assert [each.inner_text() for each in page.locator(".proposal strong").all()] == ["6", "Rudolf Elphberg", "12"]
    assert not watched.axe()


def test_what_is_typed_without_a_connection_waits_unreadable_and_is_sent(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in(allowed=CUT_OFF)
    page = typed(watched, VAN)
    waits_for(page, "#saved", r"Saved \d\d:\d\d:\d\d")
    assert stored(page).startswith("[{},")

    page.context.set_offline(True)
    page.keyboard.type(f"\n{NAMED}")
    assert waits_for(page, "#state", "Lines that wait: 2")
    page.keyboard.press("Control+Enter")
    waits_for(page, "#state", "will be sent as soon as")
    lies = stored(page)
    key, before = page.get_attribute("#call", "data-key"), reports(watched)
    page.context.set_offline(False)
    waits_for(page, "main", "Sent at")

    assert "atleast.call." in lies
    assert not re.search("Rudolf|station|square", lies)
    assert key not in lies
    assert NAMED in page.inner_text("main")
    assert reports(watched) == before + 1
    assert stored(page).startswith("[{},")


def test_what_a_closed_window_left_behind_is_saved_by_the_next_one(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in(allowed=CUT_OFF)
    page = watched.visit(CALL)
    page.context.set_offline(True)
    page.keyboard.type(NAMED)  # the desk has never heard of this call
    waits_for(page, "#state", "Lines that wait: 1")
    page.context.new_page()
    page.close()

    page.context.set_offline(False)
    page = watched.page = page.context.pages[-1]
    page.goto(watched.desk.address + CALL)

    from playwright.sync_api import expect

    expect(page.locator("#text")).to_have_value(NAMED, timeout=20_000)
    assert stored(page).startswith("[{},")


def test_who_is_signed_out_in_the_middle_is_back_in_the_call(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in(allowed=CUT_OFF)
    page = typed(watched, VAN)
    waits_for(page, "#saved", r"Saved \d")
    page.context.clear_cookies(name="atleast")
    page.focus("#text")
    page.keyboard.type(f"\n{NAMED}")
    waits_for(page, "#state", "You are signed out")
    assert "Rudolf" not in stored(page)

    again = page.context.new_page()  # signs in in another window: the form of the first is stale by that
    again.goto(watched.desk.link())
    again.locator("main form button").click()

    waits_for(page, "#saved", r"Saved \d")
    page.reload()
    assert page.input_value("#text") == f"{VAN}\n{NAMED}"


def test_two_windows_keep_both_and_say_so(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in()
    page = typed(watched, VAN)
    waits_for(page, "#saved", r"Saved \d")
    other = page.context.new_page()
    other.goto(page.url)
    other.focus("#text")
    other.keyboard.press("Control+End")
    other.keyboard.type("\n12 held at station 9")
    waits_for(other, "#saved", r"Saved \d")
    waits_for(other, "#understood", "12")

    page.focus("#text")
    page.keyboard.type(f"\n{NAMED}")

    waits_for(page, "#state", "in another window, too. Both are kept")
    assert page.url != other.url
    page.reload()
    other.reload()
    assert page.input_value("#text") == f"{VAN}\n{NAMED}"
    assert other.input_value("#text") == f"{VAN}\n12 held at station 9"
    assert "two windows" in page.inner_text("main") and "two windows" in other.inner_text("main")


def test_an_impatient_volunteer_makes_one_report(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in()
    before = reports(watched)
    page = typed(watched, VAN)

    for _ in range(4):
        page.keyboard.press("Control+Enter")

    waits_for(page, "main", "Sent at")
    assert reports(watched) == before + 1


def slowed(page: Any) -> None:
    """From now on the desk's answers to what is kept come half a second late."""

    def late(route: Any) -> None:
        answer = route.fetch()
        page.wait_for_timeout(500)
        route.fulfill(response=answer)

    page.route("**/call/save/", late)


def test_a_call_that_is_sent_while_it_is_being_saved_is_sent(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in()
    before, page = reports(watched), watched.visit(CALL)
    slowed(page)
    page.keyboard.type(VAN)
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    page.keyboard.press("Control+Enter")

    waits_for(page, "main", "Sent at")
    assert reports(watched) == before + 1


def test_what_is_typed_while_a_call_is_being_sent_adds_to_it(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in()
    page = typed(watched, VAN)
    waits_for(page, "#saved", r"Saved \d")
    slowed(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    page.keyboard.type(f"\n{NAMED}")

    waits_for(page, "main", "The call before")
    assert page.input_value("#text") == f"{VAN}\n{NAMED}"
    assert stored(page).startswith("[{},")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_of_a_call_shuts_nobody_out(sign_in: Callable[..., Watched], width: int, scheme: str) -> None:
    watched = sign_in(width=width, color_scheme=scheme)
    page = typed(watched, f"{VAN}\n{NAMED}\nthey were singing\n")
    waits_for(page, "#understood", "singing")
    page.locator(".proposal summary").first.click()
    page.locator(".shortcuts summary").click()

    assert not watched.axe()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_call_is_taken_down_without_scripts(sign_in: Callable[..., Watched]) -> None:
    watched = sign_in(scripts=False, width=320)
    page = watched.visit(CALL)
    page.fill("#text", f"{VAN}\n{NAMED}")
    page.click("text=Save and read")
    page.locator(".proposal", has_text=VAN).get_by_role("button", name="Confirm").click()
    page.locator(".proposal", has_text="Rudolf").locator("summary").click()
    page.locator(".proposal", has_text="Rudolf").get_by_label("Station").fill("station 7")
    page.locator(".proposal", has_text="Rudolf").get_by_role("button", name="Keep the correction").click()
    assert [each.inner_text() for each in page.locator(".said").all()] == ["confirmed", "corrected"]

    page.get_by_role("button", name="Send").click()

    assert "Sent at" in page.inner_text("main")
    assert "station 7" in page.inner_text(".proposals")
