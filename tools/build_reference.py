"""Write docs/reference/wire-form.md from the dataclasses, so that it cannot say anything else than they do.

python tools/build_reference.py            write the page
python tools/build_reference.py --check    exit 1 when the page on disk differs
"""

import argparse
import dataclasses
import sys
import types
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "wire-form.md"
sys.path.insert(0, str(ROOT / "src"))

from atleast.model import Claim, Decision, Evidence, Happening, Mention, Report, encode  # noqa: E402
from atleast.model import vocabulary as words  # noqa: E402

EXAMPLES: dict[type[Any], Any] = {
    Report: Report(
        "bree-herald",
        publisher="The Bree Herald",
        language="en",
        published="2031-05-04T18:30+01:00",
        text="At least 19 people were detained in Bree, the Wardens said. The cook of the inn was let go.",
    ),
    Claim: Claim(
        "bree-herald#1",
        "bree-herald",
        "At least 19 people were detained in Bree",
        0,
        40,
        claimant="The Wardens",
        claimant_kind="authority",
        low=19,
        bound="at_least",
        hedge="at_least",
        place="Bree, Eriador",
        event_date="2031-05-04",
        evidence=(Evidence("low", 9, 11, "digits"),),
    ),
    Mention: Mention(
        "bree-herald#2",
        "bree-herald",
        "The cook of the inn was let go",
        60,
        90,
        role="cook",
        place="Bree, Eriador",
        happened=(Happening("released", at="2031-05-04"),),
    ),
    Decision: Decision(
        "d1",
        ("bree-herald#1",),
        by="reviewer-2",
        at="2031-05-05T09:12+01:00",
        what="edit",
        with_={"low": 20, "hedge": "more_than", "bound": "at_least"},
    ),
}

OPENING = """\
# The wire form

<!-- Written by tools/build_reference.py from src/atleast/model. Do not edit: change the dataclass and run that. -->

Everything that goes into or comes out of atleast can be written as JSON Lines: one record a line, UTF-8. `atleast read
--format jsonl` writes it, `atleast reckon` takes it, and other tools may add fields of their own: a field that is not
listed here is kept and written back.

There are four kinds of record: [report](#report), [claim](#claim), [mention](#mention) and [decision](#decision). A
mention holds [happenings](#happening); a claim or a mention may hold [evidence](#evidence).

- **Offsets** (`start`, `end`) count code points in the report's `text`, after it was cleaned once: NUL, byte order
  marks and lone surrogates are removed, line ends become `\\n`, and the whole is NFC. The start is included, the end is
  not; `end - start` is the length of `quote`.
- **Numbers of people** are inclusive: `low` 19 and `high` 24 is 19 to 24. `null` is open: not known on that side.
- **Times** are a year, a month, a day, or a minute with its zone: `2017`, `2017-10`, `2017-10-07`,
  `2017-10-07T21:00+03:00`; two of them parted by `/`, both included; or `--10-07` for a day whose year is not known.
- **Quiet** fields are written only when they say something; every other field is always written, with `null` for *not
  known*.
- **Needed** fields must be there in what you hand in. Every other field may be left out and then has its default.
"""


def page() -> str:
    """The whole page, as Markdown."""
    parts = [OPENING]
    parts += [_record(cls) for cls in EXAMPLES]
    parts += [_part(Happening), _part(Evidence), _lists()]
    return "\n".join(parts)


def _record(cls: type[Any]) -> str:
    example = f"An example:\n\n```json\n{encode(EXAMPLES[cls])}\n```\n"
    return f"## {cls.record}\n\n{_first_line(cls)}\n\n{_table(cls)}\n{example}"


def _part(cls: type[Any]) -> str:
    return f"## {cls.__name__.lower()}\n\n{_first_line(cls)}\n\n{_table(cls)}"


def _first_line(cls: type[Any]) -> str:
    return str(cls.__doc__).strip().splitlines()[0]


def _table(cls: type[Any]) -> str:
    hints = typing.get_type_hints(cls)
    first = (("`record`", "text", "", f"Always `{cls.record}`."),) if hasattr(cls, "record") else ()
    rows = [_row(f, hints[f.name]) for f in dataclasses.fields(cls) if not f.metadata.get("extra")]
    return _markdown(("field", "type", "unit", "meaning"), [*first, *rows])


def _row(f: "dataclasses.Field[Any]", hint: Any) -> tuple[str, str, str, str]:
    wire = f.metadata.get("wire", f.name)
    return f"`{wire}`", _type(f, hint), f.metadata.get("unit", ""), f"{f.metadata['help']}{_default(f)}"


def _type(f: "dataclasses.Field[Any]", hint: Any) -> str:
    if f.metadata.get("words") is not None:
        name = _list_name(f.metadata["words"])
        return f"[{name}](#{name.replace(' ', '-')})" + (" or null" if f.default is None else "")
    if f.metadata.get("check") == "when":
        return "time or null" if f.default is None else "time"
    return _words_of(hint)


def _words_of(hint: Any) -> str:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        names = dict.fromkeys(_words_of(x) for x in inner)
        if {"whole number", "number"} <= names.keys():
            del names["whole number"]
        return " or ".join(names)
    if origin is tuple:
        return f"list of {_words_of(inner[0])}"
    if dataclasses.is_dataclass(hint):
        name = getattr(hint, "__name__", "").lower()
        return f"[{name}](#{name})"
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false", type(None): "null"}
    return plain.get(hint, "object")


def _default(f: "dataclasses.Field[Any]") -> str:
    if f.metadata.get("quiet"):
        return " *Quiet.*"
    if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING:
        return " **Needed.**"
    return f" Default `{f.default}`." if isinstance(f.default, str) and f.default else ""


def _lists() -> str:
    known = {name: value for name, value in vars(words).items() if name.isupper() and isinstance(value, Mapping)}
    parts = ["## Vocabulary", "", "Every closed list, with the meaning of each word.", ""]
    for value in known.values():
        rows = [(f"`{word}`", meaning) for word, meaning in value.items()]
        parts += [f"### {_list_name(value)}", "", _markdown(("word", "meaning"), rows)]
    return "\n".join(parts)


def _list_name(value: Mapping[str, str]) -> str:
    (name,) = (name for name, known in vars(words).items() if known is value)
    return name.lower().replace("_", " ")


def _markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---"] * len(list(head)), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--check", action="store_true", help="only say whether the page is up to date")
    made = page()
    if asked.parse_args().check:
        same = PAGE.is_file() and PAGE.read_text("utf-8") == made
        state = "up to date" if same else "out of date: run python tools/build_reference.py"
        print(f"{PAGE.relative_to(ROOT)} is {state}")
        return 0 if same else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
