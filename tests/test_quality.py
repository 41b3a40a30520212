"""The page on how well it reads says what a new measurement gives."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT.parent / "shared" / "cases" / "2017-10-07"


@pytest.mark.skipif(not CASE.is_dir(), reason="the annotated case is not beside the repository")
def test_the_page_and_the_shares_are_as_measured() -> None:
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "build_quality.py", "--check"], capture_output=True, text=True, check=False
    )

    assert made.returncode == 0, made.stderr
