"""A claim that is saved on one screen moves the number on the others, within two seconds."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from .browser import SAMPLE, Watched, begin, share, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BEGIN = """
import time
from dataclasses import replace
from atleast.model import Decision
from atleast.web.house.models import Case
from atleast.web.ledger.names import new
from atleast.web.ledger.writing import append
from atleast.web.shelf import pieces
case = Case.objects.get()
told = [r for r in pieces.records(case, quantity="detained") if r.record == "claim" and r.bound == "exact" and not r.among]
largest = max(told, key=lambda claim: claim.low or 0)
more = {"low": largest.low + 79, "high": largest.high + 79}
def decided(what, with_=None):
    return Decision(new("decision"), (largest.id,), "owner", "2031-05-03T22:00+02:00", what, with_)
"""
SAVE = BEGIN + "append(case, [replace(largest, id=new('claim'), **more)], by='owner'); print(time.time() * 1000)"
REJECT = BEGIN + "append(case, [decided('reject')], by='owner'); print(time.time() * 1000)"
EDIT = BEGIN + "append(case, [decided('edit', more)], by='owner'); print(time.time() * 1000)"
"""Somebody saves a claim larger than all others; rejects the largest; corrects the largest. Prints when it is done."""

WARM = """
import time
from atleast.web.house.models import Job
while Job.objects.filter(state__in=("waiting", "running")).exists():
    time.sleep(0.1)
"""
"""The worker has begun, and keeps the case in its memory."""

WATCH = """
() => {
  const said = () => document.querySelector(".lead [data-side=independent]").textContent;
  let last = said();
  new MutationObserver(() => {
    if (said() === last) return;
    last = said();
    window.movedAt = Date.now();
  }).observe(document.body, {childList: true, subtree: true});
}
"""


def moved(screen: Watched) -> float:
    """When the number on a screen became another one."""
    for _ in range(400):
        if at := screen.page.evaluate("window.movedAt"):
            return float(at)
        screen.page.wait_for_timeout(25)
    raise AssertionError("the number has not moved")


def test_a_claim_that_is_saved_moves_the_number_on_two_other_screens_within_two_seconds(
    tmp_path: Path, browser: Any, record_property: Callable[[str, object], None]
) -> None:
    desk = begin(tmp_path, "--with", str(SAMPLE))
    try:
        with signed_in(browser, desk) as one, signed_in(browser, desk, width=320, locale="ru") as other:
            for screen in (one, other):
                screen.visit("/2017-10-07/")
                screen.page.wait_for_selector(".lead [data-side=independent]")
            waits = []
            for change in (SAVE, REJECT, EDIT):
                for screen in (one, other):
                    screen.page.evaluate("window.movedAt = 0")
                    screen.page.evaluate(WATCH)
                free = share()
                saved = float(desk.run(change))
                waits += [(moved(screen) - saved) * free for screen in (one, other)]
            record_property("milliseconds", [round(each) for each in waits])
            print("milliseconds from saved to shown:", [round(each) for each in waits])
            # Of six: what else a machine does may begin in the middle.
            assert median(waits) < 2000
    finally:
        desk.stop()


def test_while_a_case_is_reckoned_the_board_says_so(tmp_path: Path, browser: Any) -> None:
    desk = begin(tmp_path, "--with", str(SAMPLE), "--no-workers")
    try:
        with signed_in(browser, desk, scripts=False) as screen:
            screen.visit("/2017-10-07/")
            assert not screen.page.locator("p.lag:not(.faint)").count()
            desk.run(SAVE)
            screen.visit("/2017-10-07/")
            assert "reckoning" in screen.page.locator("p.lag").inner_text()
    finally:
        desk.stop()
