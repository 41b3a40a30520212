"""A hotline call: what is typed is kept whoever else types, is understood at once, and is sent once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from atleast.model import Claim, Decision, Mention, Report
from atleast.web.hotline import correcting, keeping, sending
from atleast.web.hotline.models import Draft
from atleast.web.hotline.typed import Typed, moment, opened
from atleast.web.house import contacts
from atleast.web.house.models import Account, Case, Contact
from atleast.web.ledger.names import new
from atleast.web.ledger.reading import records
from atleast.web.shelf import pieces
from atleast.web.shelf.models import Piece

VAN = "five people in a van to station 78"
NAMED = "Rudolf Elphberg, Antoinette Mauban, taken from the square 21:40, station 12"


def page(browser: Any, where: str = "/strelsau/call/") -> dict[str, Any]:
    """A page of the hotline as JSON."""
    answer = browser.get(where + "?format=json")
    assert answer.status_code == 200, answer.status_code
    told: dict[str, Any] = json.loads(answer.content)
    return told


def saved(browser: Any, shown: dict[str, Any], text: str, *, json_wanted: bool = True, **more: Any) -> Any:
    """What is answered to the form of a page, sent with this text."""
    form = {"call": shown["call"], "seen": shown["version"], "owner": shown["owner"], "text": text}
    form |= {"language": "en", "when": "2021-05-03T22:10", "where": "Strelsau, Ruritania"} | more
    return browser.post("/strelsau/call/save/", form, **({"HTTP_ACCEPT": "application/json"} if json_wanted else {}))


def sent(browser: Any, text: str, **more: Any) -> str:
    """The name of a call that was sent with this text."""
    shown = page(browser)
    answer = saved(browser, shown, text, do="send", **more)
    assert json.loads(answer.content)["gone"], answer.content
    return str(shown["call"])


def of(case: Case, kind: type) -> list[Any]:
    return [record for _, record in records(case) if isinstance(record, kind)]


def keys(shown: dict[str, Any]) -> list[str]:
    return [each["key"] for each in shown["reading"]["proposals"]]


# ── Sending ──


def test_a_call_becomes_a_report_with_what_was_understood(case: Any, as_role: Callable[..., Any]) -> None:
    name = sent(as_role("intake"), f"{VAN}\n{NAMED}")

    [report], claims, mentions = of(case, Report), of(case, Claim), of(case, Mention)
    assert (report.id, report.kind, report.language) == (name, "call", "en")
    assert report.published == "2021-05-03T22:10+02:00"
    assert report.text == f"{VAN}\n{NAMED}"
    assert [(each.low, each.of, each.place) for each in claims] == [(5, "van → station 78", "Strelsau, Ruritania")]
    assert [each.name for each in mentions] == ["Rudolf Elphberg", "Antoinette Mauban"]
    assert all(report.text[each.start : each.end] == each.quote for each in (*claims, *mentions))
    assert not of(case, Decision)
    assert set(Piece.objects.filter(case=case).values_list("state", flat=True)) == {"proposed"}


def test_what_was_confirmed_struck_out_and_corrected_is_decided(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, f"{VAN}\n{NAMED}")
    shown = page(browser, f"/strelsau/call/{shown['call']}/")
    five, rudolf, _antoinette = keys(shown)
    number = {f"{five}-number": "6-7", f"{five}-quantity": "detained", f"{five}-of": "van"}

    saved(browser, shown, f"{VAN}\n{NAMED}", do="send", mark=[f"edit:{five}", f"reject:{rudolf}"], **number)

    stands = {each.record.quote: each for each in pieces.stands(case, Piece.objects.values_list("name", flat=True)).values()}
    assert stands[VAN].state == "edited"
    assert (stands[VAN].record.low, stands[VAN].record.high, stands[VAN].record.of) == (6, 7, "van")
    assert (stands[VAN].original.low, stands[VAN].original.of) == (5, "van → station 78")
    assert stands["Rudolf Elphberg"].state == "rejected"
    assert stands["Antoinette Mauban"].state == "proposed"
    assert all(each.by == "a-intake" and (each.with_ or {})["on"] == [] for each in of(case, Decision))


def test_marks_stay_while_other_lines_are_typed(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, VAN)
    shown = page(browser, f"/strelsau/call/{shown['call']}/")
    saved(browser, shown, VAN, mark=f"accept:{keys(shown)[0]}")
    shown = page(browser, f"/strelsau/call/{shown['call']}/")

    saved(browser, shown, f"lawyer not let into station 14\n{VAN}\n12 held at station 9")

    shown = page(browser, f"/strelsau/call/{shown['call']}/")
    assert [(each["quote"], each["state"]) for each in shown["reading"]["proposals"] if each["state"]] == [(VAN, "accept")]
    saved(browser, shown, VAN.replace("five", "six"))
    shown = page(browser, f"/strelsau/call/{shown['call']}/")
    assert [each["state"] for each in shown["reading"]["proposals"]] == [""]


def test_all_that_is_left_is_confirmed_at_once(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, f"{VAN}\n{NAMED}", mark=["accept:all"])

    saved(browser, page(browser, f"/strelsau/call/{shown['call']}/"), f"{VAN}\n{NAMED}", do="send")

    assert set(Piece.objects.filter(case=case).values_list("state", flat=True)) == {"accepted"}


def test_sending_twice_makes_one_report(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)

    answers = [saved(browser, shown, VAN, do="send", tab="t", turn=4) for _ in range(3)]
    saved(browser, shown, VAN, tab="t", turn=3)  # came late
    saved(browser, shown, VAN, json_wanted=False, do="send")

    assert {json.loads(each.content)["where"] for each in answers} == {f"/strelsau/call/{shown['call']}/"}
    assert len(of(case, Report)) == len(of(case, Claim)) == Draft.objects.count() == 1


def test_what_is_typed_after_sending_is_kept_as_an_addition(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, VAN, do="send", tab="one", turn=1)

    saved(browser, shown, f"{VAN}\n12 held at station 9", tab="two", turn=1)

    left = Draft.objects.get(sent_at=None)
    assert opened(left).text.endswith("12 held at station 9")
    assert opened(left).refers == shown["call"]


def test_a_call_without_a_word_or_from_tomorrow_is_not_sent(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)

    blank = saved(browser, shown, "  \n", do="send", json_wanted=False)
    late = saved(browser, shown, VAN, do="send", json_wanted=False, when="2999-01-01T00:00")
    never = saved(browser, page(browser), VAN, do="send", json_wanted=False, when="2021-03-28T02:30")

    assert [each.status_code for each in (blank, late, never)] == [422, 422, 422]
    assert VAN in late.content.decode()
    assert not of(case, Report)


def test_what_another_window_wrote_in_this_moment_is_not_sent_unseen(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, VAN)
    looked_at = Draft.objects.get()
    saved(browser, page(browser, f"/strelsau/call/{shown['call']}/"), f"{VAN} or 79")

    with pytest.raises(sending.Moved):
        sending.send(case, looked_at.account, looked_at)

    assert not of(case, Report)


def test_the_hour_that_comes_twice_is_the_one_nearer_to_the_call() -> None:
    zone = ZoneInfo("Europe/Prague")
    told = [moment("2021-10-31T02:30", zone, datetime(2021, 10, 31, hour, 31, tzinfo=UTC)) for hour in (0, 1)]

    assert [each.isoformat() for each in told if each] == ["2021-10-31T02:30:00+02:00", "2021-10-31T02:30:00+01:00"]
    assert moment("2021-03-28T02:30", zone, datetime.now(UTC)) is None


def test_who_calls_is_who_says_it(case: Any, as_role: Callable[..., Any]) -> None:
    name = sent(as_role("intake"), f"{VAN}\nlawyer says 3 held at station 9", caller="relative")

    assert [(each.claimant, each.claimant_kind) for each in of(case, Claim)] == [
        (f"relative ({name})", "witness"),
        (f"lawyer ({name})", "lawyer"),
    ]


# ── Whose it is ──


def test_nobody_sees_the_calls_of_others(case: Any, as_role: Callable[..., Any]) -> None:
    mine, other = as_role("intake", "flavia"), as_role("intake", "sapt")
    shown = page(mine)
    saved(mine, shown, VAN)
    name = sent(mine, NAMED)

    for browser in (other, as_role("admin"), as_role("owner")):
        assert not page(browser)["open"] and not page(browser)["sent"]
        for call in (shown["call"], name):
            assert browser.get(f"/strelsau/call/{call}/").status_code == 404
            assert browser.post(f"/strelsau/call/{call}/more/").status_code == 404
            assert saved(browser, page(browser) | {"call": call}, "mine now").status_code == 404
    assert [each["begins"] for each in page(mine)["open"]] == [VAN]
    assert [each["name"] for each in page(mine)["sent"]] == [name]


def test_a_form_of_one_account_is_not_kept_for_another(case: Any, as_role: Callable[..., Any]) -> None:
    shown = page(as_role("intake", "flavia"))

    answer = saved(as_role("intake", "sapt"), shown, VAN)

    assert answer.status_code == 409
    assert not Draft.objects.exists()


def test_the_key_in_the_browser_is_of_one_account_and_one_call(case: Any, as_role: Callable[..., Any]) -> None:
    mine, other = as_role("intake", "flavia"), as_role("intake", "sapt")
    shown = page(mine)
    asked = f"/strelsau/call/keys/?of={shown['call']}&of=another"

    told, others = (json.loads(browser.get(asked).content) for browser in (mine, other))

    assert told["keys"][shown["call"]] == shown["key"] and len(bytes.fromhex(shown["key"])) == 32
    assert told["owner"] == shown["owner"] != others["owner"]
    assert len({*told["keys"].values(), *others["keys"].values()}) == 4


def test_contacts_are_sealed_and_seen_by_few(case: Any, as_role: Callable[..., Any]) -> None:
    mine = as_role("intake", "flavia")
    name = sent(mine, VAN, contact="aunt, 555 0199")
    lawyers = sent(as_role("lawyer"), VAN, contact="through the gate")

    assert page(mine, f"/strelsau/call/{name}/")["contacts"] is None
    assert page(as_role("lawyer"), f"/strelsau/call/{lawyers}/")["contacts"] == ["through the gate"]
    assert contacts.told(case, name) == ("aunt, 555 0199",)
    assert b"0199" not in bytes(Contact.objects.get(about=name).sealed)
    assert not any("0199" in str(record) for _, record in records(case))


def test_nobody_is_named_in_a_draft_on_disk(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, NAMED, contact="555 0199", mark="accept:all")
    sent(browser, NAMED)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM hotline_draft")
        rows = [bytes(c) if isinstance(c, memoryview) else str(c).encode() for row in cursor.fetchall() for c in row]
    assert rows and not [each for each in rows if b"Rudolf" in each or b"0199" in each or b"Elphberg" in each]
    assert {bool(bytes(draft.body)) for draft in Draft.objects.exclude(sent_at=None)} == {False}


# ── Adding to an earlier call ──


def test_an_earlier_call_is_corrected_by_a_further_report(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    first = sent(browser, "fifty people in a van to station 78")

    where = browser.post(f"/strelsau/call/{first}/more/")["Location"]
    shown = page(browser, where)
    [old] = shown["reading"]["earlier"]
    saved(browser, shown, VAN, do="send", mark=f"reject:{old['key']}")

    reports = of(case, Report)
    assert [each.text for each in reports] == ["fifty people in a van to station 78", VAN]
    assert reports[1].extra["refers"] == first
    assert dict(Piece.objects.values_list("low", "state")) == {50: "rejected", 5: "proposed"}


def test_a_correction_that_is_no_number_is_told_and_kept_out(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, VAN)
    shown = page(browser, f"/strelsau/call/{shown['call']}/")
    [key] = keys(shown)
    typed = {f"{key}-number": "a few", f"{key}-quantity": "detained", f"{key}-of": ""}

    answer = saved(browser, shown, VAN, json_wanted=False, mark=f"edit:{key}", do="send", **typed)

    assert answer.status_code == 422
    assert "15-20" in answer.content.decode()
    assert not of(case, Report)


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from(["{0}", "{0}-{1}", "{0}+", "~{0}", "≤{0}"]))
def test_a_number_is_typed_as_it_is_shown(one: int, other: int, shape: str) -> None:
    typed = shape.format(*sorted((one, other)))
    made = Claim("c", "r", "q", 0, 1, **correcting.number(typed))

    assert correcting.number(correcting.typed_number(made))["low"] == made.low
    assert correcting.number(correcting.typed_number(made))["high"] == made.high


# ── Without scripts ──


def test_the_form_works_without_scripts(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)

    where = saved(browser, shown, VAN, json_wanted=False, do="save")["Location"]
    drawn = browser.get(where).content.decode()

    assert VAN in drawn and "accept:" in drawn
    shown = page(browser, where)
    again = saved(browser, shown, VAN, json_wanted=False, mark=f"accept:{keys(shown)[0]}")["Location"]
    assert page(browser, again)["reading"]["proposals"][0]["state"] == "accept"
    done = saved(browser, page(browser, again), VAN, json_wanted=False, do="send")
    assert browser.get(done["Location"]).status_code == 200
    assert Piece.objects.get().state == "accepted"


def test_a_draft_that_is_thrown_away_is_gone(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, VAN)
    shown = page(browser, f"/strelsau/call/{shown['call']}/")

    saved(browser, shown, VAN, json_wanted=False, do="throw away")

    assert not Draft.objects.exists()


def test_a_flood_is_told_to_wait(case: Any, as_role: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_A_MINUTE", 2)
    browser = as_role("intake", "flood")
    shown = page(browser)

    statuses = [saved(browser, shown, VAN, tab="t", turn=n).status_code for n in range(1, 6)]

    assert 429 in statuses


# ── Two windows ──


class Tab:
    """A window that types, as call.js does it: its text only grows."""

    def __init__(self, case: Case, account: Account, call: str, number: int) -> None:
        self.case, self.account, self.call, self.number, self.loads = case, account, call, number, 0
        self.text, self.seen, self.turn, self.on_the_way = "", 0, 0, list[tuple[str, str, keeping.Window]]()

    def type(self, word: str) -> None:
        self.text += word
        self.turn += 1

    def put(self, answered: bool) -> set[str]:
        """Save; the answer may be lost."""
        kept = self._kept((self.call, self.text, self._window()))
        if kept and answered:
            self.call, self.seen = kept.name, kept.version
        return set(self.text)

    def delay(self) -> None:
        self.on_the_way.append((self.call, self.text, self._window()))

    def arrive(self) -> set[str]:
        late, self.on_the_way = self.on_the_way, []
        for each in late:
            self._kept(each)
        return {letter for _, text, _ in late for letter in text}

    def load(self) -> None:
        """Load the page anew: another window, with what is there."""
        there = Draft.objects.filter(name=self.call).first()
        self.loads += 1
        self.turn = 0
        self.text, self.seen = (opened(there).text, there.version) if there else ("", 0)

    def _window(self) -> keeping.Window:
        return keeping.Window(f"{self.number}-{self.loads}", self.turn, self.seen)

    def _kept(self, what: tuple[str, str, keeping.Window]) -> Draft | None:
        call, text, window = what
        return keeping.keep(self.case, self.account, call, Typed(text=text), window)


STEPS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(["type", "type", "put", "lost", "delay", "arrive", "load"])), max_size=25)


@given(STEPS)
@example([(0, "type"), (0, "delay"), (0, "type"), (0, "put"), (0, "arrive")])  # an older writing arrives last
@example([(0, "type"), (0, "put"), (1, "load"), (1, "type"), (1, "put"), (0, "type"), (0, "lost"), (0, "type"), (0, "put")])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whichever_way_two_windows_write_no_text_is_lost(case: Any, steps: list[tuple[int, str]]) -> None:
    with transaction.atomic():
        account, _ = Account.objects.get_or_create(username="flavia")
        call, typed = new("report"), 0x4E00
        tabs, arrived = [Tab(case, account, call, 0), Tab(case, account, call, 1)], set[str]()
        for number, step in steps:
            tab = tabs[number]
            match step:
                case "type":
                    tab.type(chr(typed))
                    typed += 1
                case "put" | "lost":
                    arrived |= tab.put(answered=step == "put")
                case "arrive":
                    arrived |= tab.arrive()
                case "delay" | "load":
                    getattr(tab, step)()

        assert arrived <= {letter for draft in Draft.objects.all() for letter in opened(draft).text}
        transaction.set_rollback(True)


# ── Signed out in the middle ──


def test_who_is_signed_out_finds_the_call_again_after_signing_in(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    browser.logout()

    answer = saved(browser, shown, NAMED, json_wanted=False, slip=shown["slip"], do="send")

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next=/strelsau/call/{shown['call']}/")
    assert opened(Draft.objects.get()).text == NAMED
    assert not of(case, Report)
    assert page(as_role("intake"), f"/strelsau/call/{shown['call']}/")["typed"]["text"] == NAMED


def test_a_slip_is_for_one_call_of_who_may_take_it(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown, another = page(browser), page(browser)
    Case.objects.create(slug="zenda", title="Zenda")
    stranger = as_role(None)
    attempts = [
        saved(stranger, another, VAN, slip=shown["slip"]),
        saved(stranger, shown, VAN, slip=shown["slip"][:-1] + "x"),
        saved(stranger, shown, VAN, slip=""),
        stranger.post("/zenda/call/save/", {"call": shown["call"], "slip": shown["slip"], "text": VAN}),
    ]
    Account.objects.get(username="a-intake").memberships.all().delete()
    attempts.append(saved(stranger, shown, VAN, slip=shown["slip"]))

    assert {each.status_code for each in attempts} == {401, 302}
    assert not Draft.objects.exists()


def test_what_stands_of_a_sent_call_says_whether_it_was_confirmed(case: Any, as_role: Callable[..., Any]) -> None:
    browser = as_role("intake")
    shown = page(browser)
    saved(browser, shown, VAN, mark=["accept:all"])
    shown = page(browser, f"/strelsau/call/{shown['call']}/")
    saved(browser, shown, f"{VAN}\n{NAMED}", do="send")

    stood = page(browser, f"/strelsau/call/{shown['call']}/")["stood"]

    assert [each["state"] for each in stood] == ["accept", "", ""]
