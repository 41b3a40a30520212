"""Every field is described once and fully; every closed list says what its words mean."""

import dataclasses
from typing import Any

import pytest

from atleast import model
from atleast.model import AtleastError, BadRecord, Claim, Decision, Evidence, Happening, Mention, Report, Trouble
from atleast.model import vocabulary as words

DESCRIBED = [Report, Claim, Mention, Happening, Evidence, Decision, Trouble]


@pytest.mark.parametrize("cls", DESCRIBED)
def test_every_field_explains_itself(cls: type[Any]) -> None:
    unexplained = [f.name for f in dataclasses.fields(cls) if not f.metadata.get("help", "").endswith((".", '".'))]

    assert unexplained == []


@pytest.mark.parametrize("name", [name for name in dir(words) if name.isupper() and name != "AUTHORITY_KINDS"])
def test_every_word_of_every_list_has_a_meaning(name: str) -> None:
    assert all(meaning.strip() for meaning in getattr(words, name).values())


def test_the_kinds_that_speak_for_the_state_are_kinds_of_claimant() -> None:
    assert set(words.CLAIMANT_KINDS) >= words.AUTHORITY_KINDS


def test_records_do_not_change() -> None:
    report = Report("r1", text="Nobody was detained.")

    with pytest.raises(dataclasses.FrozenInstanceError):
        report.text = "Somebody was."  # type: ignore[misc]


def test_records_can_be_kept_in_sets_even_with_fields_of_other_tools() -> None:
    one = Report("r1", extra={"seen": ["twice"]})

    assert len({one, Report("r1", extra={"seen": ["twice"]})}) == 1


def test_what_the_door_names_is_there_and_sorted() -> None:
    assert model.__all__ == sorted(model.__all__)
    assert all(hasattr(model, name) for name in model.__all__)


def test_an_error_learns_its_file_and_line_later() -> None:
    wrong = BadRecord("no number", value="few", remedy="Write digits")

    assert str(wrong) == "no number (found 'few'). Write digits"
    assert str(wrong.at("bree.jsonl", 3)) == "bree.jsonl:3: no number (found 'few'). Write digits"
    assert str(AtleastError("too large", file="bree.jsonl")) == "bree.jsonl: too large"


def test_trouble_remembers_the_error_it_was() -> None:
    trouble = Trouble.of(BadRecord("no number", file="bree.jsonl", line=3, value="few", remedy="Write digits"))

    assert trouble == Trouble("no number", "bree.jsonl:3", "'few'", "Write digits")
    assert str(trouble) == "bree.jsonl:3: no number (found 'few'). Write digits"
