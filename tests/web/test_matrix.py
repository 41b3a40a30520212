"""Every address × every role × every method: what is answered is what `house.rights` says, and nothing else.

A new view joins by being declared with `case_path` or `site_path`. Where its address has parts that are new, `EXAMPLES`
must know a value for each: that is the one thing to add here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from atleast.reckon import Key
from atleast.web.accounts.inviting import invite
from atleast.web.board.parts import row_id
from atleast.web.entering import sign_in_link
from atleast.web.forgetting import looking as erasing
from atleast.web.hotline.models import Draft
from atleast.web.house.models import Account, Case, Invitation, Job, Membership
from atleast.web.house.rights import Right, Role, Site, rights
from atleast.web.intake.models import Spreadsheet
from atleast.web.ledger.names import new
from atleast.web.ledger.writing import append
from atleast.web.pages import ROUTES, Route
from atleast.web.urls import urlpatterns  # noqa: F401
from atleast.web.vault import vault

from .invented import REPORT, claim, decision, mention

pytestmark = pytest.mark.alike
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class World:
    """A case with something of each kind in it. There are two of them, and nothing of one is found in the other."""

    case: Case
    report: str
    claim: str
    mention: str
    decision: str
    job: Job
    member: Account
    call: str

    def invitation(self) -> Invitation:
        invite(self.case, Role.READER, by=self.member)
        return Invitation.objects.filter(case=self.case).latest("pk")


def world(slug: str, mark: str) -> World:
    case = Case.objects.create(slug=slug, title=slug.title(), zone="Europe/Prague")
    report = replace(REPORT, id=f"r{mark}")
    read = [replace(claim(f"c{mark}"), report=report.id), replace(mention(f"m{mark}"), report=report.id)]
    append(case, [report, *read, decision(f"d{mark}", f"c{mark}")], by="flavia")
    member = Account.objects.create(username=f"member-{slug}")
    Membership.objects.create(case=case, account=member, role=Role.READER)
    job = Job.objects.create(case=case, kind="import", made_by=member)
    call = Draft.objects.create(case=case, account=member, name=new("report"))
    return World(case, report.id, read[0].id, read[1].id, f"d{mark}", job, member, call.name)


def sheet_of(world: World) -> int:
    """A spreadsheet that waits in this world."""
    from atleast.web.intake import looking

    if found := Spreadsheet.objects.filter(case=world.case).first():
        return int(found.pk)
    kept = looking.keep(world.case, "list.csv", b"name,city\nRudolf,Zenda\n", {}, by=world.member)
    assert isinstance(kept, list)
    return int(kept[0].pk)


EXAMPLES: dict[str, Callable[[World], Any]] = {
    "case": lambda world: world.case.slug,
    "report": lambda world: world.report,
    "claim": lambda world: world.claim,
    "mention": lambda world: world.mention,
    "piece": lambda world: world.claim,
    "decision": lambda world: world.decision,
    "call": lambda world: world.call,
    "job": lambda world: world.job.pk,
    "sheet": lambda world: sheet_of(world),
    "account": lambda world: world.member.pk,
    "source": lambda world: f"c{vault().blind('Rassendyll Watch')}",
    "row.key": lambda world: row_id(Key("detained", "Strelsau, Ruritania")),
    "contradiction.key": lambda world: f"{world.case.pk:016x}",
    "invitation": lambda world: world.invitation().pk,
    "erasing.job": lambda world: Job.objects.get_or_create(case=world.case, kind="forget")[0].pk,
    "forget-plan.job": lambda world: erasing.ask(world.case, [world.mention], by=world.member).pk,
    "enter.token": lambda world: sign_in_link(world.member).split("/")[2],
    "invited.token": lambda world: invite(world.case, Role.READER, by=world.member).split("/")[2],
}
"""A value for each part of an address, by the name of the part, or by `page.part` where one page needs its own.
What is given for the other world must not be found in this one: that is tested, too."""

OF_NO_CASE = frozenset({"source", "token", "row.key"})
"""Parts that are the same in every case (a kind, a quantity, a link that is its own key), by name or `page.part`."""

STATES: dict[str, set[int]] = {
    "contradiction": {404},
    # A call that is taken down is its taker's own, whatever others may.
    "call-open": {404},
    "call-more": {404},
    # Who may take in and not see reports sees the jobs that he asked for himself, and no others.
    "job": {404},
    "job-stop": {404},
    "job-resume": {404},
    "job-undo": {404},
    "sheet": {404},
    "sheet-errors": {404},
}
"""What else a page may answer to who may use it and sends nothing with it: `{"page": {409}}`."""

OTHERS: dict[str, Site] = {
    "set_language": Site.ANYONE,
    "account_login": Site.ANYONE,
    "account_logout": Site.ANYONE,
    "account_inactive": Site.ANYONE,
    "account_reauthenticate": Site.SIGNED_IN,
    "account_change_password": Site.SIGNED_IN,
    "account_set_password": Site.SIGNED_IN,
    # These two are for who has given the password and not yet the second factor: nobody else gets past the redirect.
    "mfa_authenticate": Site.SIGNED_IN,
    "mfa_login_webauthn": Site.ANYONE,
    "mfa_index": Site.SIGNED_IN,
    "mfa_reauthenticate": Site.SIGNED_IN,
    "mfa_activate_totp": Site.SIGNED_IN,
    "mfa_deactivate_totp": Site.SIGNED_IN,
    "mfa_view_recovery_codes": Site.SIGNED_IN,
    "mfa_generate_recovery_codes": Site.SIGNED_IN,
    "mfa_download_recovery_codes": Site.SIGNED_IN,
    "mfa_list_webauthn": Site.SIGNED_IN,
    "mfa_add_webauthn": Site.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Site.SIGNED_IN,
    "mfa_remove_webauthn": Site.SIGNED_IN,
}
"""Addresses that are not ours but django-allauth's and Django's: all of them."""

FINE = {*range(200, 400), 400, 422}


def addresses(of: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address that is answered, with its pattern."""
    for each in (of or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each, before + str(each.pattern))
        else:
            yield before + str(each.pattern), each


def example(route: Route, part: str, world: World) -> Any:
    make = EXAMPLES.get(f"{route.name}.{part}", EXAMPLES.get(part))
    if make is None:
        pytest.fail(
            f"the page {route.name} has <{part}> in its address, and nobody knows a value for it: "
            f'add EXAMPLES["{part}"] = lambda world: … to tests/web/test_matrix.py'
        )
    return make(world)


def parts(route: Route) -> list[str]:
    pattern = next(pattern for _, pattern in addresses() if pattern.name == route.name)
    return list(pattern.pattern.converters)


def address(route: Route, world: World, **other: Any) -> str:
    return reverse(route.name, kwargs={part: example(route, part, world) for part in parts(route)} | other)


@dataclass(frozen=True)
class Somebody:
    """Who asks: what he is called in a message, what he may do here, and how he is signed in."""

    name: str
    account: Account | None
    may: frozenset[Right]
    owner: bool = False

    def browser(self) -> Client:
        made = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        if self.account:
            made.force_login(self.account, backend=BACKEND)
        return made


def everybody(case: Case, other: Case) -> list[Somebody]:
    """Everybody who might ask for a page of the case."""

    def made(name: str, *roles: Role, of: Case = case) -> Somebody:
        account = Account.objects.create(username=name)
        for role in roles:
            Membership.objects.create(case=of, account=account, role=role)
        return Somebody(name, account, rights(roles) if of == case else frozenset())

    owner = Account.objects.create(username="the-owner", is_superuser=True)
    return [
        Somebody("nobody signed in", None, frozenset()),
        made("signed-in-without-a-role"),
        *(made(f"the-{role}", role) for role in Role),
        made("reader-and-lawyer", Role.READER, Role.LAWYER),
        made("admin-of-another-case", Role.ADMIN, of=other),
        Somebody("the-owner", owner, frozenset(Right), owner=True),
    ]


def expected(route: Route, who: Somebody, method: str) -> set[int]:
    """What house.rights says that this person is answered."""
    answered = {*route.methods, *(["HEAD"] if "GET" in route.methods else [])}
    if method not in answered:
        return {405}
    if route.may is Site.ANYONE:
        return FINE | STATES.get(route.name, set())
    if who.account is None:
        return {302}
    if isinstance(route.may, Site):
        return FINE | STATES.get(route.name, set()) if route.may is Site.SIGNED_IN or who.owner else {403}
    if not who.may:
        return {404}
    return FINE | STATES.get(route.name, set()) if route.may in who.may else {403}


METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def asked(browser: Client, method: str, where: str, **given: Any) -> Any:
    """The answer; what it did to the database is undone."""
    cache.clear()  # whoever asks often is told to wait; that is tested elsewhere
    with transaction.atomic():
        answer = browser.generic(method, where, content_type="application/x-www-form-urlencoded", **given)
        transaction.set_rollback(True)
    return answer


@pytest.fixture
def here(db: None) -> World:
    return world("strelsau", "1")


@pytest.fixture
def there(here: World) -> World:
    return world("zenda", "2")


def test_every_address_is_declared_with_the_right_that_it_needs() -> None:
    undeclared = [
        where
        for where, pattern in addresses()
        if pattern.name not in OTHERS and getattr(pattern.callback, "route", None) is not ROUTES.get(pattern.name or "")
    ]

    assert not undeclared, "declare them with case_path or site_path (atleast.web.pages)"
    assert set(OTHERS) <= {pattern.name for _, pattern in addresses()}


def test_no_case_can_have_the_name_of_a_page() -> None:
    from atleast.web.cases import RESERVED

    first = {where.split("/")[0] for where, _ in addresses() if not where.startswith(("<", "^"))} - {""}

    assert first <= RESERVED


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_everybody_is_answered_what_the_table_of_rights_says(name: str, here: World, there: World) -> None:
    route, wrong = ROUTES[name], []
    for who in everybody(here.case, there.case):
        browser, where = who.browser(), address(route, here)
        for method in METHODS:
            status = asked(browser, method, where).status_code
            if status not in expected(route, who, method):
                wrong.append(f"{who.name}: {method} {where} is answered with {status}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if "GET" in route.methods))
def test_who_asks_for_json_is_refused_alike(name: str, here: World, there: World) -> None:
    route, wrong = ROUTES[name], []
    for who in everybody(here.case, there.case):
        answer = asked(who.browser(), "GET", address(route, here) + "?format=json")
        should = {401} if (now := expected(route, who, "GET")) == {302} else now
        if answer.status_code not in should:
            wrong.append(f"{who.name}: {answer.status_code}")
        if answer.status_code in (401, 403, 404) and not answer.headers["Content-Type"].startswith("application/json"):
            wrong.append(f"{who.name}: {answer.status_code} as {answer.headers['Content-Type']}")

    assert not wrong, "\n".join(wrong)


def _foreign() -> list[tuple[str, str]]:
    pairs = [(route, part) for route in ROUTES.values() if isinstance(route.may, Right) for part in parts(route)]
    return [(r.name, part) for r, part in pairs if part != "case" and not {part, f"{r.name}.{part}"} & OF_NO_CASE]


@pytest.mark.parametrize(("name", "part"), _foreign() or [pytest.param("", "", marks=pytest.mark.skip)])
def test_what_belongs_to_another_case_is_not_found_in_this_one(
    name: str, part: str, here: World, there: World
) -> None:
    route = ROUTES[name]
    where = address(route, here, **{part: example(route, part, there)})
    wrong = []
    for who in everybody(here.case, there.case):
        if who.may or who.owner:
            for method in route.methods:
                status = asked(who.browser(), method, where).status_code
                if status != (404 if route.may in who.may else 403):
                    wrong.append(f"{who.name}: {method} {where} is answered with {status}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if isinstance(route.may, Right) and "GET" in route.methods))
def test_nothing_of_another_case_stands_on_a_page_of_this_one(name: str, here: World) -> None:
    away = world("hentzau-away", "-away")
    sheet_of(away)
    admin = next(who for who in everybody(here.case, away.case) if who.name == "the-admin")
    Membership.objects.create(case=away.case, account=admin.account, role=Role.INTAKE)
    for asked_as in ("", "?format=json"):
        answer = asked(admin.browser(), "GET", address(ROUTES[name], here) + asked_as)
        # An event stream is told by numbers of the case that was asked for.
        assert answer.streaming or b"-away" not in answer.content


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if isinstance(route.may, Right)))
def test_a_case_that_is_not_there_and_one_that_is_not_mine_look_alike(name: str, here: World, there: World) -> None:
    route = ROUTES[name]
    stranger = everybody(here.case, there.case)[1].browser()

    where = address(route, here)

    mine, none = (asked(stranger, route.methods[0], each) for each in (where, where.replace("strelsau", "nowhere")))

    assert mine.status_code == none.status_code == 404
    assert _bare(mine.content) == _bare(none.content)


def _bare(page: bytes) -> bytes:
    """A page without what is its own: the address that was asked for, and the form's token."""
    return re.sub(rb'strelsau|nowhere|(?<=name="csrfmiddlewaretoken" value=")[^"]+', b"", page)


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_who_is_not_signed_in_gets_nowhere_but_to_the_door(name: str, here: World) -> None:
    browser = Client(HTTP_HOST="127.0.0.1")
    needs = {"pk": 1} if name == "mfa_remove_webauthn" else {}
    for method in ("GET", "POST"):
        answer = asked(browser, method, reverse(name, kwargs=needs))
        if OTHERS[name] is Site.SIGNED_IN:
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("account_login"))
        else:
            assert answer.status_code in FINE | {405}
