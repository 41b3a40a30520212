"""A desk for tests: a real database, brought up to date once; what a test writes is rolled back."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from . import passphrases
from .browser import browser, running, sign_in

__all__ = ["browser", "running", "sign_in"]


@pytest.fixture(autouse=True)
def no_loop_but_ones_own(request: pytest.FixtureRequest) -> Iterator[None]:
    """Playwright leaves its loop in this thread; to a test that drives no browser it is as if there were none."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)


@pytest.fixture(scope="session", autouse=True)
def thrift() -> Iterator[None]:
    """In this process passwords and passphrases are quick to guess, and all browsers share what is made to answer them.

    A desk in a process of its own takes as long as it does.
    """
    from django.contrib.auth.hashers import Argon2PasswordHasher
    from django.core.signals import setting_changed
    from django.test.client import ClientHandler

    load, loaded = ClientHandler.load_middleware, dict[str, Any]()

    def load_once(self: Any, is_async: bool = False) -> None:
        if not loaded:
            load(self, is_async)
            loaded.update({name: value for name, value in vars(self).items() if name.startswith("_")})
        vars(self).update(loaded)

    setting_changed.connect(lambda **_: loaded.clear(), weak=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pyrage.passphrase.encrypt", passphrases.encrypt)
        for cost, least in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
            patch.setattr(Argon2PasswordHasher, cost, least)
        patch.setattr(ClientHandler, "load_middleware", load_once)
        yield


@pytest.fixture(scope="session")
def desk() -> Iterator[None]:
    """A desk whose database is there and empty."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    from atleast.web.serving import prepare

    prepare()
    setup_test_environment(debug=False)
    yield
    teardown_test_environment()
    from django.db import connections

    connections.close_all()


@pytest.fixture
def db(desk: None) -> Iterator[None]:
    """What is written to the database is undone in the end."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def case(db: None) -> Any:
    """An empty case."""
    from atleast.web.house.models import Case

    return Case.objects.create(slug="strelsau", title="Strelsau, 3 May", zone="Europe/Prague")


@pytest.fixture
def as_role(case: Any) -> Any:
    """`as_role("reader")` is a browser (without scripts) of somebody who has this role in the case."""
    from django.test import Client

    from atleast.web.house.models import Account, Membership

    def client(role: str | None, name: str = "") -> Client:
        made = Client(HTTP_HOST="127.0.0.1")
        if role is not None:
            account, _ = Account.objects.get_or_create(username=name or f"a-{role}", is_superuser=role == "owner")
            if role not in ("owner", "nobody"):
                Membership.objects.get_or_create(case=case, account=account, role=role)
            made.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return made

    return client
