from django.apps import AppConfig


class Reading(AppConfig):
    """A report with what was read in it, and the decisions about that."""

    name = "atleast.web.reading"
    label = "reading"
