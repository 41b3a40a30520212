"""Writes the Russian names of speakers in all cases, from data/speakers.tsv, to data/speakers_forms.tsv.

    python tools/build_speakers.py            writes the file
    python tools/build_speakers.py --check    says whether the committed file is what the list gives

Needs pymorphy3 (the "gazetteer" extra). One line a name: its nominative and then the other forms, "|" between.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools" / "gazetteer")]

import russian  # noqa: E402

from atleast.lexicon.speakers import folded, rows  # noqa: E402

DATA = ROOT / "src" / "atleast" / "lexicon" / "data"
OUT = DATA / "speakers_forms.tsv"
RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
OTHERS = re.compile(r"[іїєґўј]", re.IGNORECASE)  # Ukrainian, Belarusian, Serbian: base form only
HEADER = "# Made by tools/build_speakers.py from speakers.tsv; do not edit. Nominative, then the other cases.\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only, change nothing")
    check = parser.parse_args().check
    text = HEADER + "".join(f"{line}\n" for line in sorted(set(filter(None, map(declined, names())))))
    fresh = OUT.exists() and OUT.read_text("utf-8") == text
    if check:
        print("the forms are what the list gives" if fresh else f"{OUT.name} is not what the list gives")
        return not fresh
    OUT.write_text(text, "utf-8", newline="\n")
    print(f"{OUT.name}: {text.count(chr(10))} lines, {len(text.encode()) / 1e3:.0f} kB")
    return 0


def names() -> list[str]:
    """Every name and every head in the list that is Russian, as written, "=" marks included."""
    cells = [row[-1] for _, row in rows((DATA / "speakers.tsv").read_text("utf-8").splitlines())]
    found = [name.strip().rstrip("?") for cell in cells for name in cell.split("|")]
    return [name for name in found if RUSSIAN.search(name) and not OTHERS.search(name)]


def declined(name: str) -> str:
    """The line of one name; empty where it does not change."""
    bare = re.sub(r"[«»\"]", "", name)
    forms = [folded(form) for form in russian.forms(bare)]
    base = folded(bare.replace("=", "").replace("_", " "))
    rest = [form for form in dict.fromkeys(forms) if form != base]
    return "|".join((base, *rest)) if rest else ""


if __name__ == "__main__":
    sys.exit(main())
