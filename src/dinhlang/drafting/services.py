"""Drafting a yearly plan: begun from the gaps, changed box by box, filed once as a review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from dinhlang.assessment.selectors import verdicts
from dinhlang.law.verdicts import SetVerdict
from dinhlang.papers import drafting, drafting_model
from dinhlang.papers.drafting import Proposal
from dinhlang.papers.plan import Plan as PaperPlan
from dinhlang.papers.writing.word import to_docx
from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.plans.models import PlanVersion, Review
from dinhlang.plans.services import uploads
from dinhlang.work.models.tasks import UNFINISHED, Task

from . import beginning, fields, selectors
from .estimates import Estimates, estimates
from .models import Draft, Kind

SOURCES = ("Ngân sách tỉnh", "Ngân sách xã", "Vốn lồng ghép", "Nhân dân, doanh nghiệp đóng góp")
MOST_SOURCES = 40
MOST_ROWS = 400
MOST_LINES = {"w": 6, "q": 80}
"""Lines of waves and of works."""
VERBS = {
    Kind.YEARLY: "soạn kế hoạch năm", Kind.MODEL: "soạn kế hoạch lên cấp độ cao hơn",
    Kind.CAMPAIGN: "soạn kế hoạch chiến dịch",
}  # fmt: skip
SOON = timedelta(days=30)
"""Work whose usual day is over already gets so long from today."""


class BadStart(ValueError):
    """A draft cannot begin like this; the message is for the user."""


class Closed(Exception):
    """The draft cannot be changed any more; the message is for the user."""

    def __init__(self) -> None:
        super().__init__("Bản thảo này không còn sửa được: đã đưa vào Kế hoạch, hoặc đã bỏ.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the plan is to be; ``goals`` are numbers of criteria, ``last`` is last year's plan.

    ``waves`` of a campaign: first and last days; its ``until`` is the last of them.
    """

    year: int
    set_id: str
    on: date
    until: date
    goals: frozenset[str]
    last: PlanVersion | None = None
    kind: Kind = Kind.YEARLY
    waves: tuple[tuple[date, date], ...] = ()


def begin(user: User, place: Unit, key: UUID, start: Start) -> Draft:
    """A draft with a row for every gap of the chosen criteria.

    The same key again gives the draft of the first time. Raises ``AccessDenied`` without ``EDIT``
    at the place, and ``BadStart`` with words where nothing can be drafted.
    """
    require(user, Action.EDIT, place)
    before: Draft | None = Draft.objects.filter(key=key, created_by=user).first()
    if before is not None:
        return before
    now = timezone.now()
    here = verdicts.ground(place, start.on)
    if start.kind == Kind.CAMPAIGN:
        _check_waves(start)
    verdict = verdicts.verdict_on(here, start.set_id, now)
    if verdict is None:
        raise BadStart("Hãy chọn bộ tiêu chí.")
    if start.kind == Kind.MODEL and verdict.set.level not in drafting_model.HIGHER:
        raise BadStart("Hãy chọn bộ tiêu chí của cấp độ nâng cao, kiểu mẫu hoặc hiện đại.")
    if not date(start.year, 1, 1) <= start.until <= date(start.year, 12, 31):
        raise BadStart(f"Ngày phấn đấu đạt phải trong năm {start.year}.")
    if start.until <= start.on:
        raise BadStart(
            "Đợt cuối phải kết thúc sau hôm nay."
            if start.kind == Kind.CAMPAIGN
            else "Ngày phấn đấu đạt phải sau hôm nay."
        )
    last = selectors.paper_of(start.last) if start.last else None
    made = _made(user, place, start, here, verdict, last)
    draft = Draft(
        key=key, place=place, kind=start.kind, year=start.year, set_id=start.set_id,
        set_short=verdict.set.short[:300], on=start.on, until=start.until, last=start.last,
        goals=_ordered(made.goals, verdict), rows=[_row(each) for each in made.rows],
        details=made.details, sources=_sources(last), created_by=user, created=now,
        changed_by=user, changed=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
            audit.record(
                user, VERBS[start.kind], draft, place,
                {"year": draft.year, "set": draft.set_id, "rows": len(draft.rows)},
            )  # fmt: skip
    except IntegrityError:
        # The other click of a double click was quicker by a moment: its draft is ours.
        draft = Draft.objects.get(key=key, created_by=user)
    return draft


@dataclass(slots=True)
class _Made:
    """The rows, the goals and the details of a draft to be."""

    rows: list[Proposal]
    goals: Iterable[str] = ()
    details: dict[str, Any] = field(default_factory=dict)


def _made(
    user: User, place: Unit, start: Start, here: verdicts.Ground, verdict: SetVerdict,
    last: PaperPlan | None,
) -> _Made:  # fmt: skip
    """What the draft begins with. Raises ``BadStart`` where nothing can be proposed."""
    if start.kind == Kind.CAMPAIGN:
        return _campaign(user, place, start, last)
    effective = here.effective(start.set_id)
    known = {each.criterion.number for each in verdict.criteria}
    goals = known if drafting.by_conditions(verdict.set) else start.goals & known
    given = estimates(place, here, effective) if effective else Estimates()
    steps = beginning.usual_steps(user, place, verdict.set)
    level = verdict.set.level
    wish = selectors.wish(place, start.year, start.until, level, goals, given.costs, steps=steps)
    is_model = start.kind == Kind.MODEL
    propose = drafting_model.propose_model if is_model else drafting.propose
    proposals = propose(verdict, here.law, wish, last)
    if not proposals:
        raise BadStart(
            "Các tiêu chí đã chọn đều đạt, chưa có việc nào để đề xuất. Hãy chọn thêm tiêu chí."
            if goals
            else "Hãy chọn ít nhất một tiêu chí phấn đấu đạt."
        )
    proposals = _carried(user, place, verdict, proposals)
    rows = [_timed(each, start, given) for each in proposals]
    details = (
        beginning.model_details(place, start.on, start.until, verdict, here.law) if is_model else {}
    )
    return _Made(rows, goals, details)


def _campaign(user: User, place: Unit, start: Start, last: PaperPlan | None) -> _Made:
    details = beginning.campaign_details(user, place, start.waves, last)
    work = beginning.campaign_work(user, place, start.on, start.waves, details["works"])
    return _Made(work, (), details)


def _check_waves(start: Start) -> None:
    """Raises ``BadStart`` where the waves of a campaign cannot be."""
    if not start.waves:
        raise BadStart("Hãy ghi ngày bắt đầu và ngày kết thúc của đợt 1.")
    for first, last in start.waves:
        if last < first:
            raise BadStart("Ngày kết thúc của mỗi đợt phải sau ngày bắt đầu.")
        if first.year != start.year or last.year != start.year:
            raise BadStart(f"Các đợt phải trong năm {start.year}.")


def _ordered(goals: Iterable[str], verdict: SetVerdict) -> list[str]:
    return [each.criterion.number for each in verdict.criteria if each.criterion.number in goals]


def _timed(proposal: Proposal, start: Start, given: Estimates) -> Proposal:
    """The months people gave count from today or from the year's first day; no day is over."""
    due = proposal.due
    months = given.months.get(proposal.indicator)
    first = max(start.on, date(start.year, 1, 1))
    if months is not None:
        due = selectors.months_later(first, months)
    if due <= start.on:
        due = start.on + SOON
    return replace(proposal, due=max(min(due, start.until), date(start.year, 1, 1)))


def _row(proposal: Proposal) -> dict[str, Any]:
    return {
        "criterion": proposal.criterion, "indicator": proposal.indicator, "gap": proposal.gap,
        "task": proposal.task, "lead": proposal.lead, "partners": proposal.partners,
        "due": proposal.due.isoformat(), "cost": proposal.cost, "proposed": proposal.proposed,
        "wanted": proposal.wanted,
    }  # fmt: skip


def _sources(last: PaperPlan | None) -> list[dict[str, Any]]:
    """Last year's sources with their amounts, marked as proposed; or the usual ones without."""
    if last is None or not last.funding.sources:
        return [{"text": text, "amount": None, "conditional": False} for text in SOURCES]
    return [
        {"text": each.text, "amount": each.amount, "conditional": each.conditional,
         "proposed": each.amount}
        for each in last.funding.sources[:MOST_SOURCES]
    ]  # fmt: skip


def _carried(
    user: User, place: Unit, verdict: SetVerdict, proposals: list[Proposal]
) -> list[Proposal]:
    """Work on the same indicator of the same set that is unfinished stands for the usual words."""
    rows = Task.objects.restrict(user).filter(
        place=place, criterion_set=verdict.set.id, state__in=UNFINISHED, removed_at=None,
        withdrawn_at=None, indicator__in=[each.indicator for each in proposals],
    )  # fmt: skip
    begun: dict[str, str] = {}
    for task in rows.order_by("end", "pk"):
        begun.setdefault(task.indicator, " ".join(task.text.split()).rstrip("."))
    return [
        replace(each, task=begun[each.indicator][: fields.FIELDS["r"]["task"].longest])
        if begun.get(each.indicator)
        else each
        for each in proposals
    ]


# --- Changing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One box as typed: its name (“r3.cost”), what it holds now and what it held before."""

    name: str
    typed: str
    was: str


@dataclass(slots=True)
class Saved:
    """What came of a saving: boxes as they are now, and what could not be taken, by name."""

    revision: int
    shown: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)


def save(user: User, pk: UUID, changes: Iterable[Change]) -> Saved:
    """Keep every box that can be taken; the others are told and stay as they were.

    Sent again it changes nothing more. A box that somebody else changed meanwhile is refused.
    Raises ``AccessDenied`` and ``Closed``.
    """
    with transaction.atomic():
        draft = _locked(user, pk)
        saved = Saved(draft.revision)
        told: dict[str, list[str]] = {}
        for change in changes:
            found = fields.box(change.name)
            item = _item(draft, found) if found else None
            if found is None or item is None:
                saved.troubles[change.name] = "Trang này đã cũ. Hãy tải lại trang."
                continue
            before = fields.shown(found[2], item.get(found[2].name))
            try:
                told |= _take(draft, user, change, found[2], item, before)
            except fields.BadValue as bad:
                saved.troubles[change.name] = str(bad)
            saved.shown[change.name] = fields.shown(found[2], item.get(found[2].name))
        if told:
            _write(draft, user, "sửa bản thảo kế hoạch", {"boxes": told})
            saved.revision = draft.revision
        return saved


def _take(
    draft: Draft, user: User, change: Change, one: fields.Field, item: dict[str, Any], before: str
) -> dict[str, list[str]]:
    value = fields.parse(one, change.typed, draft.year, draft.last_day)
    after = fields.shown(one, value)
    if after == before:
        return {}
    if before != change.was and draft.changed_by_id != user.pk:
        words = before or "để trống"
        raise fields.BadValue(
            f"{draft.changed_by} vừa sửa ô này thành “{words}”. Gõ lại nếu vẫn muốn thay."
        )
    item[one.name] = value
    return {change.name: [before, after]}


def _item(draft: Draft, found: tuple[str, int, fields.Field]) -> dict[str, Any] | None:
    sheet, number, one = found
    kept = {"r": draft.rows, "s": draft.sources}
    lines = kept[sheet] if sheet in kept else draft.details.get(fields.KEPT_IN[sheet], [])
    if number >= len(lines) or (sheet in fields.KEPT_IN and one.name not in lines[number]):
        return None
    if sheet == "c" and lines[number]["of_law"] == (one.name == "text"):
        return None  # a field of the law keeps its name; one that is written needs no mark
    line: dict[str, Any] = lines[number]
    return line


def _locked(user: User, pk: UUID, *, closed: bool = False) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",))
    draft: Draft = rows.select_related("place", "review", "changed_by", "last").get(pk=pk)
    require(user, Action.EDIT, draft.place)
    if not closed and not draft.is_editable:
        raise Closed
    return draft


def _write(draft: Draft, user: User, verb: str, details: Mapping[str, Any]) -> None:
    draft.revision += 1
    draft.changed_by, draft.changed = user, timezone.now()
    draft.save()
    audit.record(user, verb, draft, draft.place, {"revision": draft.revision, **details})


def add_source(user: User, pk: UUID, seen: int) -> None:
    """An empty line for a source, once for each count of lines that a page has ``seen``.

    Raises ``AccessDenied`` and ``Closed``.
    """
    with transaction.atomic():
        draft = _locked(user, pk)
        if len(draft.sources) == seen and seen < MOST_SOURCES:
            draft.sources.append({"text": "", "amount": None, "conditional": False})
            _write(draft, user, "thêm nguồn vốn vào bản thảo", {"line": seen})


def add_line(user: User, pk: UUID, sheet: str, seen: int) -> None:
    """An empty wave or work of a campaign; as ``add_source``."""
    with transaction.atomic():
        draft = _locked(user, pk)
        lines = draft.details.get(fields.KEPT_IN.get(sheet, ""))
        if lines is not None and len(lines) == seen and seen < MOST_LINES.get(sheet, 0):
            many = len(draft.details.get("villages_of", []))
            blank = beginning.blank_work(many) if sheet == "q" else {"start": "", "end": ""}
            lines.append(blank)
            _write(draft, user, "thêm dòng vào bản thảo", {"sheet": sheet, "line": seen})


def add_row(user: User, pk: UUID, indicator: str, seen: int) -> int | None:
    """One more piece of work for an indicator of the set; gives its line, None where none is new.

    Made once for each count of rows that a page has ``seen``. Raises ``AccessDenied``, ``Closed``,
    ``NoLaw``.
    """
    with transaction.atomic():
        draft = _locked(user, pk)
        if len(draft.rows) != seen or seen >= MOST_ROWS:
            return None
        if not indicator and draft.kind == Kind.CAMPAIGN:
            blank = Proposal(
                criterion="", indicator="", gap="", task="", lead=drafting.COORDINATOR,
                due=draft.until,
            )  # fmt: skip
            draft.rows.append(_row(blank))
            _write(draft, user, "thêm việc vào bản thảo", {"line": seen})
            return seen
        here = selectors.ground(draft)
        level = here.verdict.set.level
        steps = beginning.usual_steps(user, draft.place, here.verdict.set)
        wish = selectors.wish(
            draft.place, draft.year, draft.until, level, set(draft.goals), steps=steps
        )
        last = selectors.paper_of(draft.last) if draft.last else None
        proposal = drafting.propose_more(here.verdict, here.law, wish, indicator, last)
        if proposal is None:
            return None
        draft.rows.append(_row(proposal))
        _write(draft, user, "thêm việc vào bản thảo", {"line": seen, "indicator": indicator})
        return seen


def set_aside(user: User, pk: UUID) -> None:
    """Discard a draft that was not filed; it can be taken back. Raises as ``save`` does."""
    with transaction.atomic():
        draft = _locked(user, pk, closed=True)
        if draft.filed is not None:
            raise Closed
        if not draft.discarded:
            draft.discarded = True
            _write(draft, user, "bỏ bản thảo kế hoạch", {})


def take_back(user: User, pk: UUID) -> None:
    """Undo ``set_aside``. Raises ``AccessDenied``."""
    with transaction.atomic():
        draft = _locked(user, pk, closed=True)
        if draft.discarded:
            draft.discarded = False
            _write(draft, user, "khôi phục bản thảo kế hoạch", {})


# --- Filing --------------------------------------------------------------------------------------


def file(user: User, pk: UUID, key: UUID) -> Review:
    """Write the plan as Word and bring it in like an uploaded paper; once, however often asked.

    Raises ``AccessDenied``, ``Closed`` where the draft was discarded, ``BadStart`` where no row
    is left, and ``NotAccepted`` where too many papers wait.
    """
    with transaction.atomic():
        draft = _locked(user, pk, closed=True)
        if draft.filed is not None:
            return draft.filed
        if draft.discarded:
            raise Closed
        if not draft.wanted:
            raise BadStart("Chưa chọn việc nào để đưa vào kế hoạch.")
        written = selectors.written(draft)
        paper = SimpleUploadedFile(f"{written.name}.docx", to_docx(written.paper))
        (review,) = uploads.upload(user, draft.place, key, [paper])
        draft.review = review
        _write(draft, user, "đưa bản thảo vào Kế hoạch", {"review": str(review.pk)})
        return review
