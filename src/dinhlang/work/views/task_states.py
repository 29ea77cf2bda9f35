"""How far a task is: telling it, handing in files, accepting with the product, sending back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dinhlang.facts import catalogue, sniffing, texts
from dinhlang.facts.dates import BadDay
from dinhlang.facts.models import Evidence
from dinhlang.facts.periods import BadPeriod, Period
from dinhlang.facts.services import entries
from dinhlang.facts.services import evidence as papers
from dinhlang.people.access import AccessDenied, Action, can
from dinhlang.places.models import Unit

from .. import typed
from ..models import Task, TaskNote
from ..selectors import page, serving
from ..services import tasks
from ..services.accepting import Product
from ..services.tasks import BadTask, Conflict
from .common import form_key, person
from .task import boxes, show
from .task_common import number, task_of, to_task

REFUSALS = (
    BadTask, entries.BadEntry, papers.BadEvidence, sniffing.RefusedFile, catalogue.BadContent,
    BadDay, BadPeriod,
)  # fmt: skip
"""What can be wrong in what was sent; each says so to the user."""


@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the task a state, a note, files, or all of them."""
    found, sent, user = task_of(request, pk), request.POST, person(request)
    key, state = form_key(request), sent.get("tt") or found.state
    try:
        files = _files(request, found, key)
        first = files[0].pk if files else None
        note = tasks.tell(
            user, pk, key, state, sent.get("ghi-chu", ""), sent.get("cho", ""),
            sent.get("ly-do", ""), evidence=first, seen=number(sent.get("seen")),
        )  # fmt: skip
        for at, row in enumerate(files[1:], start=1):
            tasks.tell(user, pk, uuid5(key, f"note:{at}"), state, evidence=row.pk)
    except REFUSALS as bad:
        return show(request, found, trouble=str(bad), trouble_at="bao", status=422)
    except Conflict as conflict:
        found.refresh_from_db()
        message = (
            f"{conflict.clashes[0].who} vừa chuyển việc sang “{found.get_state_display()}” "
            f"lúc {conflict.clashes[0].when}. Nội dung bạn gõ còn đây; hãy xem rồi bấm lưu lần nữa."
        )
        return show(request, found, trouble=message, trouble_at="bao", status=409)
    _say(request, note, files)
    return to_task(request, found)


def _say(request: HttpRequest, note: TaskNote | None, files: list[Evidence]) -> None:
    if note is None:
        messages.info(request, "Chưa có gì mới để lưu.")
    elif note.before != note.after:
        address = reverse("work:task-undo", args=[note.pk])
        words = f"Đã chuyển sang “{note.get_after_display()}”."
        messages.success(request, words, extra_tags=f"undo:{address}")
    elif files:
        messages.success(
            request, f"Đã đính kèm {len(files)} tệp." if files[1:] else "Đã đính kèm tệp."
        )
    else:
        messages.success(request, "Đã lưu.")


def _files(request: HttpRequest, found: Task, key: UUID) -> list[Evidence]:
    """The files sent and those chosen, as evidence. Raises what the room of facts raises."""
    user = person(request)
    made = [papers.add(user, _home_of(request, found), one) for one in _sent(request, key)]
    chosen = typed.numbers(request.POST.getlist("minh-chung"))
    rows = {row.pk: row for row in page.files_of(user, found.place, [])}
    return list(
        {row.pk: row for row in [*made, *(rows[pk] for pk in chosen if pk in rows)]}.values()
    )


def _sent(request: HttpRequest, key: UUID) -> list[papers.Sent]:
    found = []
    for at, file in enumerate(request.FILES.getlist("tep")):
        if (file.size or 0) > sniffing.MOST_BYTES:
            raise sniffing.RefusedFile("Tệp lớn hơn 25 MB. Hãy quét lại hoặc tách ra.")
        found.append(
            papers.Sent(name=file.name or "", content=file.read(), key=uuid5(key, f"file:{at}"))
        )
    return found


def _home_of(request: HttpRequest, found: Task) -> Unit:
    """Where a file is kept: at the task's place, or at the village of who may not edit there."""
    user = person(request)
    if can(user, Action.EDIT, found.place):
        return found.place
    for village in found.villages.order_by("pk"):
        if can(user, Action.EDIT, village):
            return village
    raise AccessDenied


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the task: its files become evidence, its number an observation."""
    found = task_of(request, pk, Action.REVIEW)
    if found.removed_at is not None:
        raise Http404
    if request.method != "POST":
        return _accept_page(request, found)
    sent, key = request.POST, form_key(request)
    try:
        product = Product(
            evidence=typed.numbers(sent.getlist("minh-chung")),
            files=_sent(request, key),
            entry=_entry(request, found),
            village=number(sent.get("thon")),
            **_served(request, found),
        )
        note = tasks.accept(
            person(request), pk, key, product, sent.get("ghi-chu", ""),
            seen=number(sent.get("seen")),
        )  # fmt: skip
    except REFUSALS as bad:
        return _accept_page(request, found, str(bad), 422)
    except ValidationError as bad:
        return _accept_page(request, found, str(bad.message), 422)
    except Conflict as conflict:
        found.refresh_from_db()
        return _accept_page(request, found, str(conflict), 409)
    messages.success(request, _accepted(note))
    return to_task(request, found)


def _served(request: HttpRequest, found: Task) -> dict[str, Any]:
    """What the files prove: an indicator of the task's criterion, or a criterion chosen here."""
    if found.criterion:
        return {"indicator": request.POST.get("chi-tieu", "")}
    values = (request.POST.get("tieu-chi", "") + "||").split("|")
    return {"criterion": (values[0], values[1]), "indicator": values[2]}


def _accepted(note: TaskNote) -> str:
    words = "Đã nghiệm thu."
    if note.observation is not None:
        words += " Số liệu đã vào bảng tiêu chí, chờ người thứ hai xác nhận."
    elif note.evidence is not None and note.task.indicator:
        words += f" Tệp đã gắn vào chỉ tiêu {note.task.indicator}."
    return words


def _entry(request: HttpRequest, found: Task) -> entries.Entry | None:
    """The number typed, for the task's measure or the one chosen; None where none was."""
    sent = request.POST
    name = sent.get("so-lieu", "") or found.measure
    measure = catalogue.known().get(name)
    content = texts.Typed(sent.get("c", ""), sent.get("a", ""), sent.get("b", ""))
    if content.is_empty:
        return None
    if measure is None:
        raise BadTask("Hãy chọn số liệu mà con số này là của nó.", "measure")
    if content.numerator.strip() or content.denominator.strip():
        content = texts.Typed("", content.numerator, content.denominator)
    return entries.Entry(
        measure=measure.id, period=Period.of(sent.get("ky", "")),
        source=sent.get("nguon") or "document",
        note=f"Nghiệm thu việc: {found.text}"[: entries.LONGEST_NOTE],
        **texts.parse(measure, content),
    )  # fmt: skip


def _accept_page(
    request: HttpRequest, found: Task, trouble: str = "", status: int = 200
) -> HttpResponse:
    user, on = person(request), timezone.localdate()
    seen = page.Page(user, found, on)
    handed = {each.pk for each in seen.files}
    measures = serving.measures_for(found)
    known = catalogue.known().get(request.POST.get("so-lieu") or found.measure)
    if known is not None:
        measures = [known, *(each for each in measures if each.id != known.id)]
    sets = [] if found.criterion else serving.sets_of(found.place, on)
    shown: dict[str, Any] = {
        "place": "work", "tab": "", "task": found, "page": seen, "key": uuid4(),
        "trouble": trouble, "box": boxes(request.POST),
        "handed": seen.files,
        "others": page.files_of(user, found.place, handed),
        "chosen": typed.numbers(request.POST.getlist("minh-chung")) if request.POST else handed,
        "indicators": serving.indicators_of(found),
        "choices": list(serving.choices(sets)),
        "measures": measures,
        "measure": known,
        "period": request.POST.get("ky") or str((found.end or on).year),
        "years": [str(year) for year in range(on.year + 1, on.year - 4, -1)],
    }  # fmt: skip
    return render(request, "work/accept.html", shown, status=status)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the task back to its lead, saying why."""
    found = task_of(request, pk, Action.REVIEW)
    try:
        tasks.send_back(person(request), pk, form_key(request), request.POST.get("ghi-chu", ""))
    except BadTask as bad:
        return show(request, found, trouble=str(bad), trouble_at="tra-lai", status=422)
    messages.success(request, "Đã trả lại việc cho người làm.")
    return to_task(request, found)
