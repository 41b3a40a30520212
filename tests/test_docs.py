"""The documentation says what is so: outputs are run, options are counted, links are followed."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from atleast.cli import main
from atleast.model import Report, decode

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "cases").rglob("*.md")])
COMMANDS = ROOT / "docs" / "reference" / "cli.md"


def tool(name: str) -> ModuleType:
    """A script of tools/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def commands(command: click.Command = main, name: str = "atleast") -> Iterator[tuple[str, click.Command]]:
    """Every command under its full name, the group itself first."""
    yield name, command
    if isinstance(command, click.Group):
        for part, inner in sorted(command.commands.items()):
            yield from commands(inner, f"{name} {part}")


def sections() -> dict[str, str]:
    """The text under each heading of the reference of commands."""
    parts = re.split(r"^## `?([^`\n]+)`?\n", COMMANDS.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("path", [p for p in PAGES if "<!-- shown:" in p.read_text("utf-8")], ids=named)
def test_an_output_that_a_page_shows_is_the_true_output(path: Path) -> None:
    shown = tool("shown_output")
    page = path.read_text("utf-8")

    assert shown.refreshed(page, shown.run) == page, "run python tools/shown_output.py"


def test_every_marker_of_an_output_stands_before_a_block() -> None:
    shown = tool("shown_output")
    for path in shown.pages():
        page = path.read_text("utf-8")

        assert len(shown._BLOCK.findall(page)) == len(re.findall(r"^<!-- shown:", page, re.MULTILINE)), named(path)


def test_the_readme_shows_both_commands_and_the_output_of_the_first_at_its_top() -> None:
    top = (ROOT / "README.md").read_text("utf-8").splitlines()[:20]

    assert {"make run", "make test"} <= {line.partition("#")[0].strip() for line in top}
    assert any("<!-- shown: atleast reckon cases/2017-10-07" in line for line in top)


def test_the_wire_form_page_is_what_the_dataclasses_say() -> None:
    reference = tool("build_reference")

    assert reference.PAGE.read_text("utf-8") == reference.page(), "run python tools/build_reference.py"


def test_the_examples_of_the_wire_form_are_records_and_quote_their_report() -> None:
    page = (ROOT / "docs" / "reference" / "wire-form.md").read_text("utf-8")
    found = [decode(line) for line in re.findall(r"```json\n(.*)\n```", page)]
    (text,) = (record.text for record in found if isinstance(record, Report))

    assert [record.record for record in found] == ["report", "claim", "mention", "decision"]
    for record in found[1:3]:
        assert text[record.start : record.end] == record.quote  # type: ignore[union-attr]


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda x: x if isinstance(x, str) else "")
def test_every_command_argument_and_option_is_documented(name: str, command: click.Command) -> None:
    text = sections().get(name)

    assert text is not None, f"docs/reference/cli.md has no section for {name}"
    for each in command.params:
        words = each.opts + each.secondary_opts if isinstance(each, click.Option) else [each.make_metavar(None)]
        missing = [word for word in words if f"`{word}" not in text]
        assert not missing, f"{name}: {missing} not documented"


def test_no_command_or_option_is_documented_that_is_not_there() -> None:
    known = dict(commands())
    for name, text in sections().items():
        assert name in known, f"docs/reference/cli.md describes {name}, which is not there"
        real = {word for each in known[name].params for word in each.opts + each.secondary_opts} | {"-h", "--help"}
        told = set(re.findall(r"^\| `(--?[a-z-]+)", text, re.MULTILINE))
        assert told <= real, f"{name}: {told - real} documented but not there"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_between_pages_leads_somewhere(path: Path) -> None:
    page = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", page):
        if not re.match(r"[a-z]+:", target):
            file, _, anchor = target.partition("#")
            there = (path.parent / file).resolve() if file else path
            assert there.exists(), f"{named(path)} links to {target}"
            assert not anchor or anchor in anchors(there), f"{named(path)} links to {target}"


def anchors(path: Path) -> set[str]:
    """The anchors that a Markdown page's headings make."""
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_every_page_is_reached_from_the_index() -> None:
    seen, left = set(), [ROOT / "docs" / "index.md"]
    while left:
        path = left.pop()
        if path not in seen and path.suffix == ".md" and path.exists():
            seen.add(path)
            links = re.findall(r"\]\(([^)\s#]+)", path.read_text("utf-8"))
            there = [(path.parent / link).resolve() for link in links if ":" not in link]
            left += [page for link in there for page in (sorted(link.glob("*.md")) if link.is_dir() else [link])]

    unreached = [named(path) for path in PAGES if path.is_relative_to(ROOT / "docs") and path not in seen]
    assert unreached == []
