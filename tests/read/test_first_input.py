"""The first real input: a saved news page with its furniture. Needs ../shared; skipped where it is not."""

from pathlib import Path

import pytest

from atleast import read
from atleast.model import Report, clean

SEED = Path(__file__).resolve().parents[3] / "shared" / "cases" / "seed" / "kremlin-released.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"{SEED.name} is not beside the project (../shared)")

MINISTRY = "Interior Ministry of Russia"


def page(published: str | None = "2017-10-08") -> Report:
    return Report("kremlin-released", language="en", text=clean(SEED.read_text("utf-8")), published=published)


def test_it_gives_exactly_the_claims_of_the_page_and_none_of_its_furniture() -> None:
    given = [(c.claimant, c.quantity, c.low, c.high, c.bound, c.place) for c in read.claims(page())]

    assert given == [
        (MINISTRY, "still_held", 0, 0, "exact", "Russia"),
        (MINISTRY, "detained", 136, 136, "exact", "Russia"),
        (MINISTRY, "rallies", 26, 26, "exact", "Russia"),
        (MINISTRY, "charges", 71, 71, "exact", "Russia"),
        (MINISTRY, "to_court", 60, 60, "exact", "Russia"),
        ("OVD-Info", "detained", 271, None, "at_least", "Russia"),
        ("OVD-Info", "detained", 62, None, "at_least", "Saint Petersburg, Russia"),
        (None, "cities", 24, None, "vague", "Russia"),
    ]


def test_the_rallies_are_counted_as_unauthorised() -> None:
    (rallies,) = (c for c in read.claims(page()) if c.quantity == "rallies")

    assert rallies.of == "unauthorised"


def test_dates_have_no_year_until_somebody_says_when_it_was_published() -> None:
    assert {c.event_date for c in read.claims(page(None))} == {"--10-07"}
    assert {c.event_date for c in read.claims(page())} == {"2017-10-07"}


def test_those_detained_are_mentioned_and_nobody_else_is() -> None:
    detained = [m for m in read.mentions(page()) if m.happened[0].what == "detained"]
    named = [m for m in detained if m.name]
    unnamed = [m for m in detained if not m.name]

    assert [m.role for m in named] == ["campaign coordinator", "lawyer"]
    assert {m.place for m in named} == {"Saint Petersburg, Russia"}
    assert [m.place for m in unnamed] == ["Perm, Russia", "Tver, Russia", "Stavropol, Russia"]
    assert all("coordinator" in (m.role or "") for m in unnamed)


def test_the_allegation_of_force_names_the_accuser_and_both_cities() -> None:
    alleged = [m for m in read.mentions(page()) if m.happened[0].what == "force"]

    assert [m.place for m in alleged] == ["Saint Petersburg, Russia", "Yakutsk, Russia"]
    assert all("Amnesty International" in (m.happened[0].detail or "") for m in alleged)
