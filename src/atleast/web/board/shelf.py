"""Reckonings on the shelf: kept sealed, opened once in each process, never older than the ledger says.

What is asked of a case is a `Question`; its answer is kept in parts, so that a page opens only what it shows.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.db import transaction
from django.utils import timezone

from atleast.model import Span, span
from atleast.web.house.models import Case
from atleast.web.pages import made
from atleast.web.shelf.models import Reckoned
from atleast.web.vault import vault

VERSION = f"{version('atleast')} 3"
"""What is kept of another version of the desk is made anew; the last number counts changes of its form."""
LAST = "told"
"""The part of an answer that is kept last, with all that is told at length (`telling`): how much that is, by kind."""
_OPEN = 60


@dataclass(frozen=True, slots=True)
class Question:
    """How a case is asked: at which moment, and whether only what was reviewed counts. As it stands, if neither."""

    at: str = ""
    reviewed: bool = False

    def span(self, case: Case) -> Span | None:
        """The moment that is asked for.

        Raises:
            BadRecord: It is no time.
        """
        return span(self.at, zone=case.tz) if self.at else None

    @property
    def code(self) -> str:
        """What stands before the names of its parts; nothing for the case as it stands."""
        if self == NOW:
            return ""
        return f"{vault().blind(f'question {self.at} {self.reviewed}'):016x} "


NOW = Question()


_Key = tuple[int, str, str]


class _Opened:
    """What was opened lately in this process, by case, part and form, with the row that it was opened from."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, tuple[tuple[Any, ...], Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: _Key, mark: tuple[Any, ...]) -> Any:
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0] != mark:
                return None
            self._kept.move_to_end(key)
            return found[1]

    def put(self, key: _Key, mark: tuple[Any, ...], value: Any) -> None:
        with self._lock:
            self._kept[key] = mark, value
            while len(self._kept) > _OPEN:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_opened = _Opened()
_opening = threading.Lock()


def close() -> None:
    """Forget what was opened in this process."""
    _opened.clear()


def keep(
    case: Case,
    question: Question,
    number: int,
    seconds: float,
    parts: Mapping[str, Any],
    also: Callable[[], None] | None = None,
) -> None:
    """Keep parts of an answer, as `plain` gives them, all or none; nothing where what is there rests on more.

    Args:
        also: Writes what belongs to it, in the same transaction.
    """
    told = {"number": number, "made_at": timezone.now(), "seconds": seconds}
    # Sealed before the database is locked: it takes a while, and others write meanwhile.
    asked = {question.code + part: value for part, value in parts.items()}
    sealed = {part: vault().seal_json(value, of=_of(case, part)) for part, value in asked.items()}
    with transaction.atomic():
        if Reckoned.objects.filter(case=case, asked__in=list(sealed), number__gt=number).exists():
            return
        if also:
            also()
        for part, body in sealed.items():
            Reckoned.objects.update_or_create(case=case, asked=part, defaults=told | {"body": body})


def kept(case: Case, question: Question, part: str, kind: Any) -> tuple[int, Any] | None:
    """A part of an answer, with the number of entries that it rests on; None where there is none."""
    asked = question.code + part
    row = Reckoned.objects.filter(case=case, asked=asked)
    mark = row.values_list("pk", "number", "made_at").first()
    if mark is None:
        return None
    key = case.pk, asked, str(kind)
    value = _opened.get(key, mark)
    if value is not None:
        return int(mark[1]), value
    # Many ask at the same moment for what has just been reckoned: one opens it, and the others have it then.
    with _opening:
        if (value := _opened.get(key, mark)) is None:
            found = row.first()
            if found is None:
                return None
            mark = found.pk, found.number, found.made_at
            value = made(kind, vault().unseal_json(found.body, of=_of(case, asked)))
            _opened.put(key, mark, value)
    return int(mark[1]), value


def _of(case: Case, asked: str) -> str:
    return f"reckoned {case.pk} {asked}"
