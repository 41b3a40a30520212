"""atleast: what the claims about protest arrests jointly prove, and which of them cannot all be true.

The verbs are packages, and their objects are functions: `read.claims(report)`, `reckon.tally(claims)`.
Nothing is imported until it is named, so `import atleast` costs nothing.
"""

import importlib
from types import ModuleType

_VERBS = ("collect", "lexicon", "model", "read", "reckon", "review")

__all__ = ["collect", "lexicon", "model", "read", "reckon", "review"]


def __getattr__(name: str) -> ModuleType:
    if name in _VERBS:
        return importlib.import_module(f"atleast.{name}")
    raise AttributeError(f"module 'atleast' has no attribute {name!r}")
