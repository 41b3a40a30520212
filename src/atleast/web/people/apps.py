from django.apps import AppConfig


class People(AppConfig):
    """People, sources, and the search over everything."""

    name = "atleast.web.people"
    label = "people"

    def ready(self) -> None:
        from atleast.web import jobs
        from atleast.web.shelf import following

        from . import index, persons

        following.rooms += [index, persons]
        jobs.KINDS["index"] = index.make_anew
        jobs.AT_START.append(index.keep_all_up_to_date)
