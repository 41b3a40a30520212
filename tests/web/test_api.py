"""The JSON interface is what its description says."""

import os
from typing import Any
from urllib.parse import quote

import pytest

from atleast.web.accounts.api import description
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
            case.validate_response(_answer(asked(owner, "GET", where, QUERY_STRING="format=json"), where), checks=says)

    ask()


def _answer(given: Any, where: str) -> Any:
    """An answer of the desk in the form in which it is checked."""
    import requests
    from schemathesis.core.transport import Response

    headers = {name: [value] for name, value in given.headers.items()}
    request = requests.Request("GET", f"http://localhost{where}?format=json").prepare()
    return Response(given.status_code, headers, given.getvalue(), request, elapsed=0, verify=True)


@pytest.mark.parametrize("name", TOLD)
def test_a_method_that_is_not_answered_is_refused_with_those_that_are(name: str, here: World, there: World) -> None:  # noqa: F811
    owner, route = everybody(here.case, there.case)[-1].browser(), ROUTES[name]
    for method in {"POST", "PUT", "PATCH", "DELETE", "TRACE"} - set(route.methods):
        answer = asked(owner, method, address(route, here), QUERY_STRING="format=json")
        assert answer.status_code == 405 and set(answer["Allow"].split(", ")) == {*route.methods, "HEAD"}
