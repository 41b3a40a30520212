"""Passkeys in a real browser, with an authenticator that the browser plays itself."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from .browser import RunningDesk, Watched, watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "seven geese over Zenda"
INVITED = """
from atleast.web.accounts.inviting import invite
from atleast.web.house.models import Account, Case
from atleast.web.house.rights import Role
print(invite(Case.objects.first(), Role.READER, by=Account.objects.get(username="owner")))
"""


class Person:
    """Somebody with a browser of his own, and in it a key that knows its owner's finger."""

    def __init__(self, browser: Any, desk: RunningDesk) -> None:
        self.desk = desk
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.watched = Watched(self.page, desk)
        watch(self.watched)
        self._devices = self.context.new_cdp_session(self.page)
        self._devices.send("WebAuthn.enable")
        built_in = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        used = {"isUserVerified": True, "automaticPresenceSimulation": True}
        self._key = self._devices.send("WebAuthn.addVirtualAuthenticator", {"options": built_in | used})["authenticatorId"]

    def visit(self, path: str) -> None:
        self.page.goto(self.desk.address + path)

    def press(self, what: str) -> None:
        with self.page.expect_navigation():
            self.page.click(what)

    def open_account(self, handle: str) -> None:
        self.visit(self.desk.run(INVITED).strip())
        for field, typed in {"handle": handle, "password1": PASSWORD, "password2": PASSWORD}.items():
            self.page.fill(f"#id_{field}", typed)
        self.press("main form button")

    def add_key(self, *, alone: bool) -> None:
        self.visit("/account/2fa/")
        self.press("text=Add a passkey")
        self.page.set_checked("#id_passwordless", alone)
        self.press("#add_key")

    def sign_out(self) -> None:
        self.visit("/account/logout/")
        self.press("main form button")

    def finger(self, *, right: bool) -> None:
        """Whether it is the owner's finger that the key will feel."""
        self._devices.send("WebAuthn.setUserVerified", {"authenticatorId": self._key, "isUserVerified": right})

    def held(self) -> list[Any]:
        return list(self._devices.send("WebAuthn.getCredentials", {"authenticatorId": self._key})["credentials"])


@pytest.fixture
def person(browser: Any, running: RunningDesk) -> Iterator[Person]:
    made = Person(browser, running)
    yield made
    made.context.close()
    assert not made.watched.wrong


def test_a_passkey_is_added_signs_in_alone_and_is_removed(person: Person) -> None:
    person.open_account("fritz")
    person.add_key(alone=True)
    assert [key["rpId"] for key in person.held()] == ["localhost"]
    # With the first second factor come the recovery codes.
    assert person.page.url.endswith("/account/2fa/recovery-codes/")

    person.sign_out()
    person.visit("/account/login/?next=/account/sessions/")
    person.press("#passkey_login")
    assert person.page.url.endswith("/account/sessions/")

    person.visit("/account/2fa/keys/")
    assert "Signs in alone" in person.page.inner_text("main table")
    person.press("main tbody a")
    # Who changes how an account is entered shows once more that it is he.
    person.press("text=Use a security key")
    person.press("#use_key")
    person.press("main form button")
    assert person.page.url.endswith("/account/2fa/keys/") and not person.page.locator("tbody tr").count()

    person.sign_out()
    person.visit("/account/login/")
    person.press("#passkey_login")
    assert person.page.url.endswith("/account/login/") and "not known here" in person.page.inner_text("main")


def test_a_key_that_does_not_sign_in_alone_is_asked_for_after_the_password(person: Person) -> None:
    person.open_account("helga")
    person.add_key(alone=False)
    person.sign_out()

    person.visit("/account/login/")
    person.page.fill("#id_login", "helga")
    person.page.fill("#id_password", PASSWORD)
    person.press("main form button")
    assert person.page.url.endswith("/account/2fa/authenticate/")
    person.press("#use_key")

    person.visit("/account/")
    assert person.page.inner_text("h1") == "helga"


def test_a_finger_that_is_not_its_owners_is_told_on_the_page(person: Person) -> None:
    person.open_account("osra")
    person.add_key(alone=True)
    person.sign_out()
    person.visit("/account/login/")

    person.finger(right=False)
    person.page.click("#passkey_login")

    assert person.page.wait_for_selector("#key-trouble").inner_text().startswith("The key did not answer")
    assert person.page.url.endswith("/account/login/")


def test_under_an_address_in_numbers_the_page_says_where_passkeys_work(person: Person) -> None:
    where = person.desk.address.replace("localhost", "127.0.0.1")
    person.watched.desk = replace(person.desk, address=where)
    person.page.goto(where + "/account/login/")

    told = person.page.wait_for_selector("main .hint a")

    assert told.get_attribute("href") == person.desk.address + "/account/login/"
    assert not person.page.is_visible("#passkey_login")


def test_without_scripts_no_passkey_is_offered(sign_in: Any) -> None:
    page = sign_in(scripts=False).page
    page.context.clear_cookies()
    page.goto(page.url.rstrip("/") + "/account/login/")

    assert page.is_visible("#id_login") and not page.is_visible("#passkey_login")
