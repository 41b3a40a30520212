"""A whole night at the hotline in a real browser, by keys alone: whatever breaks, nothing that was typed is lost."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .browser import ROOT, RunningDesk, begin

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CALL = "/strelsau/call/"
MAKE = """
from atleast.web.house.models import Case
Case.objects.create(slug="strelsau", title="Strelsau, 3 May", zone="Europe/Prague")
"""
SENT = """
import json
from atleast.model import Report
from atleast.web.house.models import Case
from atleast.web.ledger.reading import records
from atleast.web.hotline.models import Draft
case = Case.objects.get()
print(json.dumps([sorted(r.text for _, r in records(case) if isinstance(r, Report)), Draft.objects.filter(sent_at=None).count()]))
"""
SIGN_OUT = "from atleast.web.accounts.models import Sitting\nSitting.objects.all().delete()"


def lines(call: int, count: int = 3) -> list[str]:
    """What is told in one call of the night."""
    told = (f"{call + 4} people in a van to station {call}", f"Rudolf Elphberg, taken from the square 21:{call:02}, station 12", f"they were singing, call {call}", f"{call + 20} held at station 9")
    return list(told[:count])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    made = begin(tmp_path)
    made.run(MAKE)
    yield made
    made.stop()


def start_again(desk: RunningDesk) -> None:
    """The same desk once more, where it was."""
    port = desk.address.rpartition(":")[2]
    with desk.log.open("ab") as out:
        command = [sys.executable, "-m", "atleast", "desk", "--port", port]
        desk.process = subprocess.Popen(command, env=desk.environment, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT)
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", int(port)), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(desk.log.read_text())


class Volunteer:
    """Somebody with a keyboard and a browser."""

    def __init__(self, browser: Any, desk: RunningDesk) -> None:
        self.browser, self.desk = browser, desk
        self.open(None)
        self.sign_in()

    def open(self, state: Any) -> None:
        self.context = self.browser.new_context(storage_state=state)
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()

    def sign_in(self) -> None:
        self.page.goto(self.desk.link())
        self.page.locator("main form button").focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def call(self) -> None:
        self.page.goto(self.desk.address + CALL)
        self.page.locator("#text:focus").wait_for()

    def type(self, *told: str, page: Any = None) -> None:
        for line in told:
            (page or self.page).keyboard.type(line)
            (page or self.page).keyboard.press("Enter")

    def saved(self, page: Any = None) -> None:
        """Wait until the desk has it all."""
        (page or self.page).locator("#saved", has_text=re.compile(r"Saved \d")).wait_for()

    def told(self, words: str, page: Any = None) -> None:
        (page or self.page).locator("#state", has_text=re.compile(words)).wait_for()

    def send(self, page: Any = None) -> None:
        (page or self.page).keyboard.press("Control+Enter")
        self.sent(page)

    def sent(self, page: Any = None) -> None:
        (page or self.page).locator("main", has_text="Sent at").wait_for()

    def next(self) -> None:
        """On to the next call, by keys."""
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.innerText") == "Take the next call":
                break
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.locator("#text:focus").wait_for()


def test_nothing_that_was_typed_in_a_night_is_lost(browser: Any, desk: RunningDesk) -> None:
    from playwright.sync_api import expect

    who = Volunteer(browser, desk)
    who.call()
    for call in (1, 2):
        who.type(*lines(call))
        who.send()
        who.next()

    # The connection is lost in the middle, and the call is sent without it.
    who.type(*lines(3)[:1])
    who.saved()
    who.context.set_offline(True)
    who.type(*lines(3)[1:])
    who.told("Lines that wait: 3")
    who.page.keyboard.press("Control+Enter")
    who.told("will be sent as soon as")
    who.context.set_offline(False)
    who.sent()
    who.next()

    # The session ends in the middle; who signs in again goes on in the call.
    who.type(*lines(4)[:1])
    who.saved()
    desk.run(SIGN_OUT)
    who.type(*lines(4)[1:])
    who.told("You are signed out")
    back = who.page.url
    who.sign_in()
    who.page.goto(back)
    assert who.page.input_value("#text").split("\n")[:3] == lines(4)
    who.page.locator("#text").focus()
    who.send()
    who.next()

    # The browser is closed while the desk cannot be reached, and opened again.
    who.context.set_offline(True)
    who.type(*lines(5))
    who.told("Lines that wait: 3")
    state = who.context.storage_state()
    who.context.close()
    who.open(state)
    who.page.goto(desk.address + CALL)
    expect(who.page.locator("#text")).to_have_value(re.compile("call 5"), timeout=20_000)
    who.page.locator("#text").focus()
    who.send()
    who.next()

    # Two calls at once, in two windows.
    other = who.context.new_page()
    other.goto(desk.address + CALL)
    other.locator("#text:focus").wait_for()
    for one, two in zip(lines(6), lines(7), strict=True):
        who.type(one)
        who.type(two, page=other)
    who.send(other)
    who.send()
    other.close()
    who.next()

    # The desk is started again in the middle.
    who.type(*lines(8)[:1])
    who.saved()
    desk.stop()
    who.type(*lines(8)[1:])
    who.told("Lines that wait: 3")
    start_again(desk)
    who.saved()
    who.send()
    who.next()

    # Sent while the desk is being started again; and the last one thrice.
    desk.stop()
    who.type(*lines(9))
    who.page.keyboard.press("Control+Enter")
    who.told("will be sent as soon as")
    start_again(desk)
    who.sent()
    who.next()
    who.type(*lines(10))
    for _ in range(3):
        who.page.keyboard.press("Control+Enter")
    who.sent()

    texts, left = json.loads(desk.run(SENT))
    assert sorted(text.strip() for text in texts) == sorted("\n".join(lines(call)) for call in range(1, 11))
    assert left == 0
    who.context.close()
