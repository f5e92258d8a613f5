"""allauth's forms with our labels, hints and widgets (``components/form.html`` draws them)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount.forms import SignupForm as SocialSignupForm
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ADDRESS_ERRORS = {
    "required": _("Write your e-mail address."),
    "invalid": _("Write a whole e-mail address, for instance name@example.org."),
}


def _as_address(field: forms.Field, *, help_text: str | _StrPromise = "") -> None:
    field.label = _("E-mail address")
    field.help_text = help_text
    field.error_messages.update(ADDRESS_ERRORS)
    field.widget = forms.EmailInput(
        attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
    )


def _as_code(field: forms.Field, *, label: str | _StrPromise, mode: str = "text") -> None:
    field.label = label
    field.error_messages.update({"required": _("Write the code.")})
    field.widget = forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "inputmode": mode,
        }
    )


def _know_address(user: AbstractBaseUser | None) -> None:
    """Accounts that staff made have an address that allauth has not met: the code will prove it."""
    if user is not None:
        sync_user_email_address(user)


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_address(self.fields["login"], help_text=_("We send a code to it. You need no password."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        _know_address(self.user)
        return cleaned


class RequestCodeForm(account.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_address(self.fields["email"], help_text=_("We send a code to it. You need no password."))

    def clean_email(self) -> str:
        email: str = super().clean_email()
        _know_address(self._user)
        return email


class ConfirmSignInForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], label=_("Code"))


class ConfirmAddressForm(account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], label=_("Code"))


class SignUpForm(account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_address(self.fields["email"], help_text=_("We send a code to it, to see that it is yours."))
        # Kept out of sight by the page; the policy forbids the inline style that allauth hides it with.
        self.fields["website"].widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})


class NewAddressForm(account.ChangeEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_address(self.fields["email"])
        self.fields["email"].label = _("New e-mail address")


class AddAddressForm(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_address(self.fields["email"], help_text=_("We send a code to it, to see that it is yours."))
        self.fields["email"].label = _("New e-mail address")


class SecondFactorForm(second_factor.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], label=_("Code from the app, or a recovery code"), mode="numeric")


class SecondFactorAgainForm(second_factor.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], label=_("Code from the app, or a recovery code"), mode="numeric")


class ActivateAppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], label=_("Code that the app shows"), mode="numeric")


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.help_text = _("Name"), _("So that you can tell it apart, for instance “Telephone”.")
        # A passkey always opens the door alone here: it asks for the finger, the face or the PIN.
        self.fields["passwordless"] = forms.BooleanField(
            required=False, initial=True, widget=forms.CheckboxInput(attrs={"hidden": True})
        )


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


class ProviderSignUpForm(SocialSignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_address(self.fields["email"], help_text=_("We send a code to it, to see that it is yours."))
