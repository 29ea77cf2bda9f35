"""The tables of this app."""

from .commitments import Commitment, CommitmentNote, CommitmentState
from .covering import HandOver, StandIn
from .feeds import CalendarFeed
from .importing import WorkImport
from .reminders import (
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    ReminderRule,
    ReminderSettings,
    Turn,
    Webhook,
)
from .tasks import (
    UNFINISHED,
    Origin,
    Repeat,
    Task,
    TaskLink,
    TaskNote,
    TaskOffice,
    TaskState,
)
from .templates import TaskTemplate

__all__ = [
    "UNFINISHED",
    "CalendarFeed",
    "Commitment",
    "CommitmentNote",
    "CommitmentState",
    "Delivery",
    "DeliveryState",
    "HandOver",
    "Notice",
    "NoticeKind",
    "Origin",
    "ReminderRule",
    "ReminderSettings",
    "Repeat",
    "StandIn",
    "Task",
    "TaskLink",
    "TaskNote",
    "TaskOffice",
    "TaskState",
    "TaskTemplate",
    "Turn",
    "Webhook",
    "WorkImport",
]
