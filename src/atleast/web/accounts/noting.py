"""What is noted of signing in, failing to, and changing how one signs in."""

from typing import Any

from allauth.account.signals import password_changed, password_set
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from atleast.web.house.models import Account, Audit

from .sessions import DEVICE, SessionStore, device, end


def note(account: Account | None, did: str, about: str = "") -> None:
    """Note what somebody did to an account; `about` is the account's number, where it is another's."""
    Audit.objects.create(account=account, did=did, page="account", about=about)


def signed_in(sender: Any, request: Any, user: Account, **more: Any) -> None:
    request.session[DEVICE] = device(request.META.get("HTTP_USER_AGENT", ""))
    SessionStore.clear_expired()
    note(user, "signed in")


def signed_out(sender: Any, request: Any, user: Account | None, **more: Any) -> None:
    if user is not None:
        note(user, "signed out")


def failed(sender: Any, credentials: dict[str, Any], **more: Any) -> None:
    """What was typed for a handle is not noted: it may be a password in the wrong field."""
    note(Account.objects.filter(username__iexact=str(credentials.get("username", ""))).first(), "failed to sign in")


def failed_second(sender: Any, user: Account, **more: Any) -> None:
    note(user, "failed the second factor")


def password(sender: Any, request: Any, user: Account, **more: Any) -> None:
    """A new password ends every other session."""
    end(user, but=request.session.session_key)
    note(user, "changed the password")


def second_factor(did: str) -> Any:
    def noted(sender: Any, user: Account, **more: Any) -> None:
        note(user, did)

    return noted


_FACTORS = {
    authenticator_added: second_factor("added a second factor"),
    authenticator_removed: second_factor("removed a second factor"),
    authenticator_reset: second_factor("made new recovery codes"),
}


def listen() -> None:
    """Note all of it from now on; called once, when the room is made ready."""
    user_logged_in.connect(signed_in, dispatch_uid="signed in")
    user_logged_out.connect(signed_out, dispatch_uid="signed out")
    user_login_failed.connect(failed, dispatch_uid="failed")
    authentication_failed.connect(failed_second, dispatch_uid="failed second")
    for signal in (password_changed, password_set):
        signal.connect(password, dispatch_uid="password")
    for signal, noted in _FACTORS.items():
        signal.connect(noted, dispatch_uid="second factor", weak=False)
