"""Files dropped on the page in a real browser, and their import watched to its end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .test_intake import NIGHT, zipped

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEAP = 150
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


def drop(page: Any, *paths: Path) -> None:
    """Drop files and folders of this machine on the page, as the browser itself does when a hand lets go of them."""
    browser = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, "x": 200, "y": 300, "data": data})


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """A folder with folders in it, more files than a browser lists at a time, and hidden ones."""
    for n in range(120):
        path = tmp_path / "heap" / "calls" / f"night {n // 60}" / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NIGHT.replace("40", str(200 + n)))
    for name in (".git/config.txt", "__MACOSX/a.txt", ".hidden.txt", "calls/.DS_Store"):
        path = tmp_path / "heap" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("hidden")
    (tmp_path / "late.txt").write_text(NIGHT.replace("40", "199"))
    return tmp_path


def test_a_folder_that_is_dropped_comes_in_however_deep_its_files_lie(sign_in: Callable[..., Any], heap: Path) -> None:
    page = sign_in().visit("/2017-10-07/intake/")
    drop(page, heap / "heap", heap / "late.txt")
    page.locator("#chosen li", has_text="… 121").wait_for()
    page.locator("#take-in button").click()

    page.locator(".state-done").wait_for(timeout=60_000)
    assert page.locator(".came tbody tr").first.locator("td").first.inner_text() == "121"


def test_a_folder_is_chosen_without_dragging_and_without_what_is_hidden_in_it(sign_in: Callable[..., Any], heap: Path) -> None:
    page = sign_in(width=320).visit("/2017-10-07/intake/")
    page.locator("#folder").set_input_files(heap / "heap")

    page.locator("#chosen li", has_text="… 120").wait_for()
    assert "heap/calls/night" in page.locator("#chosen").inner_text()
    assert "hidden" not in page.locator("#chosen").inner_text()


def test_more_than_may_be_sent_is_told_before_it_is_sent(sign_in: Callable[..., Any], tmp_path: Path) -> None:
    page = sign_in().visit("/2017-10-07/intake/")
    page.evaluate("document.getElementById('take-in').dataset.mostBytes = 100")
    (tmp_path / "long.txt").write_text("a" * 1_000)
    drop(page, tmp_path / "long.txt")
    page.locator("#chosen .too-much").wait_for()
    page.locator("#take-in button").click()

    assert page.url.endswith("/intake/") and not page.evaluate("document.getElementById('files').checkValidity()")
    assert "Hand it over in parts" in page.locator("#chosen").inner_text()


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


def test_an_import_that_was_stopped_goes_on_where_it_was_and_nothing_comes_twice(sign_in: Callable[..., Any]) -> None:
    made = sign_in(width=320)
    page = made.visit("/2017-10-07/intake/")
    heap = zipped(**{f"{n}__txt": NIGHT.replace("40", str(2_000 + n)) for n in range(HEAP)})
    page.locator("#files").set_input_files({"name": "heap.zip", "mimeType": "application/zip", "buffer": heap})
    page.locator("#take-in button").click()
    page.locator(".came", has_text="Reports").wait_for()
    page.get_by_role("button", name="Cancel").click()

    page.locator(".state-cancelled").wait_for(timeout=20_000)
    before = came(page)
    assert made.axe() == []
    page.get_by_role("button", name="Go on").click()
    page.locator(".state-done").wait_for(timeout=60_000)
    after = came(page)

    assert sum(before.values()) < 3 * HEAP
    assert after == {"Reports": HEAP, "Claims": 2 * HEAP}


def came(page: Any) -> dict[str, int]:
    """How many records of each kind came in, found by reading or not."""
    rows = (row.locator("th, td").all_inner_texts() for row in page.locator(".came tbody tr").all())
    return {kind: int(new) + int(read) for kind, new, _, read in rows}


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
