"""The tables of this app."""

from .attributes import PlaceAttribute
from .evidence import Evidence, EvidenceLink, FileKind
from .imports import SheetImport
from .observations import Observation, PeriodKind, Sex, Source, State

__all__ = [
    "Evidence",
    "EvidenceLink",
    "FileKind",
    "Observation",
    "PeriodKind",
    "PlaceAttribute",
    "Sex",
    "SheetImport",
    "Source",
    "State",
]
