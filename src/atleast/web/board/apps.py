from django.apps import AppConfig


class Board(AppConfig):
    """The first page of a case: the event at a glance."""

    name = "atleast.web.board"
    label = "board"
