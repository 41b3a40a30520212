"""What accounts are at this desk, told to django-allauth: nobody signs up by himself, secrets are sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from atleast.web.vault import vault


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by invitation only."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticators are sealed on disk."""

    def encrypt(self, text: str) -> str:
        return vault().seal(text, of="mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return vault().unseal(bytes.fromhex(encrypted_text), of="mfa")
