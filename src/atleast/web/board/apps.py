from django.apps import AppConfig


class Board(AppConfig):
    """The first page of a case: the event at a glance."""

    name = "atleast.web.board"
    label = "board"

    def ready(self) -> None:
        from atleast.web import jobs
        from atleast.web.forgetting import doing, remains
        from atleast.web.shelf import following

        from . import forgetting, reckoning, shelf

        doing.rooms.append(forgetting.forget)
        remains.caches += [shelf.close, reckoning.close]
        following.rooms.append(reckoning)
        jobs.KINDS |= {"reckon": reckoning.reckon, "curve": reckoning.curve, "snapshot": reckoning.snapshot}
