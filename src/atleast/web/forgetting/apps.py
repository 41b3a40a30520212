from django.apps import AppConfig


class Forgetting(AppConfig):
    """Erasing a person."""

    name = "atleast.web.forgetting"
    label = "forgetting"
