"""Word documents (``.docx``, ``.docm``): paragraphs and tables in order, as Word shows them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from dinhlang.papers.errors import Damaged, Encrypted, NoText, PaperError
from dinhlang.papers.reading.formats.docx_blocks import BlockReader
from dinhlang.papers.reading.formats.docx_layout import read_layout
from dinhlang.papers.reading.formats.docx_numbering import Numbering
from dinhlang.papers.reading.formats.docx_styles import Styles, W, flag
from dinhlang.papers.reading.formats.heads import part_columns
from dinhlang.papers.reading.formats.limits import Limits
from dinhlang.papers.reading.formats.package import Package
from dinhlang.papers.reading.formats.strangers import describe_package
from dinhlang.papers.reading.source import MADE_HERE, WAITING, Progress, SourceLine, SourceText

if TYPE_CHECKING:
    from lxml.etree import _Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ZIP = b"PK\x03\x04"
_PROPERTIES = "docProps/core.xml"
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = (".docx", ".docm", ".dotx", ".dotm")


class DocxReader:
    """Reads the XML of the package itself; macros, pictures and links are left alone."""

    name = "docx"
    label = "Word (.docx)"

    def score(self, head: bytes, name: str) -> float:
        """Any zip file is ours to open or to explain, unless it says it is OpenDocument."""
        if head.startswith(_ZIP):
            if b"mimetypeapplication/vnd.oasis" in head[:120]:
                return 0.0
            return 0.95 if b"word/" in head or name.endswith(_NAMES) else 0.5
        if name.endswith(_NAMES):
            return 0.25
        return 0.0

    def read(self, data: bytes, name: str, progress: Progress, limits: Limits) -> SourceText:
        """The lines of the document; numbering, tables, text boxes and notes included."""
        if not data.startswith(_ZIP):
            raise _not_word(data)
        package = Package(data, limits)
        main = _main_part(package, limits)
        document = package.xml(main)
        body = None if document is None else document.find(W + "body")
        if document is None or body is None:
            raise Damaged(
                "Tệp Word bị hỏng: thiếu phần nội dung.",
                "Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại.",
            )
        progress(0.2, "Đang đọc nội dung tệp Word")
        related = _relations(package, main)
        styles = Styles(_part(package, related, "styles"))
        numbering = Numbering(_part(package, related, "numbering"))
        blocks = BlockReader(styles, numbering)
        head = _first_header(package, body, _relations_by_id(package, main))
        if head is not None:
            blocks.read(head, "header")
        blocks.read(body, "text", progress)
        lines = part_columns(blocks.lines)
        lines += _notes(package, related, styles, numbering, blocks)
        if not lines and any(part.startswith("word/media/") for part in package.names):
            raise NoText(
                "Tệp Word chỉ có ảnh chụp, không có chữ để đọc.",
                "Hãy gửi tệp Word gốc, hoặc gửi ảnh ở dạng PDF.",
            )
        notes = (
            ["Tệp có chữ gõ bằng phông cũ (TCVN3 hoặc VNI); đã chuyển sang Unicode."]
            if blocks.words.legacy_fonts
            else []
        )
        if blocks.has_decomposed:
            notes.append("Tệp dùng Unicode tổ hợp; đã chuyển sang Unicode dựng sẵn.")
        if _made_here(package):
            notes.append(WAITING)
        return SourceText(
            name=name,
            reader=self.name,
            sha256="",
            lines=lines,
            notes=notes,
            layout=read_layout(body, styles, _part(package, related, "styles")),
        )


def _made_here(package: Package) -> bool:
    """Whether the properties of the file say that this program wrote it."""
    try:
        properties = package.xml(_PROPERTIES)
    except PaperError:
        return False  # a file whose properties are broken is read all the same
    found = None if properties is None else properties.find(_IDENTIFIER)
    return found is not None and (found.text or "").strip() == MADE_HERE


def _not_word(data: bytes) -> Damaged | Encrypted:
    if data.startswith(_CFB) and "EncryptedPackage".encode("utf-16-le") in data:
        return Encrypted(
            "Tệp Word bị khóa bằng mật khẩu.",
            "Hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi gửi lại.",
        )
    return Damaged(
        "Tên tệp là .docx nhưng nội dung không phải tệp Word.",
        "Hãy mở bằng phần mềm đã tạo ra tệp, lưu lại thành .docx rồi gửi lại.",
    )


def _main_part(package: Package, limits: Limits) -> str:
    if "word/document.xml" in package:
        return "word/document.xml"
    for target, kind in _targets(package, "_rels/.rels", ""):
        if kind == "officeDocument" and target.startswith("word/") and target in package:
            return target
    if any(name.startswith("word/") for name in package.names) or not package.names:
        raise Damaged(
            "Tệp Word bị hỏng: thiếu phần nội dung.",
            "Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại.",
        )
    raise describe_package(package.names)


def _targets(package: Package, rels: str, base: str) -> list[tuple[str, str]]:
    root = package.xml(rels)
    if root is None:
        return []
    return [
        (_resolve(base, element.get("Target") or ""), _kind(element))
        for element in root
        if element.get("TargetMode") != "External"
    ]


def _kind(element: _Element) -> str:
    return (element.get("Type") or "").rsplit("/", 1)[-1]


def _resolve(base: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")


def _rels_of(main: str) -> tuple[str, str]:
    folder, _, file = main.rpartition("/")
    return f"{folder}/_rels/{file}.rels", folder


def _relations(package: Package, main: str) -> dict[str, str]:
    rels, folder = _rels_of(main)
    return {kind: target for target, kind in _targets(package, rels, folder)}


def _relations_by_id(package: Package, main: str) -> dict[str, str]:
    rels, folder = _rels_of(main)
    root = package.xml(rels)
    if root is None:
        return {}
    return {e.get("Id") or "": _resolve(folder, e.get("Target") or "") for e in root}


def _part(package: Package, related: dict[str, str], kind: str) -> _Element | None:
    target = related.get(kind, f"word/{kind}.xml")
    return package.xml(target)


def _first_header(package: Package, body: _Element, targets: dict[str, str]) -> _Element | None:
    """The header that the first page shows."""
    section = next(body.iter(W + "sectPr"), None)
    if section is None:
        return None
    shown = "first" if flag(section, "titlePg") else "default"
    for reference in section.iterchildren(W + "headerReference"):
        if (reference.get(W + "type") or "default") == shown:
            return package.xml(targets.get(reference.get(_R + "id") or "", ""))
    return None


def _notes(
    package: Package,
    related: dict[str, str],
    styles: Styles,
    numbering: Numbering,
    blocks: BlockReader,
) -> list[SourceLine]:
    """Footnotes and endnotes in the order in which the text refers to them."""
    lines: list[SourceLine] = []
    found: dict[tuple[str, str], _Element] = {}
    for kind in {kind for kind, _ in blocks.notes}:
        root = _part(package, related, kind + "s")
        for note in () if root is None else root:
            found[kind, note.get(W + "id") or ""] = note
    for count, key in enumerate(blocks.notes, start=1):
        if key not in found:
            continue
        reader = BlockReader(styles, numbering)
        reader.read(found[key], "note")
        text = " ".join(line.text.strip() for line in reader.lines)
        if text:
            lines.append(SourceLine(f"[{count}] {text}", kind="note"))
    return lines
