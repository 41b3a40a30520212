from django.apps import AppConfig


class Hotline(AppConfig):
    """Calls, taken down as one hears."""

    name = "atleast.web.hotline"
    label = "hotline"

    def ready(self) -> None:
        from atleast.web.forgetting import doing

        from . import forgetting

        doing.rooms.append(forgetting.forget)
