"""Ruritania, where nothing ever happened: reports, claims and people for the tests of the desk."""

from atleast.model import Claim, Decision, Happening, Mention, Report

TEXT = "STRELSAU. Rassendyll Watch counted at least 40 people detained in Strelsau. Rudolf Elphberg was taken to station 7."
REPORT = Report("r1", publisher="The Hentzau Gazette", published="2031-05-03T21:00+02:00", language="en", title="Night in Strelsau", text=TEXT)


def quoting(quote: str) -> dict[str, object]:
    """Quote, start and end of words of the text."""
    start = TEXT.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


def claim(id: str = "c1", quote: str = "at least 40 people detained", **more: object) -> Claim:
    given = {"claimant": "Rassendyll Watch", "claimant_kind": "monitor", "low": 40, "high": None, "bound": "at_least", "hedge": "at_least", "place": "Strelsau, Ruritania", "event_date": "2031-05-03", "tier": "A"}
    return Claim(id, "r1", **quoting(quote) | given | more)  # type: ignore[arg-type]


def mention(id: str = "m1", quote: str = "Rudolf Elphberg", **more: object) -> Mention:
    given = {"name": "Rudolf Elphberg", "place": "Strelsau, Ruritania", "station": "station 7", "happened": (Happening("detained"),)}
    return Mention(id, "r1", **quoting(quote) | given | more)  # type: ignore[arg-type]


def decision(id: str, about: str | tuple[str, ...], what: str = "accept", by: str = "flavia", at: str = "2031-05-03T22:00+02:00", with_: dict[str, object] | None = None) -> Decision:
    return Decision(id, (about,) if isinstance(about, str) else about, by, at, what, with_)
