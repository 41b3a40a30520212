"""The first page of a case."""

from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest

from atleast.web.house.models import Case
from atleast.web.shelf.models import Piece, Source


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The event at a glance."""

    template: ClassVar[str] = "board/board.html"
    reports: int
    pieces: int


def board(request: HttpRequest, case: Case) -> BoardPage:
    """How the case stands."""
    return BoardPage(Source.objects.filter(case=case).count(), Piece.objects.filter(case=case).count())
