from django.apps import AppConfig


class Intake(AppConfig):
    """How reports, lists and calls come in."""

    name = "atleast.web.intake"
    label = "intake"

    def ready(self) -> None:
        from atleast.web import jobs

        from .importing import bring

        jobs.KINDS["import"] = bring
