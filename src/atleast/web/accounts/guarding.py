"""What stands between the network and every page: what browsers are told, and a second factor where it is demanded."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from atleast.web.pages import refused, wants_json

_HEADERS = {
    # Nothing here needs any of it: a page that was broken into gets none of it either.
    "Permissions-Policy": ", ".join(
        f"{power}=()"
        for power in (
            "accelerometer",
            "browsing-topics",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "hid",
            "idle-detection",
            "local-fonts",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "serial",
            "usb",
        )
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # Whoever sets none of his own (static files do) is not kept by browsers and not by what lies between.
    "Cache-Control": "private, no-store",
}


class Headers(MiddlewareMixin):
    """The first of all: every answer goes through it, errors and static files too."""

    def process_response(self, request: HttpRequest, answer: HttpResponse) -> HttpResponse:
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "account_set_password",
        "enter",
        "healthy",
        "invited",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "set_language",
    }
)
"""The pages that somebody without a second factor gets where one is demanded: those on the way to it."""


class SecondFactor(MiddlewareMixin):
    """With ATLEAST_FORCE_MFA, nobody who is signed in gets further than setting up a second factor."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, given: Any) -> HttpResponse | None:
        if not settings.ATLEAST_FORCE_MFA or not request.user.is_authenticated:
            return None
        if request.resolver_match.url_name in WITHOUT_SECOND_FACTOR or is_mfa_enabled(request.user):
            return None
        if wants_json(request):
            return refused(request, 403)
        messages.warning(request, _("This desk demands a second factor. Set one up, and you get everywhere."))
        return redirect("mfa_index")
