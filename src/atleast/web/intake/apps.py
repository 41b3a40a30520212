from django.apps import AppConfig


class Intake(AppConfig):
    """How reports, lists and calls come in."""

    name = "atleast.web.intake"
    label = "intake"

    def ready(self) -> None:
        from atleast.web import jobs
        from atleast.web.forgetting import doing, kept

        from . import bringing, forgetting, importing, looking, undoing

        doing.rooms.append(forgetting.forget)
        kept.keepers.append(forgetting.files_of)
        jobs.KINDS |= {"import": importing.bring, "look": looking.look, "sheet": bringing.bring, "undo": undoing.undo}
