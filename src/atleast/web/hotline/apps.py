from django.apps import AppConfig


class Hotline(AppConfig):
    """Calls, taken down as one hears."""

    name = "atleast.web.hotline"
    label = "hotline"
