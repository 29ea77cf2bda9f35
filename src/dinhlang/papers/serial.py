"""A plan to JSON and back, and the JSON schema made from the data classes themselves."""

from __future__ import annotations

import dataclasses
import json
import types
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from dinhlang.papers import plan as model
from dinhlang.papers.plan import FORMAT, Plan

T = TypeVar("T")


def _key(name: str) -> str:
    return name.rstrip("_")


def _dump(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {_key(f.name): _dump(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [_dump(v) for v in value]
    return value


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan as plain data in the format ``dinhlang.plan/1``, ready for ``json.dumps``."""
    return {"format": FORMAT, **_dump(plan)}


def dumps(plan: Plan, indent: int | None = 1) -> str:
    """The plan as JSON text, as ``dinhlang read --json`` prints it and the page downloads it."""
    return json.dumps(to_json(plan), ensure_ascii=False, indent=indent)


def _load(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _load(next(a for a in get_args(kind) if a is not type(None)), value)
    if origin is list:
        return [_load(get_args(kind)[0], v) for v in value]
    if origin is tuple:
        return tuple(value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _load_class(kind, value)
    return value


def _load_class(kind: type[T], value: dict[str, Any]) -> T:
    hints = get_type_hints(kind, vars(model))
    names = {_key(f.name): f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{names[k]: _load(hints[names[k]], v) for k, v in value.items() if k in names})


def from_json(data: dict[str, Any]) -> Plan:
    """The plan that ``to_json`` wrote. Fields a later version added are ignored.

    Raises ``ValueError`` where the format is another.
    """
    if data.get("format") != FORMAT:
        said = data.get("format")
        told = f"tệp ghi “{said}”" if said else "tệp không ghi định dạng"
        raise ValueError(f"Không phải định dạng {FORMAT}: {told}")
    return _load_class(Plan, data)


def _schema_of(kind: Any, seen: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema_of(a, seen) for a in get_args(kind)]}
    if kind is type(None):
        return {"type": "null"}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is list:
        return {"type": "array", "items": _schema_of(get_args(kind)[0], seen)}
    if origin is tuple:
        parts = [_schema_of(a, seen) for a in get_args(kind)]
        return {
            "type": "array",
            "prefixItems": parts,
            "minItems": len(parts),
            "maxItems": len(parts),
        }
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        if kind.__name__ not in seen:
            seen[kind.__name__] = {}
            seen[kind.__name__] = _schema_of_class(kind, seen)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return {"type": {str: "string", int: "integer", bool: "boolean"}[kind]}


def _schema_of_class(kind: type, seen: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind, vars(model))
    fields = dataclasses.fields(kind)
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "properties": {_key(f.name): _schema_of(hints[f.name], seen) for f in fields},
        "required": [_key(f.name) for f in fields],
    }


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of ``dinhlang.plan/1``, generated from the data classes."""
    seen: dict[str, Any] = {}
    top = _schema_of_class(Plan, seen)
    top["properties"] = {"format": {"const": FORMAT}, **top["properties"]}
    top["required"] = ["format", *top["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        **top,
        "$defs": seen,
    }
