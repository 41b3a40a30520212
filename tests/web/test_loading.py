"""A case is loaded from a folder at once; what was amiss is told, and the same again changes nothing."""

from pathlib import Path

import pytest

from atleast.web.loading import load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "night.txt").write_text("publisher: The Hentzau Gazette\npublished: 2031-05-03\n\nPolice detained 40 people in Strelsau.\n")
    (tmp_path / "picture.txt").write_bytes(b"")
    return tmp_path


def test_a_folder_becomes_a_case_and_its_troubles_are_told(db: None, folder: Path) -> None:
    case, troubles = load([folder], slug="Ночь в Стрельсау", title="A night", by="owner")

    assert case.slug == "case" and case.title == "A night"
    assert case.number >= 2
    assert any("picture.txt" in trouble.where for trouble in troubles)


def test_a_case_that_is_there_is_left_as_it_is(db: None, folder: Path) -> None:
    case, _ = load([folder], slug="night", title="A night", by="owner")
    (folder / "more.txt").write_text("Police detained 50 people in Zenda.")

    again, troubles = load([folder], slug="night", title="Another title", by="owner")

    assert (again.pk, again.number, again.title, troubles) == (case.pk, case.number, "A night", ())
