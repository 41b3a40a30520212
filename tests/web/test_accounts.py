"""Signing in and out, second factors, sessions, invitations, roles: who gets in, who stays, and what is noted of it."""

import re
import runpy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from atleast.web.accounts.guarding import WITHOUT_SECOND_FACTOR
from atleast.web.accounts.history import DEEDS
from atleast.web.accounts.inviting import invite
from atleast.web.accounts.models import Sitting
from atleast.web.accounts.sessions import SessionStore, kept_as
from atleast.web.entering import sign_in_link
from atleast.web.house.models import Account, Audit, Case, Invitation, Membership, rights_in
from atleast.web.house.rights import Right, Role, rights
from atleast.web.ledger.writing import append
from atleast.web.pages import ROUTES
from atleast.web.urls import urlpatterns  # noqa: F401

from .invented import REPORT, claim, decision

ROOT = Path(__file__).parents[2]
PASSWORD = "seven sober sapphire stoats"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def rudolf(case: Case) -> Account:
    """A reader with a password."""
    account = Account.objects.create_user("rudolf", password=PASSWORD)
    Membership.objects.create(case=case, account=account, role=Role.READER)
    return account


def browser(**more: Any) -> Client:
    return Client(HTTP_HOST="127.0.0.1", HTTP_USER_AGENT=FIREFOX, **more)


def signed_in(handle: str = "rudolf", password: str = PASSWORD) -> Client:
    made = browser()
    made.post("/account/login/", {"login": handle, "password": password})
    return made


def within(client: Client) -> bool:
    """Whether this browser is signed in."""
    return client.get("/account/").status_code == 200


def noted() -> list[tuple[str | None, str]]:
    return list(Audit.objects.order_by("pk").values_list("account__username", "did"))


# ── Signing in ──


def test_with_the_right_password_one_is_in(rudolf: Account) -> None:
    assert within(signed_in())
    assert not within(signed_in(password="another one entirely"))
    assert noted() == [("rudolf", "signed in"), ("rudolf", "failed to sign in")]


def test_what_is_said_to_a_wrong_password_and_to_an_unknown_handle_is_the_same(rudolf: Account) -> None:
    wrong, unknown = (browser().post("/account/login/", {"login": handle, "password": "x" * 20}) for handle in ("rudolf", "michael"))

    assert wrong.status_code == unknown.status_code == 200
    assert bare(wrong.content, b"rudolf") == bare(unknown.content, b"michael")


def test_a_handle_that_nobody_has_costs_as_much_work_as_one_that_somebody_has(rudolf: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hashed: list[str] = []
    encode = Argon2PasswordHasher.encode
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda self, password, salt: hashed.append(password) or encode(self, password, salt))
    browser().post("/account/login/", {"login": "michael", "password": "x" * 20})

    assert hashed == ["x" * 20]


def test_a_password_typed_as_handle_is_not_noted_anywhere(case: Case) -> None:
    browser().post("/account/login/", {"login": PASSWORD, "password": "rudolf"})

    assert noted() == [(None, "failed to sign in")]
    assert b"sapphire" not in everything_on_disk()


def test_who_tries_often_is_told_to_wait_even_with_the_right_password(rudolf: Account) -> None:
    for _ in range(5):
        signed_in(password="another one entirely")

    assert not within(signed_in())


def test_links_cannot_be_tried_one_after_the_other(case: Case) -> None:
    answers = [browser().get(f"/{kind}/{'x' * 32}/").status_code for _ in range(15) for kind in ("enter", "invited")]

    assert answers[:20] == [410] * 20
    assert set(answers[20:]) == {429}


def failing(rudolf: Account, forwarded: str, times: int) -> int:
    """What the last of some wrong passwords, for handles that nobody has, is answered with."""
    status = 0
    for n in range(times):
        given = {"login": f"nobody-{forwarded[-9:]}-{n}", "password": "another one entirely"}
        status = browser(HTTP_X_FORWARDED_FOR=forwarded).post("/account/login/", given).status_code
    return status


def test_without_a_server_in_front_a_forged_address_changes_nothing(rudolf: Account) -> None:
    for n in range(10):
        failing(rudolf, f"198.51.100.{n}", 1)

    assert not within(signed_in())


def test_behind_a_server_in_front_each_address_is_counted_by_itself(rudolf: Account) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        failing(rudolf, "198.51.100.7", 10)
        away, here = (browser(HTTP_X_FORWARDED_FOR=each) for each in ("198.51.100.7", "192.0.2.1"))
        for each in (away, here):
            each.post("/account/login/", {"login": "rudolf", "password": PASSWORD})

        assert within(here) and not within(away)


def test_behind_a_server_in_front_what_a_client_says_of_itself_is_not_believed(rudolf: Account) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        for n in range(10):
            failing(rudolf, f"192.0.2.{n}, 198.51.100.7", 1)
        client = browser(HTTP_X_FORWARDED_FOR="192.0.2.99, 198.51.100.7")
        client.post("/account/login/", {"login": "rudolf", "password": PASSWORD})

        assert not within(client)


def test_a_server_in_front_is_there_only_where_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {}
    for said in ("", "yes"):
        monkeypatch.setenv("ATLEAST_HTTPS", said)
        made = runpy.run_path(str(ROOT / "src" / "atleast" / "web" / "settings.py"))
        told[said] = made["ALLAUTH_TRUSTED_PROXY_COUNT"], made["SECURE_PROXY_SSL_HEADER"], made["SESSION_COOKIE_SECURE"]

    assert told == {"": (0, None, False), "yes": (1, ("HTTP_X_FORWARDED_PROTO", "https"), True)}


def test_the_servers_in_front_tell_who_asks_and_nothing_that_he_says_of_himself() -> None:
    nginx = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    told = [line.split("#")[0].split() for line in nginx.splitlines()]

    assert ["proxy_set_header", "X-Forwarded-For", "$remote_addr;"] in told
    assert not any("$proxy_add_x_forwarded_for;" in words for words in told)


# ── Sessions ──


def everything_on_disk() -> bytes:
    with connection.cursor() as cursor:
        stored = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            stored += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor.fetchall() for v in row]
    return b" ".join(stored)


def test_neither_key_nor_device_nor_address_of_a_session_is_on_disk(rudolf: Account) -> None:
    client = signed_in()

    stored = everything_on_disk()
    assert client.cookies["atleast"].value.encode() not in stored
    assert kept_as(client.cookies["atleast"].value).encode() in stored
    for word in (b"Firefox", b"Gecko", b"127.0.0.1"):
        assert word not in stored


def test_a_session_is_known_again_by_two_words(rudolf: Account) -> None:
    page = signed_in().get("/account/sessions/?format=json").json()

    assert [(each["device"], each["here"]) for each in page["sessions"]] == [("Firefox, Linux", True)]


def test_one_session_is_ended_from_another(rudolf: Account) -> None:
    lost, kept = signed_in(), signed_in()
    kept.post("/account/sessions/", {"session": kept_as(lost.cookies["atleast"].value)})

    assert (within(lost), within(kept)) == (False, True)


@pytest.mark.parametrize(("which", "stays"), [("others", True), ("all", False)])
def test_all_sessions_are_ended_at_once(rudolf: Account, which: str, stays: bool) -> None:
    lost, here = signed_in(), signed_in()
    here.post("/account/sessions/", {"session": which})

    assert (within(lost), within(here)) == (False, stays)


def test_nobody_ends_the_session_of_another(rudolf: Account) -> None:
    Account.objects.create_user("michael", password=PASSWORD)
    his, other = signed_in(), signed_in("michael")
    other.post("/account/sessions/", {"session": kept_as(his.cookies["atleast"].value)})

    assert within(his)


def test_a_new_password_ends_every_other_session(rudolf: Account) -> None:
    lost, here = signed_in(), signed_in()
    answer = here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": PASSWORD[::-1], "password2": PASSWORD[::-1]})

    assert answer.status_code == 302
    assert (within(lost), within(here)) == (False, True)
    assert Sitting.objects.filter(account=rudolf).count() == 1


def test_a_session_gets_a_new_key_when_somebody_signs_in(rudolf: Account) -> None:
    client = browser()
    store = SessionStore()
    store["planted"] = True
    store.create()
    client.cookies["atleast"] = planted = store.session_key
    client.post("/account/login/", {"login": "rudolf", "password": PASSWORD})

    assert client.cookies["atleast"].value != planted
    assert not SessionStore().exists(planted)


def test_a_session_that_is_too_old_is_none_and_is_swept_away(rudolf: Account) -> None:
    client = signed_in()
    Sitting.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert not within(client)
    signed_in()
    assert Sitting.objects.filter(account=rudolf).count() == 1


def test_a_session_whose_body_was_changed_lets_nobody_in(rudolf: Account) -> None:
    mine = signed_in()
    other = Account.objects.create_user("michael", password=PASSWORD)
    his = signed_in("michael")
    stolen = Sitting.objects.get(key=kept_as(his.cookies["atleast"].value)).body
    Sitting.objects.filter(key=kept_as(mine.cookies["atleast"].value)).update(body=stolen, account=other)

    assert not within(mine)


# ── The second factor ──


def with_app(account: Account) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_who_has_a_second_factor_is_not_in_before_it(rudolf: Account) -> None:
    secret = with_app(rudolf)
    client = signed_in()
    assert not within(client)

    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not within(client)

    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert within(client)
    assert ("rudolf", "failed the second factor") in noted()


def test_a_sign_in_link_does_not_stand_for_the_second_factor_but_one_from_the_machine_itself_does(rudolf: Account) -> None:
    secret = with_app(rudolf)
    by_link, by_machine = browser(), browser()
    by_link.post(sign_in_link(rudolf))
    by_machine.post(sign_in_link(rudolf, second_factor=False))

    assert (within(by_link), within(by_machine)) == (False, True)
    by_link.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert within(by_link)


def test_secrets_of_second_factors_are_sealed(rudolf: Account) -> None:
    secret = with_app(rudolf)

    assert secret.encode() not in everything_on_disk()


def test_an_app_is_set_up_and_brings_recovery_codes(rudolf: Account) -> None:
    client = signed_in()
    asked_again = client.get("/account/2fa/totp/activate/", follow=True)
    assert "Is it you?" in asked_again.content.decode()
    client.post(asked_again.redirect_chain[-1][0], {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]  # type: ignore[index]

    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post("/account/2fa/totp/activate/", {"code": code(secret)}, follow=True)

    assert len(re.findall(r"<li><code>", answer.content.decode())) == 10
    assert [did for _, did in noted()] == ["signed in", "added a second factor", "added a second factor"]


@override_settings(ATLEAST_FORCE_MFA=True)
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_where_it_is_demanded_nobody_gets_further_without_one(name: str, case: Case, as_role: Any) -> None:
    from .test_matrix import address, asked, world

    here = world("zenda", "2")
    for role in ("reader", "admin", "owner"):
        client = as_role(role)
        Membership.objects.get_or_create(case=here.case, account=Account.objects.get(username=f"a-{role}"), role=Role.ADMIN)
        method = ROUTES[name].methods[0]
        answer = asked(client, method, address(ROUTES[name], here))
        if name in WITHOUT_SECOND_FACTOR:
            assert answer.status_code < 400 or answer.status_code == 410
        else:
            assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")
            assert asked(client, method, address(ROUTES[name], here), QUERY_STRING="format=json").status_code == 403


@override_settings(ATLEAST_FORCE_MFA=True)
def test_where_it_is_demanded_it_can_be_set_up_and_opens_the_desk(rudolf: Account) -> None:
    client = signed_in()
    for path in ("/account/2fa/", "/account/logout/"):
        assert client.get(path).status_code == 200
    assert client.get("/").status_code == 302

    with_app(rudolf)
    assert client.get("/").status_code == 200


# ── Invitations and roles ──


def taken(path: str, handle: str = "fritz", client: Client | None = None) -> Client:
    client = client or browser()
    client.post(path, {"handle": handle, "password1": PASSWORD, "password2": PASSWORD})
    return client


def test_an_invitation_opens_an_account_with_one_role_once(case: Case, as_role: Any) -> None:
    page = as_role("admin").post("/strelsau/members/?format=json", {"role": "lawyer"}).json()
    link = page["link"].removeprefix("http://127.0.0.1")
    first, second = taken(link), taken(link, "michael")

    assert within(first) and not within(second)
    assert not Account.objects.filter(username="michael").exists()
    assert rights_in(Account.objects.get(username="fritz"), case) == rights([Role.LAWYER])
    assert ("fritz", "joined: lawyer") in noted() and ("a-admin", "invited: lawyer") in noted()


def test_of_a_link_only_a_hash_is_kept(case: Case, as_role: Any) -> None:
    link = as_role("admin").post("/strelsau/members/?format=json", {"role": "lawyer"}).json()["link"]

    assert link.split("/")[-2].encode() not in everything_on_disk()


def test_an_invitation_to_somebody_with_an_account_adds_a_role(case: Case, rudolf: Account) -> None:
    client = signed_in()
    client.post(invite(case, Role.LAWYER, by=rudolf))

    assert rights_in(rudolf, case) == rights([Role.READER, Role.LAWYER])


@pytest.mark.parametrize("what", ["expired", "withdrawn", "made for an account"])
def test_a_link_that_holds_no_longer_opens_nothing(case: Case, as_role: Any, what: str) -> None:
    admin = as_role("admin")
    link = invite(case, Role.LAWYER, by=Account.objects.get(username="a-admin"))
    if what == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif what == "withdrawn":
        admin.post(f"/strelsau/members/withdraw/{Invitation.objects.get(case=case).pk}/")
    else:
        Invitation.objects.update(account=Account.objects.get(username="a-admin"))

    assert browser().get(link).status_code == 410
    assert not within(taken(link))


def test_looking_at_an_invitation_does_not_use_it_up(case: Case, as_role: Any) -> None:
    as_role("admin")
    link = invite(case, Role.LAWYER, by=Account.objects.get(username="a-admin"))
    for _ in range(3):
        assert browser().get(link).status_code == 200

    assert within(taken(link))


@pytest.mark.parametrize(
    ("handle", "password", "again"),
    [("", PASSWORD, PASSWORD), ("fritz", "short", "short"), ("fritz", "password1234", "password1234"), ("fritz", PASSWORD, PASSWORD + "x"), ("fritz von tarlenheim", PASSWORD, PASSWORD), ("RUDOLF", PASSWORD, PASSWORD), ("tarlenheimer", "tarlenheimer", "tarlenheimer")],
)
def test_a_weak_password_or_a_handle_that_is_taken_opens_no_account(case: Case, rudolf: Account, handle: str, password: str, again: str) -> None:
    answer = browser().post(invite(case, Role.READER, by=rudolf), {"handle": handle, "password1": password, "password2": again})

    assert answer.status_code == 400
    assert b'class="errorlist"' in answer.content
    assert set(Account.objects.filter(is_superuser=False)) == {rudolf}


def test_roles_are_changed_and_each_change_is_noted(case: Case, rudolf: Account, as_role: Any) -> None:
    as_role("admin").post(f"/strelsau/members/{rudolf.pk}/", {"role": ["intake", "editor"]})

    assert set(Membership.objects.filter(account=rudolf).values_list("role", flat=True)) == {"intake", "editor"}
    assert {did for who, did in noted() if who == "a-admin"} == {"signed in", "gave role: intake", "gave role: editor", "took role: reader"}


def test_who_is_dismissed_is_out_at_once(case: Case, rudolf: Account, as_role: Any) -> None:
    client = signed_in()
    as_role("admin").post(f"/strelsau/members/{rudolf.pk}/", {"dismiss": "1"})

    assert not within(client)
    assert signed_in().get("/strelsau/").status_code == 404


@pytest.mark.parametrize("given", [{"dismiss": "1"}, {"role": "reader"}])
def test_the_last_admin_cannot_go(case: Case, as_role: Any, given: dict[str, str]) -> None:
    admin = as_role("admin")
    me = Account.objects.get(username="a-admin")
    admin.post(f"/strelsau/members/{me.pk}/", given)
    assert Membership.objects.get(account=me).role == Role.ADMIN

    shut = Account.objects.create(username="sapt", is_active=False)
    Membership.objects.create(case=case, account=shut, role=Role.ADMIN)
    admin.post(f"/strelsau/members/{me.pk}/", given)
    assert Membership.objects.get(account=me).role == Role.ADMIN

    Account.objects.filter(username="sapt").update(is_active=True)
    admin.post(f"/strelsau/members/{me.pk}/", given)
    assert not Membership.objects.filter(account=me, role=Role.ADMIN).exists()


def test_who_is_shut_out_is_out_at_once_and_stays_out_until_let_in(rudolf: Account, as_role: Any) -> None:
    client, owner, where = signed_in(), as_role("owner"), f"/accounts/{rudolf.pk}/"
    owner.post(where, {"do": "deactivate"})
    assert not within(client) and not within(signed_in())
    by_link = browser()
    by_link.post(sign_in_link(rudolf))
    assert not within(by_link)

    cache.clear()
    owner.post(where, {"do": "activate"})
    assert within(signed_in())


def test_the_owner_helps_somebody_who_lost_everything(rudolf: Account, as_role: Any) -> None:
    with_app(rudolf)
    owner = as_role("owner")
    owner.post(f"/accounts/{rudolf.pk}/", {"do": "second-factor"})
    page = owner.post(f"/accounts/{rudolf.pk}/?format=json", {"do": "link"}).json()
    client = browser()
    client.post(page["link"].removeprefix("http://127.0.0.1"))

    assert within(client)
    assert not Authenticator.objects.filter(user=rudolf).exists()


def test_who_shuts_out_the_last_admin_of_a_case_runs_it_himself(case: Case, rudolf: Account, as_role: Any) -> None:
    Membership.objects.create(case=case, account=rudolf, role=Role.ADMIN)
    client, owner = signed_in(), as_role("owner")
    page = owner.post(f"/accounts/{rudolf.pk}/", {"do": "deactivate"}, follow=True)

    assert not within(client) and "you are now" in page.content.decode()
    admins = Membership.objects.filter(case=case, role=Role.ADMIN, account__is_active=True)
    assert list(admins.values_list("account__username", flat=True)) == ["a-owner"]
    assert ("a-owner", "gave role: admin") in noted()


def test_a_case_that_has_another_admin_is_not_taken_over(case: Case, rudolf: Account, as_role: Any) -> None:
    as_role("admin")
    Membership.objects.create(case=case, account=rudolf, role=Role.ADMIN)

    as_role("owner").post(f"/accounts/{rudolf.pk}/", {"do": "deactivate"})

    assert not Membership.objects.filter(account__username="a-owner").exists()


def test_the_last_owner_stays_whoever_asks(case: Case, as_role: Any) -> None:
    from atleast.web.accounts.everybody import shut_out

    as_role("owner")
    Account.objects.filter(username="owner").update(is_active=False)
    one, other = Account.objects.get(username="a-owner"), Account.objects.create(username="sapt", is_superuser=True)

    # Two who shut each other out at once: the second one finds the first gone.
    assert shut_out(other, by=one) == ()
    assert shut_out(one, by=other) is None
    assert Account.objects.get(pk=one.pk).is_active


def test_the_owner_cannot_shut_himself_out(case: Case, as_role: Any) -> None:
    owner = as_role("owner")
    owner.post(f"/accounts/{Account.objects.get(username='a-owner').pk}/", {"do": "deactivate"})

    assert within(owner)


@given(st.sets(st.sampled_from(list(Role))), st.sets(st.sampled_from(list(Role))))
def test_some_roles_may_do_the_union_of_what_each_may(some: set[Role], more: set[Role]) -> None:
    assert rights(some | more) == rights(some) | rights(more)
    assert rights(some) == {right for right in Right if any(right in rights([role]) for role in some)}


# ── What is noted ──


@pytest.mark.parametrize("statement", ["DELETE FROM house_audit", "UPDATE house_audit SET did = 'nothing'", "DELETE FROM house_account"])
def test_the_database_refuses_to_change_what_was_noted(rudolf: Account, statement: str) -> None:
    signed_in()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        connection.check_constraints()


def test_the_history_tells_additions_and_reads_in_one_list(case: Case, rudolf: Account, as_role: Any) -> None:
    append(case, [REPORT, claim()], by="flavia")
    signed_in()
    append(case, [decision("d1", "c1")], by="rudolf")
    page = as_role("editor").get("/strelsau/history/?format=json").json()

    told = [(deed["by"], deed["did"]) for deed in page["deeds"]]
    assert told == [("a-editor", "signed in"), ("rudolf", "decided: accepted"), ("rudolf", "signed in"), ("flavia", "added a claim"), ("flavia", "added a report")]
    assert page["handles"] == ["a-editor", "flavia", "rudolf"]


@pytest.mark.parametrize(("asked", "kinds"), [("by=flavia", ["added", "added"]), ("by=rudolf", ["decided", "account"]), ("kind=decided", ["decided"]), ("kind=added&by=rudolf", []), ("kind=account&by=rudolf", ["account"])])
def test_the_history_is_filtered_by_who_and_what(case: Case, rudolf: Account, as_role: Any, asked: str, kinds: list[str]) -> None:
    append(case, [REPORT, claim()], by="flavia")
    signed_in()
    append(case, [decision("d1", "c1")], by="rudolf")

    assert [deed["kind"] for deed in as_role("editor").get(f"/strelsau/history/?format=json&{asked}").json()["deeds"]] == kinds


def test_the_pages_of_the_history_tell_everything_once(case: Case, rudolf: Account, as_role: Any) -> None:
    for n in range(3):
        append(case, [claim(f"c{n}-{i}") for i in range(70)] if n else [REPORT], by="flavia")
        for _ in range(40):
            Audit.objects.create(account=rudolf, case=case, did="saw a person", page="person")
    client, before, seen = as_role("editor"), "", []
    while True:
        page = client.get(f"/strelsau/history/?format=json&before={before}").json()
        seen += [(deed["at"], deed["number"], deed["about"]) for deed in page["deeds"]]
        before = page["before"]
        if not before:
            break

    assert len(seen) == 1 + 2 * 70 + 3 * 40 + 1
    assert [number for _, number, _ in seen if number] == list(range(141, 0, -1))


def test_a_case_is_not_told_of_sign_ins_of_people_who_do_not_work_in_it(case: Case, as_role: Any) -> None:
    Account.objects.create_user("michael", password=PASSWORD)
    signed_in("michael")

    assert b"michael" not in as_role("editor").get("/strelsau/history/").content
    assert b"michael" in as_role("owner").get("/history/").content


def test_everything_that_a_page_notes_is_said_in_words_that_are_translated() -> None:
    noted = {route.audited for route in ROUTES.values()} - {""}

    assert noted <= set(DEEDS), "add them to DEEDS in web/accounts/history.py"


def bare(page: bytes, *but: bytes) -> bytes:
    """A page without the form's token, and without these words."""
    page = re.sub(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+', b"", page)
    return re.sub(b"|".join(but), b"", page)
