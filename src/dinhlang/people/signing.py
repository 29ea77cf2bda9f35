"""The sign-in library's forms, with Vietnamese labels and our way of remembering a browser."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factors
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse

from . import sessions
from .access import Role, current_grants
from .models import User


def _label(form: forms.Form, **labels: str) -> None:
    for name, label in labels.items():
        if name in form.fields:
            field = form.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)


def lasting(user: User, remember: bool) -> int:
    """Seconds for which a browser stays signed in; 0 is until it is closed."""
    if current_grants(user).filter(role=Role.VILLAGE_HEAD.value).exists():
        return int(sessions.VILLAGE_SESSION.total_seconds())
    return int(sessions.REMEMBERED.total_seconds()) if remember else 0


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """Name (or e-mail), password, and whether to remember this browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(
            self,
            login="Tên đăng nhập hoặc thư điện tử",
            password="Mật khẩu",
            remember="Nhớ tôi trên máy này",
        )
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Signs in; a village head's phone then asks for no password for half a year."""
        answer: HttpResponse = super().login(request, redirect_url)
        request.session.set_expiry(lasting(self.user, self.cleaned_data["remember"]))
        return answer


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(
            self,
            oldpassword="Mật khẩu hiện tại",
            password1="Mật khẩu mới",
            password2="Nhập lại mật khẩu mới",
        )
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Both entries of the new password are the same."""
        data: dict[str, Any] = super().clean()
        if "password2" in self._errors:
            self._errors["password2"] = self.error_class(["Hai lần nhập mật khẩu mới khác nhau."])
        return data


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before what is delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password="Mật khẩu")


def _code(form: forms.Form, label: str) -> None:
    _label(form, code=label)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class CodeForm(factors.AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, "Mã xác thực")


class CodeAgainForm(factors.ReauthenticateForm):  # type: ignore[misc]
    """The code of the second factor, before what is delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, "Mã xác thực")


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which proves that the phone knows the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, "Mã 6 số trên điện thoại")


class DeactivateForm(totp.DeactivateTOTPForm):  # type: ignore[misc]
    """Nothing to fill in."""


class RecoveryCodesForm(recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Nothing to fill in."""
