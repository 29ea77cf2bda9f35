"""What the views of work share: the place, the filter in the address, the frame, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from dinhlang.people.access import Action, can, current_grants, restrict
from dinhlang.people.models import User
from dinhlang.people.selectors import home_place
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold

from .. import sheets
from ..models import Task
from ..selectors import criteria, serving, views
from ..selectors.charged import Charged, charged
from ..selectors.lines import Line, keys_of
from ..selectors.views import Filter
from ..workbooks import MEDIA_TYPE, Column, Sheet, Value, workbook

REMEMBERED = "cong_viec"
LEVELS = (Level.COMMUNE, Level.VILLAGE)
"""Work is that of a commune or a village."""


def person(request: HttpRequest) -> User:
    """Who is signed in; the sign-in itself is asked for before any view."""
    return cast(User, request.user)


def place_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Unit:
    """The commune or village; 404 for those who may not do this there."""
    rows = restrict(Unit.objects.filter(level__in=LEVELS), person(request), action)
    found = get_object_or_404(rows.select_related("parent"), pk=pk)
    if request.session.get(REMEMBERED) != found.pk:
        request.session[REMEMBERED] = found.pk
    return found


def own_place(request: HttpRequest) -> Unit | None:
    """The place looked at last, else where the person works; None where that is not known."""
    user = person(request)
    seen = restrict(Unit.objects.filter(level__in=LEVELS), user)
    held = request.session.get(REMEMBERED)
    found: Unit | None = seen.filter(pk=held).first() if isinstance(held, int) else None
    if found is not None:
        return found
    home = home_place(user)
    if home is not None:
        found = seen.filter(pk=home.pk).first()
    if found is None:
        granted = current_grants(user, Action.VIEW).values("place")
        found = seen.filter(pk__in=granted, valid_to=None).first()
    return found


@dataclass
class Ground:
    """What every view of a place's work begins with.

    ``every`` are its live tasks that the person may see, ``rows`` those that fit the filter.
    """

    unit: Unit
    user: User
    on: date
    wanted: Filter
    every: QuerySet[Task]
    rows: QuerySet[Task]

    @cached_property
    def served(self) -> criteria.Served:
        """The criteria that the tasks serve."""
        return criteria.served(
            self.every, lambda: [each.id for each in serving.main_first(self.unit, self.on)]
        )

    @property
    def names(self) -> dict[str, str]:
        """The names of those criteria, by number."""
        return self.served.names

    @cached_property
    def offices(self) -> list[Charged]:
        """The offices that the tasks name."""
        return charged(self.every)

    @cached_property
    def fitting(self) -> frozenset[int] | None:
        """The numbers of the tasks that fit; None where nothing is left out."""
        if not self.wanted.is_set:
            return None
        return frozenset(self.rows.order_by().values_list("pk", flat=True))

    @cached_property
    def choices(self) -> views.Choices:
        """What the filter bar offers."""
        return views.choices(self.offices, self.served, self.unit, self.on)


def ground_of(request: HttpRequest, place: int) -> Ground:
    """The place's work as this address asks for it; 404 for those who may not see the place."""
    unit, user, on = place_of(request, place), person(request), timezone.localdate()
    wanted, every = Filter.of(request.GET), views.of_unit(user, unit)
    return Ground(unit, user, on, wanted, every, views.narrowed(every, wanted, on))


def frame(request: HttpRequest, ground: Ground, tab: str, **more: Any) -> dict[str, Any]:
    """The context of a view of the place's work: tabs, filter bar, addresses of its files."""
    return {
        "place": "work",
        "tab": tab,
        "unit": ground.unit,
        "on": ground.on,
        "wanted": ground.wanted,
        "keep": ground.wanted.address,
        "choices": ground.choices,
        "may_edit": can(ground.user, Action.EDIT, ground.unit),
        "key": uuid4(),
        "here": request.get_full_path(),
        **more,
    }


def address(request: HttpRequest, **changes: str | int | None) -> str:
    """This page's address with some of what it asks changed; None or "" leaves it out."""
    query = {name: value for name, value in request.GET.items() if value}
    query.update({name: str(value or "") for name, value in changes.items()})
    kept = {name: value for name, value in query.items() if value}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def asked(request: HttpRequest, **changes: str | int | None) -> str:
    """The question part alone, with its “?”; empty where nothing is asked."""
    return address(request, **changes)[len(request.path) :]


def form_key(request: HttpRequest) -> UUID:
    """The form's own number, by which a second click is known; a fresh one where it has none."""
    try:
        return UUID(request.POST.get("luot", ""))
    except ValueError:
        return uuid4()


def back(request: HttpRequest) -> str:
    """Where a form said it came from; the person's own work where that is no page of ours."""
    said = request.POST.get("ve", "")
    if said.startswith("/") and url_has_allowed_host_and_scheme(said, allowed_hosts=None):
        return said
    return reverse("work:mine")


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asked, that reads data and no page."""
    return "application/json" in request.headers.get("Accept", "")


def download(data: bytes, name: str, media_type: str = MEDIA_TYPE) -> FileResponse:
    """The bytes as a file to keep."""
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=media_type)


def file_name(*parts: str, ending: str = ".xlsx") -> str:
    """A file name from words: lower case, no diacritics, hyphens between."""
    plain = " ".join(fold(part) for part in parts if part)
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split()) + ending


COLUMNS = (
    Column("STT", 6), Column("Việc", 56), Column("Chủ trì", 28), Column("Phối hợp", 28),
    Column("Thôn", 20), Column("Tiêu chí", 10), Column("Sản phẩm", 28), Column("Bắt đầu", 12),
    Column("Hạn", 12), Column("Trạng thái", 16), Column("Tình hình", 30), Column("Nguồn", 30),
    Column(sheets.title(sheets.KEY), is_hidden=True),
    Column(sheets.title(sheets.SEEN), is_hidden=True),
)  # fmt: skip
"""As ``sheets`` reads them: a list changed in Excel can be brought in again."""


def list_sheet(
    title: str, groups: Iterable[tuple[str, Iterable[Line]]], notes: Iterable[str] = ()
) -> Sheet:
    """Tasks under headings as a sheet; an empty heading is left out."""
    rows: list[list[Value]] = []
    whole = [(name, list(found)) for name, found in groups]
    keys = keys_of(line.pk for _, found in whole for line in found)
    for name, found in whole:
        if name:
            rows.append([name])
        rows += [
            [*row_of(number, line), keys.get(line.pk, ""), line.revision]
            for number, line in enumerate(found, start=1)
        ]
    return Sheet("Công việc", title, COLUMNS, rows, list(notes))


def row_of(number: int, line: Line) -> list[Value]:
    """A task as a row of ``COLUMNS``, but for the hidden ones."""
    said = line.near.words if line.near else ""
    note = (line.waiting_for and f"chờ {line.waiting_for}") or line.reason
    return [
        number, line.text, "; ".join(line.leads), "; ".join(line.partners),
        "; ".join(line.villages), line.criteria, line.product,
        line.start, line.end, line.look.words, "; ".join(filter(None, (said, note))),
        line.origin_text,
    ]  # fmt: skip


def filter_words(ground: Ground) -> list[str]:
    """What the filter leaves, in words for the head of a file."""
    wanted, choices = ground.wanted, ground.choices
    said: list[tuple[str, str, Mapping[str, str]]] = [
        ("Tìm", wanted.text, {}),
        ("Cơ quan", wanted.office, dict(choices.offices)),
        ("Thôn", wanted.village, dict(choices.villages)),
        ("Tiêu chí", wanted.criterion, dict(choices.criteria)),
        ("Trạng thái", wanted.state, dict(choices.states)),
        ("Kỳ", wanted.period, dict(choices.periods)),
    ]
    parts = [f"{name}: {words.get(value, value)}" for name, value, words in said if value]
    return [*parts, f"Lấy ra ngày {ground.on:%d/%m/%Y}"]


def list_file(
    ground: Ground, title: str, groups: Iterable[tuple[str, Iterable[Line]]]
) -> FileResponse:
    """The groups of tasks as an xlsx file, named after the list and the place."""
    unit, notes = ground.unit, filter_words(ground)
    data = workbook([list_sheet(f"{title}, {unit.full_name}", groups, notes)])
    return download(data, file_name(title, unit.name, f"{ground.on:%Y-%m-%d}"))
