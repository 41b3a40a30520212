from django.apps import AppConfig


class House(AppConfig):
    """Accounts, cases, roles."""

    name = "atleast.web.house"
    label = "house"
