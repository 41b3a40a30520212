from django.apps import AppConfig


class People(AppConfig):
    """People, sources, and the search over everything."""

    name = "atleast.web.people"
    label = "people"
