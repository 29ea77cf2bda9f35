"""Hold the facts of many units against a set at once: states only, the same as ``evaluating``.

A ``Table`` has the facts of many units in columns; a ``Program`` walks a set once and answers for
all of them. Arithmetic is exact: whole numbers of numpy, and of Python where those are too small.
"""

from .arrays import MET, NOT_APPLICABLE, NOT_MET, STATES, UNKNOWN, States
from .program import Needs, Program, compile_set
from .tables import Rows, Table, table_of, table_of_rows

__all__ = [
    "MET",
    "NOT_APPLICABLE",
    "NOT_MET",
    "STATES",
    "UNKNOWN",
    "Needs",
    "Program",
    "Rows",
    "States",
    "Table",
    "compile_set",
    "table_of",
    "table_of_rows",
]
