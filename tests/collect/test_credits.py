"""A credit line names the agency; a name in a sentence does not."""

import pytest

from atleast.collect.credits import credited
from atleast.model import Report

BODY = "Police detained 12 people at a rally in Strelsau on Saturday. The square was cleared within an hour."


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"STRELSAU (AP) — {BODY}", "AP"),
        (f"STRELSAU, May 4 (Reuters) - {BODY}", "Reuters"),
        (f"STRELSAU, May 4 - Reuters. {BODY}", "Reuters"),
        (f"СТРЕЛЬСАУ, 4 мая — РИА Новости. {BODY}", "RIA Novosti"),
        (f"СТРЕЛЬСАУ, 4 мая. /ТАСС/. {BODY}", "TASS"),
        (f"4 мая. Интерфакс - {BODY}", "Interfax"),
        (f"{BODY} (Reuters)", "Reuters"),
        (f"{BODY} /ТАСС/", "TASS"),
        (f"{BODY}\n\nИсточник: Интерфакс", "Interfax"),
        (f"{BODY}\n\n© AFP", "AFP"),
        (f"{BODY}\n\nReuters", "Reuters"),
        (BODY, None),
        (f"Reuters quoted the mayor. {BODY}", None),
        (f"{BODY} The mayor told Reuters that nobody was hurt.", None),
        (f"STRELSAU (The Gazette) — {BODY}", None),
        ("", None),
    ],
)
def test_who_is_credited(text: str, agency: str | None) -> None:
    assert credited(Report("r", text=text)) == agency
