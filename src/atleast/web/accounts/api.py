"""The JSON interface, told in OpenAPI: made from the addresses and the pages' own fields."""

import dataclasses
import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from django.http import HttpRequest, JsonResponse

from atleast.web.house.rights import Right
from atleast.web.pages import ROUTES, Route

_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_PLAIN: dict[Any, dict[str, Any]] = {
    Any: {},
    type(None): {"type": "null"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}
_ERROR = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}


class Address(NamedTuple):
    """One page that can be had as JSON: its address, the right that it needs, what it holds, what it may be asked."""

    address: str
    may: str
    holds: str
    asks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """Every page that can be had as JSON."""

    template: ClassVar[str] = "accounts/api.html"
    addresses: tuple[Address, ...]


def api(request: HttpRequest) -> ApiPage:
    """Every page that can be had as JSON."""
    return ApiPage(tuple(sorted(map(_address, _told()))))


def _address(route: Route) -> Address:
    asked = tuple((name, each.says) for name, each in route.asks.items())
    return Address(
        "/" + _PART.sub(r"{\2}", route.pattern), str(route.may.value), _said(route.page).replace("`", ""), asked
    )


def openapi(request: HttpRequest) -> JsonResponse:
    """The description of the JSON interface, for programs."""
    return JsonResponse(description())


def description() -> dict[str, Any]:
    """OpenAPI 3.1 of every page that is a dataclass."""
    schemas: dict[str, Any] = {"Refusal": _ERROR}
    paths = {"/" + _PART.sub(r"{\2}", route.pattern): {"get": _operation(route, schemas)} for route in _told()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "atleast desk",
            "version": "1",
            "description": "Pages as JSON. Sign in as in a browser; the session cookie goes with each request.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "atleast"}},
        },
        "security": [{"session": []}],
    }


def _told() -> list[Route]:
    return [route for route in ROUTES.values() if route.page is not None and "GET" in route.methods]


def _said(page: Any) -> str:
    """The first sentence of a docstring."""
    return (page.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")


def _operation(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    parts = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0} if kind == "int" else {"type": "string", "minLength": 1},
        }
        for kind, name in _PART.findall(route.pattern)
    ]
    asked = [
        {"name": name, "in": "query", "required": False, "description": each.says, "schema": _query(each.kind)}
        for name, each in route.asks.items()
    ]
    as_json = {"name": "format", "in": "query", "required": True, "schema": {"enum": ["json"]}}
    refusal = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}}
    needs = f"the right to {route.may.value}" if isinstance(route.may, Right) else route.may.value
    return {
        "operationId": route.name,
        "summary": _said(route.page),
        "description": f"For: {needs}.",
        "parameters": [*parts, *asked, as_json],
        "responses": {
            "200": {
                "description": _said(route.page),
                "content": {"application/json": {"schema": schema(route.page, schemas)}},
            },
            "401": {"description": "Nobody is signed in.", **refusal},
            "403": {"description": "The role does not include this.", **refusal},
            "404": {"description": "There is none, or none that can be seen.", **refusal},
        },
    }


def _query(kind: Any) -> dict[str, Any]:
    if isinstance(kind, tuple):
        return {"enum": list(kind)}
    return {"type": "integer", "minimum": 0} if kind is int else {"type": "string"}


def schema(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """What a value of this type looks like in JSON (`pages.plain`). Records that it mentions are put into `schemas`."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema(each, schemas) for each in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [each.value for each in kind]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema(inner[1], schemas)}
    if origin is tuple and (len(inner) != 2 or inner[1] is not Ellipsis):
        return {"type": "array", "prefixItems": [schema(each, schemas) for each in inner]}
    if origin is not None and inner:
        return {"type": "array", "items": schema(inner[0], schemas)}
    if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        return _record(kind, schemas)
    return {}


def _record(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    name = f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"
    if name not in schemas:
        schemas[name] = {}  # a record may hold its like
        fields = [f.name for f in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else kind._fields
        try:
            hints = get_type_hints(kind)
        except NameError:
            # Types that are there for the checker only cannot be looked up while the desk runs.
            hints = {}
        schemas[name] = {
            "type": "object",
            "description": " ".join((kind.__doc__ or "").split()),
            "properties": {field: schema(hints.get(field, Any), schemas) for field in fields},
            "required": list(fields),
        }
    return {"$ref": f"#/components/schemas/{name}"}
