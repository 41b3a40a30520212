from django.apps import AppConfig


class Shelf(AppConfig):
    """What follows from the ledger."""

    name = "atleast.web.shelf"
    label = "shelf"

    def ready(self) -> None:
        from . import following, pieces

        following.rooms.append(pieces)
