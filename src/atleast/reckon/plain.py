"""A Tally or a Curve as plain values, fit for JSON: the structure of the records."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from atleast.model import People

from .curves import Curve
from .moments import Moment
from .results import Bound, Contradiction, Figure, Hold, Proof, Tally


def as_plain(whole: Tally | Curve) -> dict[str, Any]:
    """The whole of it as dicts, lists, texts, whole numbers and nulls. Fractions are texts, "1/2"."""
    plain: dict[str, Any] = {f.name: _plain(getattr(whole, f.name)) for f in dataclasses.fields(whole)}
    return plain


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Moment):
        return value.shown or None
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        return [_plain(v) for v in value]
    names = getattr(value, "_fields", None) or [f.name for f in dataclasses.fields(value)]
    return {name: _plain(getattr(value, name)) for name in names} | _also(value)


def _also(value: Any) -> dict[str, Any]:
    """What is worked out rather than kept, and useful beside the rest."""
    if isinstance(value, Contradiction):
        return {"claims": list(value.claims), "rules": list(value.rules), "core": [f.name for f in value.core]}
    if isinstance(value, Proof | Hold):
        return {"claims": list(value.claims)}
    if isinstance(value, Bound):
        return {"claimants": list(value.claimants)}
    if isinstance(value, People):
        return {"shown": str(value), "contradictory": value.contradictory}
    if isinstance(value, Figure):
        return {"claims": list(value.claims)}
    return {}
