"""What accounts are at this desk, told to django-allauth: nobody signs up by himself, secrets are sealed."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from atleast.web.vault import vault


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by invitation only."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticators are sealed on disk."""

    # Said of codes that are typed and of passkeys alike.
    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the right code, or a key that is not known here.")
    }

    def encrypt(self, text: str) -> str:
        return vault().seal(text, of="mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return vault().unseal(bytes.fromhex(encrypted_text), of="mfa")
