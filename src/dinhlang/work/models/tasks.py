"""Tasks: what is to be done, by which office, until when, and all that happened to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

USER = settings.AUTH_USER_MODEL


class TaskState(models.TextChoices):
    """How far a task has come."""

    OPEN = "open", "Chưa làm"
    DOING = "doing", "Đang làm"
    WAITING = "waiting", "Đang chờ"
    DONE = "done", "Đã xong"
    ACCEPTED = "accepted", "Đã nghiệm thu"
    DROPPED = "dropped", "Không làm nữa"


UNFINISHED = (TaskState.OPEN, TaskState.DOING, TaskState.WAITING)
"""Something is still to be done by the lead; ``DONE`` waits for the coordinator's acceptance."""


class Origin(models.TextChoices):
    """Where a task comes from."""

    PLAN = "plan", "Kế hoạch"
    MEETING = "meeting", "Kết luận họp"
    DISPATCH = "dispatch", "Công văn"
    OWN = "own", "Tự đặt"
    TEMPLATE = "template", "Mẫu việc"
    REPEAT = "repeat", "Việc định kỳ"
    CARRIED = "carried", "Chuyển từ kỳ trước"


class Repeat(models.Model):
    """A task that comes again and again; each time is a ``Task`` of its own.

    ``every`` and ``on`` say when: week with ISO weekday 1–7, month with day 1–31 (31: the last
    day), quarter, half year and year with the number of days before their end. ``data`` is what
    each task is made with. ``made_until`` is the last day for which tasks have been made.
    """

    class Every(models.TextChoices):
        """How often."""

        WEEK = "week", "Hằng tuần"
        MONTH = "month", "Hằng tháng"
        QUARTER = "quarter", "Hằng quý"
        HALF = "half", "Sáu tháng một lần"
        YEAR = "year", "Hằng năm"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    every = models.CharField(max_length=7, choices=Every.choices)
    on = models.PositiveSmallIntegerField()
    first = models.DateField()
    last = models.DateField(null=True)
    data = models.JSONField()
    made_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = RestrictedQuerySet.as_manager()
    place_field = "place"

    def __str__(self) -> str:
        return str(self.data.get("text", ""))


class Task(models.Model):
    """One piece of work of a place.

    ``start`` and ``end`` are days, both included. ``product`` is what is handed in;
    ``criterion_set``, ``criterion`` and ``indicator`` name what of the law it serves, ``target``
    the goal in words, ``measure`` the number that its acceptance records. ``cost`` is in đồng.
    ``waiting_for`` is said in state WAITING, ``reason`` in state DROPPED. ``origin_ref`` names
    the source for the program (“plan:12:45”, “meeting:3:7”), ``origin_text`` for people.
    ``followed`` is what the origin said last, so that what people changed here since is known.
    ``revision`` counts changes, so that two people changing one task notice each other.
    ``withdrawn_at``: the plan in force no longer has it; ``removed_at``: deleted, can be undone.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="work_tasks")
    villages = models.ManyToManyField(Unit, related_name="village_tasks")
    text = models.TextField()
    product = models.CharField(max_length=300, blank=True)
    remarks = models.TextField(blank=True)
    criterion_set = models.CharField(max_length=120, blank=True)
    criterion = models.CharField(max_length=20, blank=True)
    indicator = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=300, blank=True)
    measure = models.CharField(max_length=80, blank=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    cost = models.BigIntegerField(null=True)

    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    waiting_for = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")
    series = models.ForeignKey(Repeat, models.PROTECT, null=True, related_name="tasks")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.OWN)
    origin_ref = models.CharField(max_length=80, blank=True, db_index=True)
    origin_text = models.CharField(max_length=300, blank=True)
    followed = models.JSONField(default=dict)

    revision = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()
    created_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    changed = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    search_key = models.TextField(editable=False, blank=True)

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("end", "pk")
        indexes = (
            models.Index(fields=["place", "state", "end"], name="task_of_place"),
            models.Index(fields=["place", "criterion"], name="task_of_criterion"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                name="task_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="task_cost_is_not_negative"
            ),
        )

    def __str__(self) -> str:
        return self.text[:200]

    @property
    def is_unfinished(self) -> bool:
        """Whether anything is still to be done by the lead."""
        return self.state in UNFINISHED


class TaskOffice(models.Model):
    """An office named by a task; ``key`` is how two spellings of it are known as one."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="offices")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=200, db_index=True)
    leads = models.BooleanField()

    class Meta:
        ordering = ("-leads", "pk")

    def __str__(self) -> str:
        return self.name


class TaskLink(models.Model):
    """``task`` can only be finished after ``after`` is; both of one place."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="needs")
    after = models.ForeignKey(Task, models.CASCADE, related_name="needed_by")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["task", "after"], name="one_link_a_pair_of_tasks"),
            models.CheckConstraint(condition=~Q(task=F("after")), name="no_task_needs_itself"),
        )

    def __str__(self) -> str:
        return f"{self.after_id} → {self.task_id}"


class TaskNote(models.Model):
    """What somebody did to a task: a remark, a state, changed fields, a file. Written once.

    ``key`` comes with the form, so that a form sent twice writes once. ``changes`` holds changed
    fields as ``{field: [before, after]}``; ``evidence`` a file of the room of facts.
    ``revision`` is that of the task after it.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="notes")
    key = models.UUIDField(unique=True)
    author = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)
    text = models.TextField(blank=True)
    before = models.CharField(max_length=8, choices=TaskState.choices)
    after = models.CharField(max_length=8, choices=TaskState.choices)
    changes = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    evidence = models.ForeignKey("facts.Evidence", models.PROTECT, null=True, related_name="+")
    observation = models.ForeignKey(
        "facts.Observation", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.text[:80] or f"{self.get_before_display()} → {self.get_after_display()}"
