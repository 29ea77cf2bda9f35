"""Filling an empty database with the sample commune, through the services that people use."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from dinhlang.facts.attributes import GROUP
from dinhlang.facts.models import Observation, PlaceAttribute
from dinhlang.facts.services import entries as recording
from dinhlang.facts.services.attributes import Said, describe_place
from dinhlang.lawbook import samples
from dinhlang.people import audit
from dinhlang.people import services as people
from dinhlang.people.models import User
from dinhlang.places import services as places
from dinhlang.places.models import Level, Unit
from dinhlang.plans.models import Plan, PlanItem, Review
from dinhlang.plans.services import editing, uploads
from dinhlang.plans.services import plans as accepting
from dinhlang.work.models import Task, TaskState
from dinhlang.work.services import tasks

from . import (
    balance,
    meetings,
    more_numbers,
    new_plan,
    numbers,
    paper,
    promises,
    proofs,
    support,
    village_law,
    work,
)
from .cast import CAST, COMMUNE, DISTRICT, PROGRESS, PROVINCE, VILLAGES, Person
from .models import Demo, DemoAccount

NO_DISTRICTS_FROM = date(2025, 7, 1)
"""Law on the organisation of local government, two levels."""

WORDS = (
    *("cau", "mit", "nhan", "mai", "sen", "tre", "buoi", "khe", "oi", "na", "cam", "dua"),
    *("lua", "ngo", "khoai", "bong", "che", "gao", "me", "xoai", "vai", "dao", "man", "quyt"),
)


class NotEmpty(Exception):
    """There are people or plans already; the message is for the operator."""

    def __init__(self) -> None:
        super().__init__(
            "Cơ sở dữ liệu đã có người dùng nên không nạp dữ liệu mẫu vào. Muốn xem thử, hãy chạy "
            "với một thư mục dữ liệu khác: DINHLANG_DATA_DIR=/tmp/xem-thu make run"
        )


def is_new() -> bool:
    """Whether nobody has used this database, and no samples were ever loaded into it."""
    return not (User.objects.exists() or Unit.objects.exists() or Demo.objects.exists())


def load(now: datetime) -> list[DemoAccount]:
    """Loads the sample commune: all of it, or nothing. Returns the accounts to sign in with.

    Samples that are there already stay as they are. Raises ``NotEmpty``.
    """
    if existing := list(DemoAccount.objects.select_related("user")):
        return existing
    if User.objects.exists():
        raise NotEmpty
    with transaction.atomic(), audit.grouped():
        Demo.objects.update_or_create(pk=1, defaults={"loaded": now, "cleared": None})
        units = _places()
        users = _people(units)
        _plan(units, users, timezone.localdate(now))
        _law(users)
        _new_plan(units, users, timezone.localdate(now))
        _numbers(units, users, timezone.localdate(now).year)
        proofs.load(units, users, timezone.localdate(now))
        balance.load(units, users, timezone.localdate(now))
        support.load(units, users, timezone.localdate(now))
        promises.load(units, users, timezone.localdate(now))
        meetings.load(units, users, timezone.localdate(now))
        work.load(units, users, timezone.localdate(now))
        audit.record(None, "nạp dữ liệu mẫu", units[COMMUNE], units[COMMUNE])
    return list(DemoAccount.objects.select_related("user"))


def _places() -> dict[str, Unit]:
    country = places.ensure_country()
    province = places.add_unit(Level.PROVINCE, "tỉnh", PROVINCE, country)
    district = places.add_unit(Level.DISTRICT, "huyện", DISTRICT, province)
    commune = places.add_unit(Level.COMMUNE, "xã", COMMUNE, district)
    units = {PROVINCE: province, COMMUNE: commune}
    for name in numbers.NEIGHBOURS:
        units[name] = places.add_unit(Level.COMMUNE, "xã", name, province)
    for name in VILLAGES:
        units[name] = places.create_village(None, commune, "thôn", name)
    places.transfer_unit(None, commune, province, NO_DISTRICTS_FROM)
    places.end_unit(None, district, NO_DISTRICTS_FROM, reason="không còn cấp huyện")
    units[COMMUNE] = Unit.objects.get(pk=commune.pk)
    return units


def _law(users: dict[str, User]) -> None:
    """The made-up sets, so that boards of today have thresholds: of communes, of villages."""
    samples.load(users["quantri"], users["quantri2"])
    village_law.load(users["quantri"], users["quantri2"])


def _numbers(units: dict[str, Unit], users: dict[str, User], year: int) -> None:
    commune = units[COMMUNE]
    for name, group in numbers.GROUPS.items():
        described = Said(name=GROUP, value=group, valid_from=date(year - 1, 1, 1))
        describe_place(None, units[name], described)
        for what, value in more_numbers.ATTRIBUTES.items():
            said = Said(name=what, value=value, valid_from=more_numbers.SINCE,
                        paper=more_numbers.PAPER)  # fmt: skip
            describe_place(None, units[name], said)
    for by in {number.by for number in numbers.NUMBERS}:
        found = list(numbers.entries(year, by))
        rows = recording.record_many(users[by], commune, [entry for _, entry in found])
        kept = [
            row.pk
            for (number, entry), row in zip(found, rows, strict=True)
            if number.confirmed or entry.period.year < year
        ]
        recording.confirm(users["lanhdao"], commune, kept)
    for name in numbers.NEIGHBOURS:
        recording.record_many(None, units[name], numbers.neighbour(name, year))
    _more_numbers(units, users, year)
    _spread(year)


def _more_numbers(units: dict[str, Unit], users: dict[str, User], year: int) -> None:
    """What older sets and those of villages ask for; Soi's own numbers wait to be confirmed."""
    commune, leader = units[COMMUNE], users["lanhdao"]
    older = recording.record_many(users["dieuphoi"], commune, more_numbers.of_older_sets(year))
    recording.confirm(leader, commune, [row.pk for row in older])
    for name, entries in more_numbers.of_villages(year):
        by = users["truongthon" if name == "Soi" else "dieuphoi"]
        rows = recording.record_many(by, units[name], entries)
        if name != "Soi":
            recording.confirm(leader, units[name], [row.pk for row in rows])


def _spread(year: int) -> None:
    """As if the numbers had come in over the year, so that the board has a past."""
    now = timezone.now()
    PlaceAttribute._base_manager.update(at=now - timedelta(days=420))
    for place, row in enumerate(Observation.objects.order_by("pk")):
        last_year = row.end.year < year
        days = 400 - place % 30 if last_year else (place * 37) % 300
        at = now - timedelta(days=days)
        seen = at + timedelta(hours=5) if row.confirmed_at else None
        # Past the model's own guard: a number that people entered never changes.
        Observation._base_manager.filter(pk=row.pk).update(at=at, confirmed_at=seen)


def _people(units: dict[str, Unit]) -> dict[str, User]:
    users = {}
    for position, person in enumerate(CAST):
        user, secret = people.invite(
            None,
            username=person.username,
            full_name=person.full_name,
            role=person.role,
            place=units[person.at] if person.at else None,
            title=person.office,
        )
        users[person.username] = user
        if person.about:
            _open(person, position, user, secret)
    return users


def _open(person: Person, position: int, user: User, secret: str) -> None:
    password = "-".join(secrets.choice(WORDS) for _ in range(3)) + f"-{secrets.randbelow(90) + 10}"
    people.accept_invitation(secret, password)
    role = person.shown_as or person.office or person.role.label
    DemoAccount.objects.create(
        user=user, position=position, role=role, about=person.about, password=password
    )


def _plan(units: dict[str, Unit], users: dict[str, User], today: date) -> None:
    coordinator, commune = users["dieuphoi"], units[COMMUNE]
    review = _read(coordinator, commune, *paper.dated(today))
    _date_tasks(coordinator, review, today)
    review.refresh_from_db()
    version = accepting.accept(users["lanhdao"], review.pk, review.revision)
    _work(version.plan, users, today)


def _new_plan(units: dict[str, Unit], users: dict[str, User], today: date) -> None:
    """The plan by the made-up set; accepted once that set is law here."""
    if today.year >= new_plan.FIRST_YEAR:
        review = _read(users["dieuphoi"], units[COMMUNE], *new_plan.paper(today.year))
        accepting.accept(users["lanhdao"], review.pk, review.revision)


def _read(user: User, commune: Unit, name: str, content: bytes) -> Review:
    (review,) = uploads.upload(user, commune, uuid4(), [SimpleUploadedFile(name, content)])
    # Here and now; the job that was queued for the worker finds nothing left to do.
    uploads.run(review.pk)
    return Review.objects.get(pk=review.pk)


def _date_tasks(user: User, review: Review, today: date) -> None:
    """Ends of tasks around today, as the coordinator would correct them in the review."""
    days = {each.lead: today + timedelta(days=each.due_in) for each in PROGRESS}
    for item in review.document["tasks"]:
        day = next((days[lead] for lead in item.get("lead") or [] if lead in days), None)
        if day is not None:
            values = {
                "deadline-start": "",
                "deadline-end": f"{day:%d/%m/%Y}",
                "deadline-text": f"Trước {day:%d/%m/%Y}",
            }
            edit = editing.Edit(user, review.pk, uuid4(), seen=review.revision)
            editing.change_item(edit, item["id"], values)


def _work(plan: Plan, users: dict[str, User], today: date) -> None:
    """What a commune has noted so far; the months of the roadmap that have passed are done."""
    # Lines of the roadmap may be led by the same offices: only tasks as such are told about.
    told = PlanItem.objects.filter(plan=plan, kind="tasks").values("number")
    ours = Task.objects.filter(of_plan__plan=plan, of_plan__number__in=told, offices__leads=True)
    ours = ours.filter(offices__name__in=[each.lead for each in PROGRESS])
    past = Task.objects.filter(of_plan__plan=plan, end__lt=today)
    for task in past.exclude(pk__in=ours.values("pk")):
        tasks.tell(users["dieuphoi"], task.pk, uuid4(), TaskState.DONE)
        tasks.accept(users["lanhdao"], task.pk, uuid4())
    for each in PROGRESS:
        if each.by:
            task = Task.objects.get(
                of_plan__plan=plan, of_plan__number__in=told,
                offices__name=each.lead, offices__leads=True,
            )  # fmt: skip
            tasks.tell(users[each.by], task.pk, uuid4(), each.state, each.note)
