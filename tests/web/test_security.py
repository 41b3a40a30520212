"""What browsers are told on every page, and what nobody can do from outside."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from atleast.web.entering import sign_in_link
from atleast.web.pages import ROUTES
from atleast.web.urls import urlpatterns  # noqa: F401

from .test_matrix import OTHERS, World, address, asked, everybody, here, there  # noqa: F401

pytestmark = pytest.mark.alike

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
INLINE = re.compile(
    rb"""<style|\sstyle=|\son[a-z]+=|\shx-on|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type="application/json")""", re.I
)


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


def told(answer: Any) -> list[str]:
    """What an answer does not say that it should, and what it says that it should not."""
    wrong = [f"{name}: {answer.headers.get(name)}" for name, value in HEADERS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    wrong += [f"the policy lacks {each}" for each in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'") if each not in policy]
    wrong += [f"the policy allows {each}" for each in ("unsafe", "http:", "https:", "*") if each in policy]
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        wrong.append("no Permissions-Policy")
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append(f"may be kept: {answer.headers.get('Cache-Control')}")
    if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
        body = re.sub(rb"<!--.*?-->", b"", answer.content, flags=re.S)
        wrong += [f"inline: {found.decode()}" for found in INLINE.findall(body)]
        # The desk's own name on this machine is where a passkey works: a link leads there from its number.
        wrong += [f"from elsewhere: {found.decode()}" for found in re.findall(rb'(?:src|href|action)="((?:https?:)?//(?!localhost[:/])[^"]+)"', body)]
    return wrong


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_page_tells_browsers_to_be_strict(name: str, here: World, there: World) -> None:  # noqa: F811
    owner = everybody(here.case, there.case)[-1].browser()

    for method in ROUTES[name].methods:
        answer = asked(owner, method, address(ROUTES[name], here))
        if name == "pictures":  # the rules of the map's rings: the same for everybody, and no secret
            continue
        assert not told(answer), (method, answer.status_code)


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_so_do_the_pages_of_allauth(name: str, here: World, there: World) -> None:  # noqa: F811
    from django.urls import reverse

    who = everybody(here.case, there.case)[0 if OTHERS[name].value == "anyone" else -1].browser()
    where = reverse(name, kwargs={"pk": 1} if name == "mfa_remove_webauthn" else {})

    assert not told(asked(who, "GET", where))


@pytest.mark.parametrize("where", ["/nowhere/", "/strelsau/nowhere/", "/static/nowhere.css", "/enter/x/"])
def test_so_do_errors(where: str, here: World, there: World) -> None:  # noqa: F811
    answer = everybody(here.case, there.case)[-1].browser().get(where)

    assert answer.status_code in (404, 410)
    assert not told(answer)


def test_so_does_a_page_that_broke(here: World, there: World, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    browser = everybody(here.case, there.case)[-1].browser()
    monkeypatch.setattr("atleast.web.cases.Case.objects", None)
    answer = browser.get("/")

    assert answer.status_code == 500
    assert not told(answer)
    assert b"Traceback" not in answer.content


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(here: World) -> None:  # noqa: F811
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.get("/account/login/")
    browser.post(sign_in_link(here.member))

    assert {"atleast", "csrftoken"} <= set(browser.cookies)
    for cookie in browser.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] == "Lax", cookie.key


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if "POST" in route.methods))
def test_no_form_is_taken_that_was_not_ours(name: str, here: World, there: World) -> None:  # noqa: F811
    owner = everybody(here.case, there.case)[-1].browser()
    owner.handler.enforce_csrf_checks = True

    assert asked(owner, "POST", address(ROUTES[name], here)).status_code == 403


@pytest.mark.parametrize("next", ["https://example.org/", "//example.org/", "\\\\example.org", "javascript:alert(1)", "/\\example.org", "https:example.org"])
@pytest.mark.parametrize("where", ["/account/login/", "/account/logout/", "/i18n/setlang/"])
def test_nobody_is_led_elsewhere(here: World, where: str, next: str) -> None:  # noqa: F811
    here.member.set_password("seven sober sapphire stoats")
    here.member.save()
    browser = Client(HTTP_HOST="127.0.0.1")
    if "logout" in where:
        browser.force_login(here.member, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post(where, {"login": here.member.username, "password": "seven sober sapphire stoats", "language": "en", "next": next})

    assert answer.status_code in (302, 303)
    assert "example.org" not in answer["Location"] and "javascript" not in answer["Location"]


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "127.0.0.1:80@example.org", "evil", ""])
def test_a_host_that_is_not_ours_is_answered_nothing(here: World, host: str) -> None:  # noqa: F811
    answer = Client(HTTP_HOST=host, raise_request_exception=False).get("/account/login/")

    assert answer.status_code == 400
    assert b"password" not in answer.content


@pytest.mark.parametrize("path", ["../desk.sqlite3", "..%2fdesk.sqlite3", "%2e%2e/keys/desk.key", "....//keys/desk.key", "/etc/passwd", "desk/../../keys/desk.key", "..\\keys\\desk.key"])
def test_nothing_lies_beside_the_static_files(here: World, path: str) -> None:  # noqa: F811
    assert Client(HTTP_HOST="127.0.0.1").get("/static/" + path).status_code == 404
