"""Papers as Word templates that a commune changes in Word: fields in double braces, no programs.

A template may name the fields of its kind (``{{ trich_yeu }}``), repeat a row for a list
(``{%tr for viec in danh_sach %}``) and leave a part out (``{% if %}``). Anything else is refused
when the template is brought in; filling runs in Jinja's sandbox besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from dinhlang.papers.errors import PaperError

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_XML = 4 * 1024 * 1024
MOST_REPEATED = 100_000
"""Letters of the file within one loop; a row of a table has a few thousand."""
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If,
    nodes.Getattr, nodes.Not, nodes.Const,
)  # fmt: skip
_DAMAGE = (BadZipFile, OpcError, etree.LxmlError, KeyError, ValueError, OSError, EOFError)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


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
    """The names of the fields the template uses. Raises ``BadTemplate`` with reason and place.

    Body, heads, feet, notes and properties are read alike, and the template is filled once with
    examples and once with empty lists.
    """
    document = _open(data)
    checker = _Checker(fields)
    for part in _parts(document):
        checker.part(part)
    values = examples(fields)
    empty = {name: [] if isinstance(value, list) else value for name, value in values.items()}
    for given in (values, empty):
        fill(data, given)
    return list(dict.fromkeys(checker.used))


def fill(data: bytes, values: Mapping[str, Any]) -> bytes:
    """The template with its fields filled. Raises ``BadTemplate``."""
    document = DocxTemplate(BytesIO(data))
    out = BytesIO()
    try:
        document.render(dict(values), jinja_env=_environment(), autoescape=True)
        document.save(out)
    except (TemplateError, etree.LxmlError, ValueError, KeyError) as error:
        raise BadTemplate(
            "Mẫu không điền được: một lệnh đứng sai chỗ (ví dụ lệnh lặp dòng nằm ngoài bảng).",
            "Hãy tải mẫu gốc về và sửa lại từ mẫu đó.",
        ) from error
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


def _open(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise BadTemplate("Mẫu lớn hơn 5 MB.", "Hãy bỏ bớt hình trong mẫu.")
    not_word = BadTemplate("Tệp không phải Word (.docx).", "Hãy lưu lại thành .docx rồi thử lại.")
    try:
        with ZipFile(BytesIO(data)) as packed:
            names = {entry.filename: entry.file_size for entry in packed.infolist()}
            if "word/document.xml" not in names:
                raise not_word
            if sum(names.values()) > MOST_UNPACKED or any(
                size > MOST_XML for name, size in names.items() if name.endswith((".xml", ".rels"))
            ):
                raise BadTemplate("Mẫu giải nén ra quá lớn.", "Hãy bỏ bớt hình, bớt trang.")
            _strangers(packed, names)
        document = DocxTemplate(BytesIO(data))
        document.init_docx()
    except _DAMAGE as error:
        raise not_word from error
    return document


def _strangers(packed: ZipFile, names: Mapping[str, int]) -> None:
    """Refuses programs, embedded files and what would be fetched from elsewhere."""
    if any("vbaproject" in name.lower() or "/embeddings/" in name.lower() for name in names):
        raise BadTemplate(
            "Mẫu chứa macro hoặc tệp nhúng.", "Hãy lưu lại thành .docx không có macro."
        )
    for name in names:
        if not name.endswith(".rels"):
            continue
        for link in etree.fromstring(packed.read(name), _PARSER):
            kind = str(link.get("Type", "")).rsplit("/", 1)[-1]
            if link.get("TargetMode") == "External" and kind != "hyperlink":
                raise BadTemplate(
                    "Mẫu gắn hình hoặc mẫu nền nằm ở nơi khác.",
                    "Hãy chèn hình thẳng vào tệp, bỏ mẫu nền gắn ngoài.",
                )


def _parts(document: Any) -> Iterator[str]:
    """The XML of each part as docxtpl hands it to Jinja."""
    yield document.patch_xml(document.get_xml())
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(kind):
            yield document.patch_xml(document.get_part_xml(part))
    for part in document.docx._part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            yield document.patch_xml(part.blob.decode("utf-8"))
    properties = document.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield getattr(properties, name) or ""


def _tidy(xml: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", xml)).split())


def _place(xml: str, word: str) -> str:
    """“ (ở đoạn “…”)”: the first paragraph with that word within braces; empty if there is none."""
    inside = re.compile(r"\{[{%][^{}]*\b" + re.escape(word) + r"\b")
    for paragraph in re.split(r"</w:p>", xml):
        words = _tidy(paragraph)
        if inside.search(words):
            return f" (ở đoạn “{words[:80]}”)"
    return ""


def _misspelt(xml: str) -> str:
    """The first paragraph whose braces are wrong by themselves."""
    for paragraph in re.split(r"</w:p>", xml):
        words = _tidy(paragraph)
        if not re.search(r"[{}]|%", words):
            continue
        try:
            _environment().parse(re.sub(r"\{%.*?%\}", "", words))
        except TemplateSyntaxError:
            return words[:80]
        if len(re.findall(r"\{\{|\{%", words)) != len(re.findall(r"\}\}|%\}", words)):
            return words[:80]
    return ""


class _Checker:
    """Walks the parts with what each loop's variable stands for."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.lists = {
            field.name: {name for name, _, _ in field.columns} for field in fields if field.columns
        }
        self.plain = {field.name for field in fields if not field.columns}
        self.used: list[str] = []
        self.xml = ""

    def part(self, xml: str) -> None:
        self.xml = xml
        try:
            tree = _environment().parse(xml)
        except TemplateSyntaxError as error:
            near = _misspelt(xml)
            where = f"Chỗ “{near}” viết" if near else "Mẫu viết"
            raise BadTemplate(
                f"{where} sai dấu ngoặc hoặc lệnh ({error.message}).",
                "Mỗi trường viết liền trong hai dấu ngoặc nhọn, ví dụ {{ trich_yeu }}; mỗi lệnh "
                "lặp, điều kiện có lệnh kết thúc của nó.",
            ) from error
        self._visit(tree, {})

    def _visit(self, node: nodes.Node, rows: Mapping[str, str]) -> None:
        if not isinstance(node, _ALLOWED):
            raise BadTemplate(
                f"Mẫu dùng lệnh “{type(node).__name__}” mà mẫu văn bản không được dùng"
                f"{self._near(node)}.",
                "Chỉ dùng trường trong hai dấu ngoặc nhọn, vòng lặp dòng và điều kiện.",
            )
        if isinstance(node, nodes.For):
            self._loop(node, rows)
        elif isinstance(node, nodes.Getattr):
            self._column(node, rows)
        elif isinstance(node, nodes.Name):
            self._name(node, rows)
        elif isinstance(node, nodes.Output):
            self._output(node, rows)
        else:
            for child in node.iter_child_nodes():
                self._visit(child, rows)

    def _output(self, node: nodes.Output, rows: Mapping[str, str]) -> None:
        for child in node.nodes:
            self._visit(child, rows)
            if isinstance(child, nodes.Name) and (child.name in self.lists or child.name in rows):
                raise BadTemplate(
                    f"“{child.name}” là danh sách, không viết thẳng ra được"
                    f"{_place(self.xml, child.name)}.",
                    "Dùng vòng lặp, rồi viết từng cột của dòng.",
                )

    def _near(self, node: nodes.Node) -> str:
        for inner in (node, *node.find_all(nodes.Name)):
            name = getattr(inner, "name", "")
            if isinstance(name, str) and name and (found := _place(self.xml, name)):
                return found
        return ""

    def _loop(self, node: nodes.For, rows: Mapping[str, str]) -> None:
        if not isinstance(node.iter, nodes.Name) or not isinstance(node.target, nodes.Name):
            raise BadTemplate(
                f"Vòng lặp chỉ chạy trên một danh sách của loại văn bản này{self._near(node)}."
            )
        source, target = node.iter.name, node.target.name
        if source not in self.lists:
            known = ", ".join(sorted(self.lists)) or "không có"
            raise BadTemplate(
                f"Không có danh sách “{source}”{_place(self.xml, source)}.",
                f"Danh sách dùng được: {known}.",
            )
        if rows or node.test is not None or node.recursive or node.else_:
            raise BadTemplate(
                f"Vòng lặp “{source}” nằm trong vòng lặp khác hoặc có thêm điều kiện"
                f"{_place(self.xml, source)}.",
                "Mỗi vòng lặp đứng riêng, chạy hết một danh sách.",
            )
        if sum(len(each.data) for each in node.find_all(nodes.TemplateData)) > MOST_REPEATED:
            raise BadTemplate(
                f"Phần lặp của danh sách “{source}” quá dài.", "Chỉ lặp một dòng của bảng."
            )
        self.used.append(source)
        for child in node.body:
            self._visit(child, {target: source})

    def _column(self, node: nodes.Getattr, rows: Mapping[str, str]) -> None:
        source = rows.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if source is None or node.attr not in self.lists[source]:
            known = ", ".join(sorted(self.lists[source])) if source else ""
            raise BadTemplate(
                f"Không có cột “{node.attr}”{_place(self.xml, node.attr)}.",
                f"Cột dùng được: {known}." if known else "",
            )

    def _name(self, node: nodes.Name, rows: Mapping[str, str]) -> None:
        if node.name in self.plain or node.name in self.lists:
            self.used.append(node.name)
        elif node.name not in rows:
            raise BadTemplate(
                f"Không có trường “{node.name}”{_place(self.xml, node.name)}.",
                f"Trường dùng được: {', '.join(sorted(self.plain))}.",
            )
