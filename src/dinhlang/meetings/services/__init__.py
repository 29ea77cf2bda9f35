"""Planning a meeting, its agenda, typing minutes, deciding, closing; each once, all told."""

from .closing import close, reopen, undo_close
from .common import BadMeeting, Closed, Overtaken, Point, Said
from .deciding import (
    change_decision,
    decide,
    make_task,
    mark,
    remove_decision,
    restore_decision,
    siblings,
)
from .minutes import Written, open_meeting, paper, write
from .planning import (
    add_point,
    change,
    change_point,
    order,
    plan,
    remove_point,
    restore_point,
    set_aside,
    take_back,
)

__all__ = [
    "BadMeeting",
    "Closed",
    "Overtaken",
    "Point",
    "Said",
    "Written",
    "add_point",
    "change",
    "change_decision",
    "change_point",
    "close",
    "decide",
    "make_task",
    "mark",
    "open_meeting",
    "order",
    "paper",
    "plan",
    "remove_decision",
    "remove_point",
    "reopen",
    "restore_decision",
    "restore_point",
    "set_aside",
    "siblings",
    "take_back",
    "undo_close",
    "write",
]
