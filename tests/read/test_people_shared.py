"""How many people of the shared case are found; skipped where that case is not at hand."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "score_people.py"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_people", TOOL)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_most_people_of_the_shared_case_are_found_with_what_befell_them() -> None:
    score = tool()
    if not (score.SHARED / "mentions.jsonl").is_file():
        pytest.skip("the shared case is not here")
    reports = list(map(score.record_of, score.rows(score.SHARED / "reports.jsonl")))
    count = score.score(reports, score.rows(score.SHARED / "mentions.jsonl"))

    assert count["people"] - count["missed"] >= 0.85 * count["people"]
    assert count["happened right"] >= 0.75 * count["happened"]
    assert count["place right"] >= 0.95 * count["place"]
    assert count["nominative right"] >= 0.9 * count["nominative"]
