"""What is typed into the pages of this room."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atleast.web.house.models import Account


class AddKey(AddWebAuthnForm):
    """A passkey. It is given a number and no name: people name keys after people."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        del self.fields["name"]
        passwordless = self.fields["passwordless"]
        passwordless.label = _("Sign in with it alone, without a password")
        passwordless.help_text = _("It will ask for a fingerprint, a face or a PIN.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        keys = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).count()
        cleaned["name"] = gettext("Key %(number)s") % {"number": keys + 1}
        return cleaned


class NewAccount(forms.Form):
    """A handle and a password, for whoever was invited."""

    handle = forms.CharField(
        label=_("Handle"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Not your name. It stands beside everything you do here, for good."),
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Four or five random words are better than a short riddle."),
    )
    password2 = forms.CharField(
        label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_handle(self) -> str:
        return str(get_adapter().clean_username(self.cleaned_data["handle"]))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, again = cleaned.get("password1"), cleaned.get("password2")
        if first and again and first != again:
            self.add_error("password2", _("These two are not the same."))
        elif first:
            try:
                get_adapter().clean_password(first, user=Account(username=cleaned.get("handle", "")))
            except forms.ValidationError as wrong:
                self.add_error("password1", wrong)
        return cleaned

    def save(self) -> Account:
        return Account.objects.create_user(self.cleaned_data["handle"], password=self.cleaned_data["password1"])
