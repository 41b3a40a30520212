"""Files dropped on the page in a real browser, and their import watched to its end."""

from collections.abc import Callable
from typing import Any

import pytest

from .test_intake import NIGHT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DROP = """
(text) => {
  const given = new DataTransfer();
  given.items.add(new File([text], "night.txt", { type: "text/plain" }));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: given, bubbles: true, cancelable: true }));
  }
}
"""


def test_a_file_that_is_dropped_is_watched_to_its_end(sign_in: Callable[..., Any]) -> None:
    made = sign_in()
    page = made.visit("/2017-10-07/intake/")
    page.evaluate(DROP, NIGHT)
    assert "night.txt" in page.locator("#chosen").inner_text()
    page.locator("#take-in button").click()

    page.locator(".state-done").wait_for(timeout=60_000)
    assert "night" in page.locator(".reports").inner_text() or page.locator(".came").is_visible()
    assert made.axe() == []


def test_without_scripts_a_file_is_chosen_and_its_import_shown_by_looking_again(sign_in: Callable[..., Any]) -> None:
    made = sign_in(scripts=False, width=320)
    page = made.visit("/2017-10-07/intake/")
    page.locator("#files").set_input_files({"name": "late.txt", "mimeType": "text/plain", "buffer": NIGHT.replace("40", "41").encode()})
    page.locator("#take-in button").click()

    for _ in range(60):
        if page.locator(".state-done").count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    assert page.locator(".state-done").is_visible()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_of_the_pages_of_intake(sign_in: Callable[..., Any], width: int, scheme: str) -> None:
    made = sign_in(width=width, color_scheme=scheme)
    page = made.visit("/2017-10-07/intake/")
    page.locator("#files").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": b"Name;City;Day\nRudolf;Zenda;someday\nFlavia;Strelsau;\n"})
    page.locator("#take-in button").click()
    found = {"sheet": made.axe()}
    for path in ("intake", "jobs", "export"):
        made.visit(f"/2017-10-07/{path}/")
        found[path] = made.axe()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

    assert not [each for some in found.values() for each in some]
