from django.apps import AppConfig


class Accounts(AppConfig):
    """Signing in, who works here, and what was looked at."""

    name = "atleast.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from .noting import listen

        listen()
