"""What is typed on the pages of this app, checked and turned into values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from .importing.lists import Options
from .importing.tables import MOST_BYTES
from .kinds import VILLAGE_KINDS
from .models import Import, Level

DATES = ["%Y-%m-%d", "%d/%m/%Y"]
LEVELS = [("", "Mọi cấp")] + [
    (level.value, level.label) for level in Level if level != Level.COUNTRY
]


class Day(forms.DateField):
    """A day, picked from the browser's calendar or typed the Vietnamese way."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        wrong = {
            "invalid": "Ngày không đúng. Ví dụ: 01/07/2025.",
            "required": "Chưa chọn ngày.",
        }
        super().__init__(input_formats=DATES, error_messages=wrong, **kwargs)


class ListForm(forms.Form):
    """The filter above the list of units. What is wrong in it is passed over."""

    q = forms.CharField(
        label="Tìm", required=False, max_length=120, widget=forms.TextInput({"type": "search"})
    )
    cap = forms.ChoiceField(label="Cấp", required=False, choices=LEVELS)
    ngay = Day(label="Tại ngày", required=False)

    @property
    def text(self) -> str:
        """What is looked for."""
        return str(self.cleaned_data.get("q") or "")

    @property
    def level(self) -> str:
        """The level asked for, empty for all."""
        return str(self.cleaned_data.get("cap") or "")

    @property
    def day(self) -> date:
        """The day of the list: today unless another is asked for."""
        found: date | None = self.cleaned_data.get("ngay")
        return found or timezone.localdate()


class VillageForm(forms.Form):
    """A village's kind and name."""

    loai = forms.ChoiceField(
        label="Loại", choices=[(kind, kind.capitalize()) for kind in VILLAGE_KINDS]
    )
    ten = forms.CharField(
        label="Tên",
        max_length=120,
        error_messages={"required": "Chưa có tên thôn. Hãy ghi tên, ví dụ: Tân Thịnh."},
    )


class RenameForm(VillageForm):
    """Another name from a day on, or a correction."""

    ngay = Day(label="Từ ngày", required=False)
    sua_loi = forms.BooleanField(label="Chỉ sửa lỗi viết sai", required=False)

    def clean(self) -> dict[str, Any]:
        """A real change of name has a day."""
        found = super().clean() or {}
        if not found.get("sua_loi") and not found.get("ngay") and "ngay" not in self.errors:
            self.add_error("ngay", "Chưa chọn ngày đổi tên.")
        return found


class MergeForm(VillageForm):
    """The villages to merge, the one they become, from when, by what."""

    thon = forms.TypedMultipleChoiceField(label="Các thôn", coerce=int, required=False)
    ngay = Day(label="Từ ngày")
    can_cu = forms.CharField(label="Căn cứ", max_length=300, required=False)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["thon"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(number, str(number)) for number in numbers]


class SplitForm(forms.Form):
    """The names of what a village becomes, one a line."""

    ten = forms.CharField(
        label="Các thôn mới, mỗi dòng một tên",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": "Hãy ghi tên ít nhất hai thôn mới, mỗi dòng một tên."},
    )
    ngay = Day(label="Từ ngày")
    can_cu = forms.CharField(label="Căn cứ", max_length=300, required=False)

    @property
    def names(self) -> list[str]:
        """The names, one a line."""
        lines = str(self.cleaned_data["ten"]).splitlines()
        return [line.strip() for line in lines if line.strip()]


class ImportForm(forms.Form):
    """A file to bring in."""

    loai = forms.ChoiceField(label="Tệp này là", choices=Import.Kind.choices)
    tep = forms.FileField(
        label="Tệp",
        error_messages={
            "required": "Chưa chọn tệp nào.",
            "empty": "Tệp trống. Hãy kiểm tra lại tệp rồi chọn tệp khác.",
            "missing": "Chưa chọn tệp nào.",
            "invalid": "Tệp chưa được gửi lên. Hãy chọn lại tệp.",
        },
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv,.geojson,.json"}),
    )
    tu_ngay = Day(label="Từ ngày", required=False)
    den_ngay = Day(label="Đến trước ngày", required=False)
    thay_the = forms.BooleanField(label="Thay toàn bộ danh sách cũ", required=False)
    luot = forms.UUIDField(widget=forms.HiddenInput)

    def clean_tep(self) -> Any:
        """The file, if it is not far too large."""
        found = self.cleaned_data["tep"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(f"Tệp lớn hơn {MOST_BYTES // 1024**2} MB.")
        return found

    def clean(self) -> dict[str, Any]:
        """A list that replaces another does so from a day on."""
        found = super().clean() or {}
        if found.get("thay_the") and not found.get("tu_ngay") and "tu_ngay" not in self.errors:
            self.add_error("tu_ngay", "Danh sách thay thế từ ngày nào? Hãy chọn ngày.")
        if found.get("loai") == Import.Kind.SUCCESSIONS:
            found["den_ngay"], found["thay_the"] = None, False
        return found

    @property
    def options(self) -> Options:
        """What was said about the file."""
        said = self.cleaned_data
        return Options(said.get("tu_ngay"), said.get("den_ngay"), bool(said.get("thay_the")))
