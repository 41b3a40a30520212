from django.apps import AppConfig


class Ledger(AppConfig):
    """What was said and what was decided."""

    name = "atleast.web.ledger"
    label = "ledger"
