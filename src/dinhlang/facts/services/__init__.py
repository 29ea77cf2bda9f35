"""The verbs: enter, confirm, prove, describe a place."""

from .attributes import NotAnAttribute, Said, describe_place, take_back
from .entries import BadEntry, Conflict, Entry, confirm, record, record_many
from .evidence import (
    About,
    BadEvidence,
    Sent,
    Target,
    add,
    attach,
    describe,
    detach,
    restore,
    set_aside,
)

__all__ = [
    "About",
    "BadEntry",
    "BadEvidence",
    "Conflict",
    "Entry",
    "NotAnAttribute",
    "Said",
    "Sent",
    "Target",
    "add",
    "attach",
    "confirm",
    "describe",
    "describe_place",
    "detach",
    "record",
    "record_many",
    "restore",
    "set_aside",
    "take_back",
]
