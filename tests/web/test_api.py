"""The JSON interface is what its description says."""

import os
import re
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

from atleast.model import Report
from atleast.web.accounts.api import description
from atleast.web.house.models import Case
from atleast.web.ledger.reading import records
from atleast.web.pages import ROUTES
from atleast.web.urls import urlpatterns  # noqa: F401

from .test_matrix import STATES, World, address, asked, everybody, here, there  # noqa: F401

TOLD = sorted(name for name, route in ROUTES.items() if route.page and "GET" in route.methods)


@pytest.mark.parametrize("name", TOLD)
def test_every_page_is_what_the_description_says(name: str, here: World, there: World) -> None:  # noqa: F811
    from jsonschema_rs import Draft202012Validator

    owner = everybody(here.case, there.case)[-1].browser()
    answer = asked(owner, "GET", address(ROUTES[name], here), QUERY_STRING="format=json")
    told = description()
    operation = next(path["get"] for path in told["paths"].values() if path["get"]["operationId"] == name)
    if answer.status_code == 200:
        shape = operation["responses"]["200"]["content"]["application/json"]["schema"] | {"components": told["components"]}
        wrong = [f"{each.instance_path}: {each.message}" for each in Draft202012Validator(shape).iter_errors(answer.json())]
        assert not wrong
    else:
        assert answer.status_code in STATES[name] and str(answer.status_code) in operation["responses"]


def test_the_description_is_there_for_who_is_signed_in(as_role: Any) -> None:
    assert as_role(None).get("/api/openapi.json").status_code == 302
    told = as_role("reader").get("/api/openapi.json").json()

    assert {path["get"]["operationId"] for path in told["paths"].values()} == set(TOLD)
    assert b"openapi.json" in as_role("reader").get("/api/").content


class Noted(QueryDict):
    """A query that notes what it is asked for."""

    read: ClassVar[set[str]] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().getlist(key, default)

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return super().__contains__(key)

    def dict(self) -> Any:
        return self


@pytest.mark.parametrize("name", TOLD)
def test_what_a_page_reads_from_the_query_is_what_the_description_says(name: str, here: World, there: World, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    owner = everybody(here.case, there.case)[-1].browser()
    monkeypatch.setattr(WSGIRequest, "GET", property(lambda request: Noted(request.environ.get("QUERY_STRING", ""))))
    monkeypatch.setattr(Noted, "read", set())

    answer = asked(owner, "GET", address(ROUTES[name], here), QUERY_STRING="format=json")

    # The slider of the board sends which step it stands on, and is led to an address that says the moment.
    read = Noted.read - {"format"} - ({"step"} if name == "board" else set())
    operation = next(path["get"] for path in description()["paths"].values() if path["get"]["operationId"] == name)
    told = {each["name"] for each in operation["parameters"] if each["in"] == "query"} - {"format"}
    assert read == told if answer.status_code == 200 else read <= told


@pytest.mark.parametrize("name", [name for name in TOLD if ROUTES[name].asks])
def test_what_is_asked_wrongly_is_passed_over(name: str, here: World, there: World) -> None:  # noqa: F811
    owner, where = everybody(here.case, there.case)[-1].browser(), address(ROUTES[name], here)
    plain = asked(owner, "GET", where, QUERY_STRING="format=json").status_code

    for wrong in ("\0", "9" * 30, "9" * 30 + "-1", "-1", "1e400", "٣", "²", "a\u0301" * 500):
        for every in ROUTES[name].asks:
            answer = asked(owner, "GET", where, QUERY_STRING=urlencode({every: wrong, "format": "json"}))
            assert answer.status_code == plain, (every, wrong)


@pytest.mark.parametrize("name", [name for name in TOLD if "<str:" in ROUTES[name].pattern])
def test_nothing_has_a_name_that_no_database_could_hold(name: str, here: World, there: World) -> None:  # noqa: F811
    owner, route = everybody(here.case, there.case)[-1].browser(), ROUTES[name]
    strange = dict.fromkeys(re.findall("<str:(\\w+)>", route.pattern), "m\0")

    assert asked(owner, "GET", address(route, here, **strange), QUERY_STRING="format=json").status_code == 404


def test_what_no_database_could_hold_is_passed_over_in_what_is_typed(as_role: Any, case: Any) -> None:
    as_role("owner").post("/new/", {"title": "Zenda\0, 4 May", "slug": "zenda", "zone": "UTC"})
    call = as_role("intake").get("/strelsau/call/?format=json").json()
    said = {"call": call["call"], "when": call["typed"]["when"], "text": "Ten people\0 were held", "do": "send"}
    as_role("intake").post("/strelsau/call/save/", said)

    assert Case.objects.get(slug="zenda").title == "Zenda, 4 May"
    assert [each.text for _, each in records(case) if isinstance(each, Report)] == ["Ten people were held"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", TOLD)
def test_whatever_is_asked_the_answer_is_what_the_description_says(name: str, here: World, there: World) -> None:  # noqa: F811
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    says = [not_a_server_error, checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance]
    owner = everybody(here.case, there.case)[-1].browser()
    operation = schemathesis.openapi.from_dict(description()).find_operation_by_id(name)

    @settings(max_examples=int(os.environ.get("ASKED", "15")), deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(operation.as_strategy())
    def ask(case: Any) -> None:
        # Half of the questions are about a case that is there.
        slugs = {str(case.path_parameters["case"]), here.case.slug} if "case" in (case.path_parameters or {}) else {""}
        for slug in slugs:
            parts = {name: quote(str(value), safe="") for name, value in (case.path_parameters or {}).items()}
            where = case.operation.path.format(**(parts | ({"case": quote(slug, safe="")} if slug else {})))
            query = urlencode({**(case.query or {}), "format": "json"}, doseq=True)
            case.validate_response(_answer(asked(owner, "GET", where, QUERY_STRING=query), f"{where}?{query}"), checks=says)

    ask()


def _answer(given: Any, where: str) -> Any:
    """An answer of the desk in the form in which it is checked."""
    import requests
    from schemathesis.core.transport import Response

    headers = {name: [value] for name, value in given.headers.items()}
    request = requests.Request("GET", f"http://localhost{where}").prepare()
    return Response(given.status_code, headers, given.getvalue(), request, elapsed=0, verify=True)


@pytest.mark.parametrize("name", TOLD)
def test_a_method_that_is_not_answered_is_refused_with_those_that_are(name: str, here: World, there: World) -> None:  # noqa: F811
    owner, route = everybody(here.case, there.case)[-1].browser(), ROUTES[name]
    for method in {"POST", "PUT", "PATCH", "DELETE", "TRACE"} - set(route.methods):
        answer = asked(owner, method, address(route, here), QUERY_STRING="format=json")
        assert answer.status_code == 405 and set(answer["Allow"].split(", ")) == {*route.methods, "HEAD"}
