"""The words of one Word paragraph: runs, fields, tracked changes, symbols, text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dinhlang.papers.reading.formats.docx_styles import Styles, W, flag, value
from dinhlang.papers.reading.formats.symbols import plain, symbol
from dinhlang.vietnamese import convert_legacy

if TYPE_CHECKING:
    from lxml.etree import _Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_THROUGH = frozenset(
    W + tag
    for tag in (
        "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo",
        "ruby", "rubyBase",
    )
)  # fmt: skip
_DROPPED = frozenset(W + tag for tag in ("del", "moveFrom", "rt", "pPr", "rPr", "sdtPr"))
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_CONTENT = W + "txbxContent"
_DEPTH = 40


@dataclass(slots=True)
class Words:
    """What a paragraph says. ``text`` has ``\\n`` at soft breaks; boxes hang on their place."""

    parts: list[str] = field(default_factory=list)
    bold: int = 0
    plain: int = 0
    before: list[_Element] = field(default_factory=list)
    after: list[_Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class _Field:
    """A field being read: instructions until its separator, then the result."""

    code: str = ""
    in_result: bool = False


class WordReader:
    """Reads paragraphs one after another; a field may run over several of them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self.legacy_fonts: set[str] = set()
        self._default_legacy = legacy_of(styles.default_font)

    def read(self, paragraph: _Element, style: str | None) -> Words:
        """The words of a paragraph in a paragraph style."""
        words = Words()
        self._walk(paragraph, words, style, 0)
        return words

    def _walk(self, parent: _Element, words: Words, style: str | None, depth: int) -> None:
        if depth > _DEPTH:
            return
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, words, style)
            elif tag in _THROUGH:
                self._walk(child, words, style, depth + 1)
            elif tag == W + "fldSimple":
                if _field_name(child.get(W + "instr") or "") not in _PAGE_FIELDS:
                    self._walk(child, words, style, depth + 1)
            elif tag in (MATH + "oMath", MATH + "oMathPara"):
                words.parts.append("".join(t.text or "" for t in child.iter(MATH + "t")))
            elif tag == MC + "AlternateContent":
                _collect_boxes(child, words)

    def _run(self, run: _Element, words: Words, style: str | None) -> None:
        properties = run.find(W + "rPr")
        look = self._styles.look(style)
        character = value(properties, "rStyle")
        if character:
            look = self._styles.look(character).over(look)
        hidden = flag(properties, "vanish")
        if look.hidden if hidden is None else hidden:
            self._fields_only(run)
            return
        text = self._run_text(run, words)
        if not text:
            return
        legacy = self._legacy_font(properties, look.font)
        if legacy:
            text = convert_legacy(text, legacy[0])
            text = text.upper() if legacy[1] else text
        caps = flag(properties, "caps")
        if look.caps if caps is None else caps:
            text = text.upper()
        words.parts.append(text)
        if text.strip():
            bold = flag(properties, "b")
            if look.bold if bold is None else bold:
                words.bold += 1
            else:
                words.plain += 1

    def _run_text(self, run: _Element, words: Words) -> str:
        out: list[str] = []
        for child in run:
            tag = child.tag
            if tag == W + "t":
                if self._shown():
                    out.append(plain(child.text or ""))
            elif tag in (W + "fldChar", W + "instrText"):
                self._field(child)
            elif tag in _DRAWN or tag == MC + "AlternateContent":
                if "".join(out).strip() or words.text.strip():
                    _collect_boxes(child, words)
                else:
                    words.before.extend(_boxes(child))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                words.notes.append((kind, child.get(W + "id") or ""))
            elif self._shown():
                out.append(_sign(child))
        return "".join(out)

    def _fields_only(self, run: _Element) -> None:
        for child in run:
            if child.tag in (W + "fldChar", W + "instrText"):
                self._field(child)

    def _field(self, element: _Element) -> None:
        if element.tag == W + "instrText":
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].code += element.text or ""
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shown(self) -> bool:
        return all(f.in_result and _field_name(f.code) not in _PAGE_FIELDS for f in self._fields)

    def _legacy_font(
        self, properties: _Element | None, inherited: str | None
    ) -> tuple[str, bool] | None:
        fonts = None if properties is None else properties.find(W + "rFonts")
        font = inherited if fonts is None else (fonts.get(W + "ascii") or inherited)
        found = legacy_of(font) if font else self._default_legacy
        if found:
            self.legacy_fonts.add(found[0])
        return found


def legacy_of(font: str | None) -> tuple[str, bool] | None:
    """The encoding of a font made before Unicode, and whether it shows only capitals.

    ``.VnTimeH`` draws capitals for the codes of small letters (TCVN 5712:1993, VN1 fonts).
    """
    if not font:
        return None
    if font.startswith(".Vn"):
        return "tcvn3", font.endswith("H")
    if font.upper().startswith("VNI-"):
        return "vni", False
    return None


def _field_name(code: str) -> str:
    words = code.split(None, 1)
    return words[0].upper() if words else ""


def _sign(element: _Element) -> str:
    tag = element.tag
    if tag in (W + "tab", W + "ptab"):
        return "\t"
    if tag == W + "br":
        return "" if element.get(W + "type") in ("page", "column") else "\n"
    if tag == W + "cr":
        return "\n"
    if tag == W + "noBreakHyphen":
        return "-"
    if tag == W + "sym":
        try:
            code = int(element.get(W + "char") or "0", 16)
        except ValueError:
            return ""
        return symbol(code, element.get(W + "font") or "")
    return ""


def _collect_boxes(element: _Element, words: Words) -> None:
    (words.after if words.text.strip() else words.before).extend(_boxes(element))


def _boxes(element: _Element) -> list[_Element]:
    """The text boxes of a drawing; of the twins in ``AlternateContent`` only one is taken."""
    if element.tag == MC + "AlternateContent":
        branches = [child for child in element if child.tag in (MC + "Choice", MC + "Fallback")]
        for branch in branches:
            found = [box for child in branch for box in _boxes(child)]
            if found:
                return found
        return []
    if element.tag == _CONTENT:
        return [element]
    return [box for child in element for box in _boxes(child)]
