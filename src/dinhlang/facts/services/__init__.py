"""The verbs: enter, confirm, prove, describe a place."""

from .attributes import NotAnAttribute, describe_place, take_back
from .entries import BadEntry, Conflict, Entry, confirm, record, record_many

__all__ = [
    "BadEntry",
    "Conflict",
    "Entry",
    "NotAnAttribute",
    "confirm",
    "describe_place",
    "record",
    "record_many",
    "take_back",
]
