"""The desk speaks the reader's language, and writes from right to left where that is done."""

from datetime import datetime
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from atleast.web.house.templatetags.times import clocked, said
from atleast.web.pages import zone_said

pytestmark = pytest.mark.alike

WEB = Path(__file__).parents[2] / "src" / "atleast" / "web"
RUSSIAN = {"HTTP_ACCEPT_LANGUAGE": "ru-RU,ru;q=0.9,en;q=0.5"}


def spoken(browser: Client, **asked: str) -> str:
    """The language of a page that everybody sees."""
    page = browser.get("/enter/no-such-link/", **asked).content.decode()
    return page.split('<html lang="')[1].split('"')[0]


def test_it_speaks_the_language_of_the_browser(as_role: Any) -> None:
    assert spoken(as_role("reader"), **RUSSIAN) == "ru"
    assert spoken(as_role("reader"), HTTP_ACCEPT_LANGUAGE="fr") == "en"


def test_a_language_that_was_chosen_is_remembered_by_the_browser_for_long(as_role: Any) -> None:
    browser = as_role(None)

    answer = browser.post("/i18n/setlang/", {"language": "en", "next": "/new/"}, **RUSSIAN)

    assert answer["Location"] == "/new/"
    assert answer.cookies["language"]["max-age"] > 300 * 24 * 3600
    assert spoken(browser, **RUSSIAN) == "en"


def test_a_language_that_was_chosen_is_remembered_by_the_account_on_its_other_browsers(as_role: Any) -> None:
    as_role("reader").post("/i18n/setlang/", {"language": "ru"})

    assert spoken(as_role("reader")) == "ru"
    assert spoken(as_role("editor")) == "en"


def test_what_was_chosen_on_this_browser_goes_first(as_role: Any) -> None:
    as_role("reader").post("/i18n/setlang/", {"language": "ru"})
    here = as_role("reader")
    here.cookies["language"] = "en"

    assert spoken(here) == "en"


@pytest.mark.parametrize("chosen", ["xx", "", "../../etc"])
def test_a_language_that_is_not_there_changes_nothing(as_role: Any, chosen: str) -> None:
    browser = as_role("reader")

    browser.post("/i18n/setlang/", {"language": chosen})

    assert spoken(browser) == "en"


def test_nobody_is_sent_to_another_site_by_choosing_a_language(as_role: Any) -> None:
    answer = as_role("reader").post("/i18n/setlang/", {"language": "ru", "next": "https://example.org/"})

    assert answer["Location"] == "/"


def test_a_language_that_is_written_from_the_right_is_shown_so(as_role: Any) -> None:
    with override_settings(LANGUAGES=[("en", "English"), ("he", "Hebrew")]):
        page = as_role("reader").get("/", HTTP_ACCEPT_LANGUAGE="he").content.decode()

    assert '<html lang="he" dir="rtl">' in page


@pytest.mark.parametrize(("language", "long", "short"), [("en", "3 May 2031, 09:05", "2031-05-03 09:05"), ("ru", "3 мая 2031, 09:05", "2031-05-03 09:05")])
def test_a_date_cannot_be_mistaken_for_another(language: str, long: str, short: str) -> None:
    moment = datetime(2031, 5, 3, 9, 5)

    with translation.override(language):
        assert date_format(moment, "DATETIME_FORMAT") == long
        assert date_format(moment, "SHORT_DATETIME_FORMAT") == short


@pytest.mark.parametrize(("name", "said"), [("Etc/GMT-3", "UTC+3"), ("Etc/GMT+5", "UTC-5"), ("Europe/Prague", "Europe/Prague"), ("UTC", "UTC")])
def test_a_zone_is_told_as_people_say_it(name: str, said: str) -> None:
    assert zone_said(name) == said


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2031-05-03T21:00+02:00", '<time datetime="2031-05-03T21:00:00+02:00">2031-05-04 04:00</time>'),
        ("2031-05-03T21:00", "2031-05-03 21:00"),
        ("2031-05-03", "2031-05-03"),
        ("2031-05", "2031-05"),
        (None, ""),
        ("<b>Tonight</b>", "<b>Tonight</b>"),
    ],
)
def test_a_moment_of_a_record_is_said_by_the_clock_of_the_case(written: str | None, shown: str) -> None:
    with timezone.override("Asia/Tokyo"), translation.override("en"):
        assert said(written) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("271 → 290, 2031-05-03T21:00+02:00 → 2031-05-04 (growth)", '271 → 290, <time datetime="2031-05-03T21:00:00+02:00">2031-05-03 22:00</time> → 2031-05-04 (growth)'),
        ("<b>at 2031-05-03T21:00", "&lt;b&gt;at 2031-05-03 21:00"),
        ("no moment & none", "no moment &amp; none"),
    ],
)
def test_moments_in_a_line_are_told_by_the_clock_of_the_case(line: str, shown: str) -> None:
    with timezone.override("Europe/Moscow"):
        assert clocked(line) == shown


@pytest.mark.parametrize("catalogue", sorted(WEB.rglob("*.mo")), ids=lambda path: path.relative_to(WEB).parts[0])
def test_what_a_room_says_is_not_said_otherwise_by_another_room_or_a_library(catalogue: Path) -> None:
    with catalogue.open("rb") as opened, translation.override("ru"):
        told = {name: words for name, words in GNUTranslations(opened)._catalog.items() if isinstance(name, str) and name}  # type: ignore[attr-defined]
        otherwise = {name: words for name, words in told.items() if words != (pgettext(*name.split("\x04")) if "\x04" in name else gettext(name))}

    assert told and otherwise == {}
