"""In which language the desk speaks: what was chosen on this browser or by this account, else the browser's."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.views.i18n import set_language

from atleast.tell import LANGUAGES

from .house.models import Account


def choose(request: HttpRequest) -> HttpResponse:
    """Speak this language from now on; the account remembers it for its other browsers."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        Account.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)


class Speaking(MiddlewareMixin):
    """On a browser where nothing was chosen, the account's language goes before the browser's."""

    def process_request(self, request: Any) -> None:
        chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if not chosen_here and request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()


def spoken() -> str:
    """The language in which figures are told to whoever asks: English, where they cannot be told in the one spoken."""
    language = (translation.get_language() or "en").partition("-")[0]
    return language if language in LANGUAGES else "en"
