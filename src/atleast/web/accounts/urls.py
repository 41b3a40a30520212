"""Addresses of this room: django-allauth's that are needed, and no other; nobody signs up, nothing is mailed."""

from allauth.account import views
from allauth.mfa import urls as mfa
from allauth.usersessions.views import list_usersessions
from django.urls import URLPattern, URLResolver, include, path

_ALLAUTH = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("2fa/", include(mfa)),
    path("sessions/", list_usersessions, name="usersessions_list"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("account/", include(_ALLAUTH))]
