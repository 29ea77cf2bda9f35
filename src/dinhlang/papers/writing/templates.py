"""Papers as Word templates that a commune changes in Word: fields in double braces, no programs.

A template may name the fields of its kind (``{{ trich_yeu }}``), repeat a row for a list
(``{%tr for viec in danh_sach %}``) and leave a part out (``{% if %}``). Anything else is refused
when the template is brought in; filling runs in Jinja's sandbox besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dinhlang.papers.errors import PaperError

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If,
    nodes.Getattr, nodes.Not, nodes.Const,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in braces, what it is, and an example. ``columns`` of a list's rows."""

    name: str
    label: str
    example: str = ""
    columns: tuple[tuple[str, str, str], ...] = ()


class BadTemplate(PaperError):
    """A template that cannot be used; the message says what is wrong and what to do."""

    code = "bad-template"


def check(data: bytes, fields: tuple[Field, ...]) -> list[str]:
    """The names of the fields the template uses. Raises ``BadTemplate``."""
    _open(data)
    lists = {
        field.name: {name for name, _, _ in field.columns} for field in fields if field.columns
    }
    plain = {field.name for field in fields if not field.columns}
    tree = _parsed(data)
    used: list[str] = []
    rows: dict[str, str] = {}
    for node in _walk(tree):
        if not isinstance(node, _ALLOWED):
            raise BadTemplate(
                f"Mẫu dùng lệnh “{type(node).__name__}” mà mẫu văn bản không được dùng.",
                "Chỉ dùng trường trong hai dấu ngoặc nhọn, vòng lặp dòng và điều kiện.",
            )
        if isinstance(node, nodes.For):
            _loop(node, lists, rows, used)
    for node in _walk(tree):
        if isinstance(node, nodes.Getattr):
            _column(node, lists, rows)
        elif isinstance(node, nodes.Name) and node.ctx == "load":
            _name(node, plain, lists, rows, used)
    return list(dict.fromkeys(used))


def fill(data: bytes, values: Mapping[str, Any]) -> bytes:
    """The template with its fields filled. Raises ``BadTemplate``."""
    document = DocxTemplate(BytesIO(data))
    try:
        document.render(dict(values), jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        raise BadTemplate(f"Mẫu không điền được: {error}.", "Hãy tải mẫu gốc về và sửa lại.") from (
            error
        )
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def examples(fields: tuple[Field, ...]) -> dict[str, Any]:
    """A value for every field, for the preview."""
    values: dict[str, Any] = {}
    for field in fields:
        row = {name: example for name, _, example in field.columns}
        values[field.name] = [row, row] if field.columns else field.example
    return values


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _open(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise BadTemplate("Mẫu lớn hơn 5 MB.", "Hãy bỏ bớt hình trong mẫu.")
    try:
        with ZipFile(BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            known = "word/document.xml" in packed.namelist()
    except BadZipFile:
        known, size = False, 0
    if not known:
        raise BadTemplate("Tệp không phải Word (.docx).", "Hãy lưu lại thành .docx rồi thử lại.")
    if size > MOST_UNPACKED:
        raise BadTemplate("Mẫu giải nén ra quá lớn.", "Hãy bỏ bớt hình trong mẫu.")


def _parsed(data: bytes) -> nodes.Template:
    document = DocxTemplate(BytesIO(data))
    document.init_docx()
    words = document.patch_xml(document.get_xml())
    try:
        return _environment().parse(words)
    except TemplateSyntaxError as error:
        near = re.sub(r"<[^>]+>", "", words.splitlines()[error.lineno - 1])[:80]
        raise BadTemplate(
            f"Chỗ “{near.strip()}” viết sai dấu ngoặc hoặc lệnh ({error.message}).",
            "Mỗi trường viết liền trong hai dấu ngoặc nhọn, ví dụ {{ trich_yeu }}.",
        ) from error


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _loop(
    node: nodes.For, lists: Mapping[str, set[str]], rows: dict[str, str], used: list[str]
) -> None:
    if not isinstance(node.iter, nodes.Name) or not isinstance(node.target, nodes.Name):
        raise BadTemplate("Vòng lặp chỉ chạy trên một danh sách của loại văn bản này.")
    if node.iter.name not in lists:
        known = ", ".join(sorted(lists)) or "không có"
        raise BadTemplate(
            f"Không có danh sách “{node.iter.name}”.", f"Danh sách dùng được: {known}."
        )
    rows[node.target.name] = node.iter.name
    used.append(node.iter.name)


def _column(node: nodes.Getattr, lists: Mapping[str, set[str]], rows: Mapping[str, str]) -> None:
    source = rows.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    if source is None or node.attr not in lists[source]:
        known = ", ".join(sorted(lists[source])) if source else ""
        raise BadTemplate(
            f"Không có cột “{node.attr}”.", f"Cột dùng được: {known}." if known else ""
        )


def _name(
    node: nodes.Name, plain: set[str], lists: Mapping[str, set[str]], rows: Mapping[str, str],
    used: list[str],
) -> None:  # fmt: skip
    if node.name in plain:
        used.append(node.name)
    elif node.name not in rows and node.name not in lists:
        raise BadTemplate(
            f"Không có trường “{node.name}”.",
            f"Trường dùng được: {', '.join(sorted(plain))}.",
        )
