"""Fill in the outputs that README.md and docs/ show, by running the commands they name.

A page marks such a block with a comment above it, and may show a part of the output only:

    <!-- shown: atleast reckon cases/2017-10-07 -->
    <!-- shown: atleast reckon cases/2017-10-07 | 12 lines -->
    <!-- shown: atleast reckon cases/2017-10-07 | 12 lines from "What cannot all be true" -->

    python tools/shown_output.py               write the true output into every block
    python tools/shown_output.py --check       exit 1 when a block shows something else
"""

import argparse
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

# Pages are read in English, and in windows of any width.
TERMINAL = {"LC_ALL": "C.UTF-8", "LANGUAGE": "", "LANG": "C.UTF-8", "COLUMNS": "80"}

_BLOCK = re.compile(
    r"<!-- shown: (?P<command>atleast [^|\n]+?)"
    r'(?: \| (?P<count>\d+) lines(?: from "(?P<anchor>[^"\n]+)")?)? -->\n'
    r"```text\n(?P<text>.*?)```\n",
    re.DOTALL,
)


def pages() -> Iterator[Path]:
    """Every page that may show output."""
    yield ROOT / "README.md"
    yield from sorted((ROOT / "docs").rglob("*.md"))


def refreshed(page: str, run: Callable[[str], str]) -> str:
    """The page with the true output in every marked block."""

    def fill(block: re.Match[str]) -> str:
        text = _part(run(block["command"]), block["count"], block["anchor"])
        return block[0][: block.start("text") - block.start()] + text + "```\n"

    return _BLOCK.sub(fill, page)


def _part(output: str, count: str | None, anchor: str | None) -> str:
    lines = [line.rstrip() for line in output.splitlines()]
    if count is None:
        return "\n".join(lines).strip("\n") + "\n"
    first = next((n for n, line in enumerate(lines) if anchor in line), None) if anchor else 0
    if first is None:
        raise SystemExit(f"no line of the output holds {anchor!r}: change the marker of the block")
    last = first + int(count)
    return "\n".join([*lines[first:last], *(["…"] if last < len(lines) else [])]) + "\n"


@cache
def run(command: str) -> str:
    """What a command of atleast prints, run in the root of the project."""
    from atleast.cli import main

    before = Path.cwd()
    os.chdir(ROOT)
    try:
        done = CliRunner(env=TERMINAL).invoke(main, shlex.split(command)[1:], prog_name="atleast")
    finally:
        os.chdir(before)
    if done.exit_code:
        raise SystemExit(f"{command}: exit code {done.exit_code}\n{done.output}")
    return done.stdout


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--check", action="store_true", help="only say which pages are out of date")
    check = asked.parse_args().check
    stale = 0
    for path in pages():
        page = path.read_text("utf-8")
        made = refreshed(page, run)
        if made != page:
            stale += 1
            print(f"{path.relative_to(ROOT)} {'is out of date' if check else 'written'}")
            if not check:
                path.write_text(made, "utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
