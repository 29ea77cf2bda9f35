"""What is wrong with a file of the law: every fault at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the line in the file (1 is the first; 0: not known), where, and what to do.

    ``path`` names the way to it: “criteria › 3 › indicators › 3.1 › requirement”.
    """

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        where = [f"dòng {self.line}"] if self.line else []
        where += [self.path] if self.path else []
        return f"{' · '.join(where)}: {self.message}" if where else self.message


class LawError(Exception):
    """A text of the law that cannot be used. ``problems`` holds all faults, in order of lines."""

    def __init__(self, problems: Iterable[Problem], name: str = "") -> None:
        self.problems = tuple(sorted(set(problems)))
        self.name = name
        head = f"{name}: {len(self.problems)} chỗ phải sửa" if name else ""
        super().__init__("\n".join([*([head] if head else []), *map(str, self.problems)]))
