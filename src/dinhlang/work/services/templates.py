"""Templates applied and kept: a chain of tasks made at once, a task saved to be made again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from dinhlang.lawbook import selectors as lawbook
from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.people.offices import office_key, the_one
from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, fold, nfc

from .. import owners, spoken_sets, templating
from ..models import Origin, Task, TaskLink, TaskOffice, TaskTemplate
from ..owners import Owner
from ..said import BadTask, Said
from ..selectors import page, serving
from ..selectors.tasks import live
from ..templating import MOST_STEPS, Step, Template
from .tasks import create

OWN = "rieng-"


@dataclass(slots=True)
class Proposed:
    """A step with its days and its lead, as it is shown and may be changed before it is made.

    ``number`` is that of the step in the template; ``wanted`` whether it is made. ``why`` says
    where the lead comes from, ``href`` leads to the line of the paper that says so.
    """

    number: int
    text: str
    product: str
    lead: str
    start: date | None
    end: date | None
    after: tuple[int, ...] = ()
    wanted: bool = True
    why: str = ""
    href: str = ""


def find(user: User, place: Unit, code: str) -> Template | None:
    """The template of that code: ours, or one of the place."""
    if not code.startswith(OWN):
        return templating.ours().get(code)
    pk = code.removeprefix(OWN)
    rows = TaskTemplate.objects.restrict(user).filter(place=place, removed_at=None)
    row = rows.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 15 else None
    return of_row(row) if row is not None else None


def of_row(row: TaskTemplate) -> Template:
    """A place's own template."""
    steps = templating.steps_of(row.steps)
    return Template(f"{OWN}{row.pk}", row.name, steps, row.criterion, row.criterion_set)


def set_for(place: Unit, template: Template, on: date) -> str:
    """The set whose criterion the template names, where it is in force here; else empty."""
    known = {each.id for each in serving.sets_of(place, on)}
    return template.criterion_set if template.criterion_set in known else ""


def owner_of(user: User, place: Unit, set_id: str, criterion: str) -> Owner | None:
    """Who answers for the criterion: by the plan in force, else who led its tasks so far."""
    return owners_of(user, place, set_id, [criterion]).get(criterion) if criterion else None


def owner_by_subject(user: User, place: Unit, template: Template) -> Owner | None:
    """Whom a paper of the place charges with what the template is about, in whichever set."""
    for name in dict.fromkeys([template.criterion_set, *spoken_sets.ids(None, place)]):
        law = lawbook.library().sets.get(name)
        for number in templating.served_by(template, law) if law else ():
            owner = owners_of(user, place, name, [number]).get(number)
            if owner is not None and owner.address:
                return owner
    return None


def owners_of(
    user: User, place: Unit, set_id: str, criteria: Sequence[str]
) -> dict[str, Owner]:  # fmt: skip
    """By number who answers for these criteria of the set; those nobody does are left out."""
    charged = owners.of_place(user, place, set_id) if set_id else {}
    found: dict[str, Owner] = {}
    if charged.keys() & set(criteria):
        # The office as it is kept here, where the plan means one of these.
        held = page.posts_of(place)
        named = [(name, (office_key(name),)) for name in page.office_names(place)]
        for number in criteria:
            if (owner := charged.get(number)) is not None:
                key = office_key(owner.office)
                name = the_one(key, held) or the_one(key, named) or owner.office
                found[number] = replace(owner, office=name)
    missing = [number for number in criteria if number not in found]
    for number, usual in _usual_leads(user, place, set_id, missing).items():
        found[number] = Owner(usual, f"chủ trì nhiều việc của tiêu chí {number} nhất")
    return found


def propose(
    user: User, place: Unit, template: Template, goal: date, owner: Owner | None = None
) -> list[Proposed]:
    """The steps with days counted back from the goal, and leads.

    A step that names an office by a word has the one of the place called so; every other the
    owner of the criterion.
    """
    names, found = page.office_names(place), []
    for number, step in enumerate(template.steps, 1):
        start, end = step.span(goal)
        row = Proposed(number, step.text, step.product, "", start, end, step.after)
        if step.lead and (called := _lead(names, step.lead)):
            row.lead, row.why = called, "cơ quan của xã"
        elif owner is not None:
            row.lead, row.why, row.href = owner.office, owner.source, owner.address
        found.append(row)
    return found


def _lead(names: Sequence[str], word: str) -> str:
    """The office of the place that is called so; the first by its name, empty where none is."""
    wanted = fold(word)
    return next((name for name in names if wanted in fold(name)), "")


def _usual_leads(
    user: User, place: Unit, set_id: str, criteria: Sequence[str]
) -> dict[str, str]:  # fmt: skip
    """By number the office that leads most of the place's tasks for that criterion of the set."""
    if not criteria:
        return {}
    rows = live(user).filter(place=place, criterion__in=list(criteria))
    if set_id:
        # One number names other things in another set.
        rows = rows.filter(criterion_set__in=(set_id, ""))
    named = TaskOffice.objects.filter(task__in=rows.values("pk"), leads=True).order_by("-pk")
    count: dict[str, Counter[str]] = {}
    for number, name in named.values_list("task__criterion", "name")[:2000]:
        count.setdefault(number, Counter())[name] += 1
    return {number: each.most_common(1)[0][0] for number, each in count.items()}


def apply(
    user: User, place: Unit, template: Template, whole: Said, rows: Sequence[Proposed], key: UUID
) -> Task:
    """Make the task and its steps, all or none; sent again it is the one made before.

    Raises ``AccessDenied``, ``BadTask``.
    """
    require(user, Action.EDIT, place)
    wanted = [row for row in rows if row.wanted and row.text.strip()]
    if not wanted:
        raise BadTask("Hãy giữ lại ít nhất một bước.")
    if len(wanted) > MOST_STEPS:
        raise BadTask(f"Mỗi lần tạo tối đa {MOST_STEPS} bước.")
    name = f"Mẫu “{template.name}”"
    with transaction.atomic():
        parent = create(user, place, whole, key, origin=Origin.TEMPLATE, origin_text=name)
        made: dict[int, Task] = {}
        for row in wanted:
            said = Said(
                text=row.text, product=row.product, lead=[row.lead] if row.lead.strip() else [],
                start=row.start, end=row.end, criterion_set=whole.criterion_set,
                criterion=whole.criterion, villages=whole.villages,
                after=[made[each].pk for each in _before(template, row, made)],
            )  # fmt: skip
            try:
                made[row.number] = create(
                    user, place, said, uuid5(key, str(row.number)), origin=Origin.TEMPLATE,
                    origin_text=name, parent=parent,
                )  # fmt: skip
            except BadTask as bad:
                raise BadTask(f"Bước {row.number}: {bad}", bad.field) from None
        return parent


def _before(template: Template, row: Proposed, made: dict[int, Task]) -> list[int]:
    """The made steps that come first; a step left out hands on those before it."""
    found: dict[int, None] = {}
    open_ones = list(row.after)
    while open_ones:
        number = open_ones.pop()
        if number in made:
            found[number] = None
        elif 1 <= number <= len(template.steps):
            open_ones += template.steps[number - 1].after
    return sorted(found)


def save(user: User, task: Task, name: str, key: UUID) -> TaskTemplate:
    """Keep a task with its smaller ones as a template of its place.

    Days are counted from the task's end, else from the last end of its parts. The same key again
    is the one kept before. Needs ``REVIEW``. Raises ``AccessDenied``, ``BadTask``.
    """
    require(user, Action.REVIEW, task.place)
    before: TaskTemplate | None = TaskTemplate.objects.filter(
        key=key, place=task.place, by=user
    ).first()
    if before is not None:
        return before
    name = clean_spaces(nfc(name))[:300] or clean_spaces(task.text)[:300]
    steps = _steps(user, task)
    try:
        with transaction.atomic():
            row: TaskTemplate = TaskTemplate.objects.create(
                key=key, place=task.place, name=name, criterion_set=task.criterion_set,
                criterion=task.criterion, steps=templating.plain(steps), by=user,
                at=timezone.now(),
            )  # fmt: skip
            audit.record(user, "lưu mẫu việc", row, task.place, {"task": task.pk})
            return row
    except IntegrityError:
        # The other click of a double click was quicker by a moment.
        return TaskTemplate.objects.get(key=key, by=user)


def _steps(user: User, task: Task) -> list[Step]:
    rows = live(user).filter(parent=task).prefetch_related("offices")
    parts = list(rows.order_by("end", "position", "pk")[:MOST_STEPS])
    if not parts:
        raise BadTask("Việc này chưa chia nhỏ nên chưa lưu làm mẫu được.")
    # A step names only those above it: what comes first stands first.
    links = TaskLink.objects.filter(task__in=parts, after__in=parts)
    needs: dict[int, set[int]] = {part.pk: set() for part in parts}
    for task_pk, after in links.values_list("task", "after"):
        needs[task_pk].add(after)
    ordered: list[Task] = []
    while parts:
        done = {part.pk for part in ordered}
        ready = next((part for part in parts if needs[part.pk] <= done), parts[0])
        parts.remove(ready)
        ordered.append(ready)
    number = {part.pk: at for at, part in enumerate(ordered, 1)}
    ends = [part.end for part in ordered if part.end is not None]
    goal = task.end or (max(ends) if ends else None)
    return [
        Step(
            part.text, part.product, _first_lead(part),
            max((goal - part.end).days, 0) if goal and part.end else 0,
            (part.end - part.start).days + 1 if part.start and part.end else 7,
            tuple(sorted(n for n in map(number.get, needs[part.pk]) if n and n < number[part.pk])),
        )
        for part in ordered
    ]  # fmt: skip


def _first_lead(task: Task) -> str:
    return next((each.name for each in task.offices.all() if each.leads), "")


def remove(user: User, pk: int, *, back: bool = False) -> TaskTemplate:
    """Take a template away, or bring it back. Raises ``AccessDenied``."""
    with transaction.atomic():
        rows = TaskTemplate.objects.select_for_update(of=("self",)).select_related("place")
        row: TaskTemplate = rows.get(pk=pk)
        require(user, Action.REVIEW, row.place)
        if (row.removed_at is None) != back:
            row.removed_at = None if back else timezone.now()
            row.save(update_fields=["removed_at"])
            audit.record(user, "khôi phục mẫu việc" if back else "xóa mẫu việc", row, row.place)
        return row
