from django.apps import AppConfig


class Forgetting(AppConfig):
    """Erasing a person."""

    name = "atleast.web.forgetting"
    label = "forgetting"

    def ready(self) -> None:
        from atleast.web import jobs

        from . import doing, looking

        jobs.KINDS |= {doing.KIND: doing.work, looking.KIND: looking.work}
