"""What is installed elsewhere holds all that is here, and runs there: templates, style sheets, translations, word lists."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from .browser import ROOT, SAMPLE, begin, signed_in

SOURCE = ROOT / "src" / "atleast"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the repository into which the wheel was unpacked, as pip does it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True, stdin=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "installed")
    return folder / "installed"


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def test_every_file_of_the_source_is_installed(installed: Path) -> None:
    assert files(installed / "atleast") == files(SOURCE)


@pytest.mark.browser
def test_the_desk_runs_from_what_is_installed(installed: Path, tmp_path: Path, browser: Any) -> None:
    desk = begin(tmp_path, "--with", str(SAMPLE), PYTHONPATH=str(installed))
    try:
        assert desk.run("import atleast; print(atleast.__file__)").strip() == str(installed / "atleast" / "__init__.py")
        with signed_in(browser, desk, locale="ru") as watched:
            page = watched.visit("/2017-10-07/")
            page.wait_for_selector(".lead [data-side=independent]")

            assert page.locator("html").get_attribute("lang") == "ru"
            assert "serif" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    finally:
        desk.stop()
