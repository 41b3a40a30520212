from django.apps import AppConfig


class Intake(AppConfig):
    """How reports, lists and calls come in."""

    name = "atleast.web.intake"
    label = "intake"
