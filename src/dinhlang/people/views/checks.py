"""What the views of the administration share: who may come in, and errors back into forms."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase

from ..access import AccessDenied, Action, can_anywhere
from ..models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def person(request: HttpRequest) -> User:
    """Who asks. Behind ``SignInRequired`` there is always somebody."""
    assert isinstance(request.user, User)
    return request.user


def manager(view: View) -> View:
    """Lets those in who manage at least one place."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not can_anywhere(person(request), Action.MANAGE):
            raise AccessDenied
        return view(request, *args, **kwargs)

    return cast(View, checked)


def add_errors(form: forms.Form | forms.ModelForm[Any], error: ValidationError) -> None:
    """Puts what a service refused beside the fields it is about."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, reasons in error.error_dict.items():
        form.add_error(name if name in form.fields else None, reasons)
