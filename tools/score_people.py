"""How many of the people of a hand-made case the reader finds, and how much of what befell them.

python tools/score_people.py            the shared case beside the repository, one line
python tools/score_people.py -v         with every difference
python tools/score_people.py FOLDER     another folder with reports.jsonl and mentions.jsonl

A person is found when name and quote overlap with the gold's and a name is given in both or in neither. Extra people
count only in reports that the gold names somebody of.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from atleast.lexicon.letters import romanised  # noqa: E402
from atleast.model import Mention, Report, record_of  # noqa: E402
from atleast.read import agreed, read  # noqa: E402

SHARED = ROOT.parent / "shared" / "cases" / "2017-10-07"
Row = Mapping[str, Any]

_STATUS = {
    "detained": "detained", "held": "detained", "jailed": "jailed", "fined": "fined", "released": "released",
    "free": "released", "on trial": "hearing", "beaten": "injured", "force used": "force",
}  # fmt: skip
"""What the words of the gold's status say in our vocabulary."""


def wanted(gold: Row) -> set[str]:
    """What befell a person of the gold, in our words."""
    if "happened" in gold:
        return {h["what"] for h in gold["happened"]}
    status, outcome = gold.get("status") or "", gold.get("outcome") or ""
    found = (
        {what for word, what in _STATUS.items() if re.search(rf"\b{word}\b", status)}
        if "not stated" not in status
        else {"injured"}
    )
    if "came to" in status:
        found = set()
    found |= {"charged"} if gold.get("charge") and "given as" not in gold["charge"] else set()
    found |= {"fined"} if "rouble" in outcome else {"jailed"} if "days" in outcome else set()
    return found | ({"hearing"} if "hearing" in outcome else set())


def pairs(gold: list[Row], read: list[Mention]) -> Iterator[tuple[Row | None, Mention | None]]:
    """Gold and read persons of one report, side by side; None where the other has nobody."""
    left = list(read)
    for row in gold:
        mine = next(
            (
                m
                for m in left
                if m.start < row["end"] and row["start"] < m.end and (m.name is None) == (row["name"] is None)
            ),
            None,
        )
        if mine:
            left.remove(mine)
        yield row, mine
    yield from ((None, m) for m in left)


def score(reports: list[Report], gold: list[Row], *, verbose: bool = False) -> Counter[str]:
    """Counts of what was wanted and what was right, by slot."""
    count: Counter[str] = Counter()
    by_report: dict[str, list[Row]] = defaultdict(list)
    for row in gold:
        by_report[row["report"]].append(row)
    setting = agreed([read(report) for report in reports])
    for report in reports:
        rows = by_report.get(report.id)
        if not rows:
            continue
        for row, mine in pairs(rows, list(read(report, setting=setting).mentions)):
            note = _count(count, row, mine)
            if verbose and note:
                print(f"{report.id}: {note}")
    return count


def _count(count: Counter[str], row: Row | None, mine: Mention | None) -> str:
    if row is None and mine:
        count["extra"] += 1
        return f"EXTRA {mine.quote!r} {[h.what for h in mine.happened]}"
    if row is None:
        return ""
    if row.get("optional"):
        return ""
    count["people"] += 1
    if mine is None:
        count["missed"] += 1
        return f"MISSED {row['quote']!r} {sorted(wanted(row))}"
    notes = []
    have = {h.what for h in mine.happened}
    count["happened"] += len(wanted(row))
    count["happened right"] += len(wanted(row) & have)
    count["happened extra"] += len(have - wanted(row))
    if wanted(row) - have or have - wanted(row):
        notes.append(f"happened {sorted(wanted(row))} read {sorted(have)}")
    latin = row.get("name_latin") or row.get("nominative")
    own = mine.nominative or mine.name
    for slot, told, right in (
        ("place", row.get("place"), mine.place == row.get("place")),
        (
            "role",
            row.get("role"),
            bool(mine.role)
            and set(re.findall(r"\w+", str(mine.role))) & set(re.findall(r"\w+", str(row.get("role")))) != set(),
        ),
        ("station", row.get("station"), bool(mine.station)),
        ("nominative", latin, _plain(romanised(own or "")) == _plain(romanised(latin or ""))),
    ):
        if told:
            count[slot] += 1
            count[f"{slot} right"] += right
            if not right:
                notes.append(f"{slot} {told!r} read {getattr(mine, slot)!r}")
    return f"{row['quote']!r} " + "; ".join(notes) if notes else ""


def _plain(name: str) -> str:
    """A name without the differences of transliteration: Yegorov and Egorov, Aleksei and Alexey."""
    low = name.lower().replace("x", "ks")
    for old, new in (
        ("yo", "e"),
        ("ye", "e"),
        ("iy", "y"),
        ("ii", "y"),
        ("ei", "ey"),
        ("ai", "ay"),
        ("oi", "oy"),
        ("yy", "y"),
        ("j", "y"),
        ("'", ""),
    ):
        low = low.replace(old, new)
    return low


def line(count: Counter[str]) -> str:
    found = count["people"] - count["missed"]
    parts = [f"people {found}/{count['people']}, {count['extra']} extra"]
    for slot in ("happened", "place", "role", "station", "nominative"):
        parts.append(f"{slot} {count[f'{slot} right']}/{count[slot]}")
    return "; ".join([*parts, f"{count['happened extra']} happenings more"])


def rows(path: Path) -> list[Row]:
    return [json.loads(text) for text in path.read_text("utf-8").splitlines() if text.strip()]


def main() -> None:
    folder = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), str(SHARED)))
    if not (folder / "mentions.jsonl").is_file():
        sys.exit(f"{folder}: no mentions.jsonl there, so there is nothing to score against")
    reports = [r for r in map(record_of, rows(folder / "reports.jsonl")) if isinstance(r, Report)]
    print(line(score(reports, rows(folder / "mentions.jsonl"), verbose="-v" in sys.argv)))


if __name__ == "__main__":
    main()
