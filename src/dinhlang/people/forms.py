"""What is typed on the pages of this app, checked and turned into values."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.models.functions import Length

from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold

from .access import Action, Role, allowed_places, is_everywhere, today
from .models import Office, User
from .policies import givable_roles
from .roles import EXPLANATIONS

MOST_SUGGESTED = 25
"""How many places are suggested while one is typed."""

DATES = ["%d/%m/%Y", "%Y-%m-%d"]


class Day(forms.DateField):
    """A day, typed the Vietnamese way.

    Not the browser's own field of dates: it follows the language of the machine, and an English
    Windows would ask for the month first.
    """

    widget = forms.DateInput(
        format="%d/%m/%Y",
        attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off", "inputmode": "numeric"},
    )

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": "Ngày không đúng. Ví dụ: 22/11/2026."}
        super().__init__(input_formats=DATES, required=False, error_messages=wrong, **kwargs)


class PlaceField(forms.CharField):
    """A place by its number (from the list) or its name; only places of ``allowed`` are found."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.allowed: QuerySet[Unit] = Unit.objects.none()

    def clean(self, value: Any) -> Unit | None:
        """The place. Raises ``ValidationError`` where there is none, or there are several."""
        text = super().clean(value)
        if not text:
            return None
        found: list[Unit] = list(self._matching(text)[:6])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError("Không có địa bàn này trong phạm vi bạn quản lý.")
        names = "; ".join(described(unit) for unit in found[:5])
        raise ValidationError(f"Có nhiều nơi cùng tên: {names}. Hãy chọn trong danh sách gợi ý.")

    def _matching(self, text: str) -> QuerySet[Unit]:
        number = text.rpartition("#")[2]
        if "#" in text and number.isascii() and number.isdigit():
            return self.allowed.filter(pk=int(number[:18]))
        bare = fold(text.partition(",")[0])
        words = bare.split()
        endings = [" ".join(words[n:]) for n in range(min(3, len(words)))]
        exact = self.allowed.filter(search_key__in=endings, valid_to=None).select_related("parent")
        kinds = [unit.pk for unit in exact if fold(unit.full_name) == bare]
        return exact.filter(pk__in=kinds) if kinds else exact


def described(unit: Unit) -> str:
    """How a place stands in the list to choose from: “Xã Làng Mẫu, huyện Bình Mẫu #12”."""
    parent = f", {unit.parent.full_name}" if unit.parent else ""
    return f"{unit.title}{parent} #{unit.pk}"


def choosable(by: User, text: str = "") -> list[Unit]:
    """Places where ``by`` may manage people, to choose from: the shortest names first."""
    found = allowed_places(by, Action.MANAGE).filter(valid_to=None).select_related("parent")
    for word in fold(text).split()[-3:]:
        found = found.filter(search_key__contains=word)
    return list(found.order_by(Length("search_key"), "sort_key")[:MOST_SUGGESTED])


class _ByManager(forms.Form):
    """A form of somebody who manages places."""

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if "place" in self.fields:
            field = self.fields["place"]
            assert isinstance(field, PlaceField)
            field.allowed = allowed_places(by, Action.MANAGE)


class RoleForm(_ByManager):
    """A role at a place for a time."""

    role = forms.ChoiceField(label="Vai trò", widget=forms.RadioSelect)
    place = PlaceField(label="Địa bàn", required=False)
    start = Day(label="Từ ngày", help_text="Để trống là từ hôm nay.")
    end = Day(label="Đến hết ngày", help_text="Để trống là không thời hạn.")

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        self.explained = [(role, EXPLANATIONS[role]) for role in givable_roles(by)]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, role.label) for role, _ in self.explained]

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        """A place for every role but an administrator's, and days in their order."""
        data = super().clean() or {}
        role, place = data.get("role"), data.get("place")
        if place is None and "place" not in self.errors:
            if role is not Role.ADMIN:
                self.add_error("place", "Hãy chọn địa bàn cho vai trò này.")
            elif not is_everywhere(self.by, Action.MANAGE):
                self.add_error("place", "Hãy chọn địa bàn.")
        start, end = data.get("start") or today(), data.get("end")
        if isinstance(end, date) and end < start:
            self.add_error("end", "Ngày cuối phải từ ngày đầu trở đi.")
        return data


class InviteForm(RoleForm):
    """A new person with a role and an office."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, chữ số, dấu chấm. Ví dụ: vanphong.langmau",
    )
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)
    title = forms.CharField(
        label="Chức vụ",
        max_length=160,
        required=False,
        help_text="Như ghi trong kế hoạch, ví dụ: Công chức Tài chính - Kế toán.",
    )
    luot = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        self.fields["luot"].initial = uuid4
        order = ("full_name", "username", "phone", "email", "role", "place", "title")
        self.order_fields([*order, "start", "end", "luot"])

    @property
    def submission(self) -> UUID | None:
        """What tells a double click from a second person."""
        found: UUID | None = self.cleaned_data.get("luot")
        return found


class ContactForm(forms.Form):
    """Name and contact of a person."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)


class AppointForm(_ByManager):
    """An office at a place for a time."""

    place = PlaceField(label="Địa bàn")
    title = forms.CharField(label="Chức vụ", max_length=160)
    start = Day(label="Từ ngày", help_text="Để trống là từ hôm nay.")
    end = Day(label="Đến hết ngày")


class OfficeForm(_ByManager):
    """A new office."""

    title = forms.CharField(label="Chức vụ", max_length=160)
    place = PlaceField(label="Địa bàn")


class TitleForm(forms.ModelForm[Office]):
    """Another title for an office."""

    class Meta:
        model = Office
        fields = ("title",)


class PasswordForm(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Hai lần nhập mật khẩu khác nhau.")
        return data


class FirstRunForm(PasswordForm):
    """The administrator of a new installation."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, help_text="Chữ thường không dấu, ví dụ: quantri"
    )
    field_order = ("full_name", "username", "password", "again")


class AuditForm(forms.Form):
    """What to look for in the audit log."""

    tim = forms.CharField(label="Tìm", max_length=100, required=False)
    nguoi = forms.IntegerField(required=False, widget=forms.HiddenInput)
    viec = forms.ChoiceField(label="Việc", required=False)
    tu = Day(label="Từ ngày")
    den = Day(label="Đến ngày")
    luot = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)

    def __init__(self, verbs: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["viec"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Mọi việc"), *((verb, verb) for verb in verbs)]
