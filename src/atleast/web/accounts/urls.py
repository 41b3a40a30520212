"""Addresses of this room; and django-allauth's that are needed, no other: nobody signs up, nothing is mailed."""

from allauth.account import views
from allauth.mfa.base import urls as second_factor
from allauth.mfa.recovery_codes import urls as recovery_codes
from allauth.mfa.totp import urls as totp
from allauth.mfa.webauthn import views as keys
from django.urls import URLPattern, URLResolver, include, path

from atleast.web.house.rights import Right, Site
from atleast.web.pages import case_path, site_path

from .api import api, openapi
from .everybody import account, accounts
from .history import desk_history, history
from .inviting import invited
from .members import member, members, withdraw
from .own import own, sessions

_ALLAUTH = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("2fa/", include(second_factor)),
    path("2fa/totp/", include(totp)),
    path("2fa/recovery-codes/", include(recovery_codes)),
    path("2fa/keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/keys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/keys/login/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/keys/reauthenticate/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]

_BOTH = ("GET", "POST")
urlpatterns: list[URLPattern | URLResolver] = [
    site_path("invited/<str:token>/", invited, "invited", may=Site.ANYONE, methods=_BOTH),
    site_path("accounts/", accounts, "accounts", may=Site.OWNER),
    site_path("accounts/<int:account>/", account, "account", may=Site.OWNER, methods=("POST",)),
    site_path("api/", api, "api", may=Site.SIGNED_IN),
    site_path("api/openapi.json", openapi, "openapi", may=Site.SIGNED_IN),
    site_path("history/", desk_history, "desk-history", may=Site.OWNER),
    site_path("account/", own, "own", may=Site.SIGNED_IN),
    site_path("account/sessions/", sessions, "sessions", may=Site.SIGNED_IN, methods=_BOTH),
    path("account/", include(_ALLAUTH)),
    case_path("members/", members, "members", may=Right.RUN_CASE, methods=_BOTH),
    case_path("members/<int:account>/", member, "member", may=Right.RUN_CASE, methods=("POST",)),
    case_path("members/withdraw/<int:invitation>/", withdraw, "withdraw", may=Right.RUN_CASE, methods=("POST",)),
    case_path("history/", history, "history", may=Right.SEE_HISTORY),
]
