"""Each setting of the desk is documented, and none that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_READ = re.compile(r'(?:environ|envvar|_switched|_listed|_[A-Z]+ = )[^"]*"(ATLEAST_[A-Z_]+|DATABASE_URL)"')
# Of the command line (docs/reference/cli.md), and what a desk hands to its own workers.
_ELSEWHERE = {"ATLEAST_ENDPOINT", "ATLEAST_MODEL", "ATLEAST_KEY", "ATLEAST_KEY_FD"}


def test_the_settings_that_are_read_are_those_that_are_documented() -> None:
    code = [path.read_text("utf-8") for room in ("web", "cli") for path in (ROOT / "src" / "atleast" / room).rglob("*.py")]
    read = {name for text in code for name in _READ.findall(text)}
    page = (ROOT / "docs" / "reference" / "desk-settings.md").read_text("utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))

    assert read - _ELSEWHERE == told
