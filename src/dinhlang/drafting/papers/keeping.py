"""The tree of a paper as JSON, so that what was finished is written alike ever after."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from dinhlang.papers.writing import tree

FORMAT = "dinhlang.official/1"
_CLASSES: dict[str, type] = {
    each.__name__: each
    for each in (
        *(tree.Paper, tree.Head, tree.Signature, tree.Annex, tree.Heading, tree.Paragraph),
        *(tree.Table, tree.Column, tree.Row, tree.Run),
    )
}


def to_data(value: Any) -> Any:
    """The value as JSON: an object names its class under ``is``, a day stands under ``day``."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {each.name: to_data(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__} | found
    if isinstance(value, (tuple, list)):
        return [to_data(each) for each in value]
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def from_data(data: Any) -> Any:
    """The value again; lists are tuples. Raises ``KeyError`` for an unknown class."""
    if isinstance(data, list):
        return tuple(from_data(each) for each in data)
    if not isinstance(data, dict):
        return data
    if "day" in data and len(data) == 1:
        return date.fromisoformat(data["day"])
    kind = _CLASSES[data["is"]]
    known = {each.name for each in fields(kind)}
    return kind(**{name: from_data(value) for name, value in data.items() if name in known})
