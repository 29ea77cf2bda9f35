"""Certain mends written into a Word file as tracked changes, formatting kept.

What is wrong is struck (``w:del``) and what is right stands behind it (``w:ins``), by the author
“Đình Làng”: whoever opens the file in Word or LibreOffice accepts or rejects each place. Nothing
else of the file is touched. Pure: the moment of the change is an argument.
"""

from __future__ import annotations

import copy
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree

from dinhlang.papers.errors import Damaged
from dinhlang.papers.plan import Fix
from dinhlang.papers.reading.formats.limits import Limits
from dinhlang.papers.reading.formats.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MAIN = "word/document.xml"
AUTHOR = "Đình Làng"
_TEXT_OF = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected file, the mends written into it and those that found no place."""

    data: bytes
    applied: tuple[Fix, ...]
    left: tuple[Fix, ...]


def correct_docx(data: bytes, text: Sequence[str], fixes: Iterable[Fix], at: datetime) -> Corrected:
    """``data``, a Word file read as the lines ``text``, with ``fixes`` as tracked changes.

    A mend is left out where its words are not found in their paragraph, or found twice. Raises
    ``PaperError`` where the file is no Word file.
    """
    package = Package(data, Limits())
    root = package.xml(_MAIN) if _MAIN in package else None
    if root is None:
        raise Damaged(
            "Tệp này không phải tệp Word (.docx).",
            "Chỉ sửa được vào tệp .docx; hãy lưu văn bản thành .docx rồi thử lại.",
        )
    marks = _Marks(root, at)
    places = _Places(root, text)
    applied: list[Fix] = []
    left: list[Fix] = []
    for fix in fixes:
        paragraph = places.of(fix)
        done = paragraph is not None and _apply(paragraph, fix, marks)
        (applied if done else left).append(fix)
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Corrected(_replaced(data, package, xml), tuple(applied), tuple(left))


def _replaced(data: bytes, package: Package, xml: bytes) -> bytes:
    """The package with another main part, every other part as it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = xml if item.filename == _MAIN else package.read(item.filename)
            new.writestr(item, content, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Marks:
    """Makes the elements of tracked changes, each with a number of its own."""

    def __init__(self, root: _Element, at: datetime) -> None:
        numbers = [
            int(each.get(W + "id") or 0)
            for tag in ("ins", "del", "rPrChange", "pPrChange")
            for each in root.iter(W + tag)
            if (each.get(W + "id") or "").isdecimal()
        ]
        self._next = max(numbers, default=0) + 1
        self._date = at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def make(self, tag: str) -> _Element:
        """An empty ``w:ins`` or ``w:del``."""
        element = etree.Element(W + tag)
        element.set(W + "id", str(self._next))
        element.set(W + "author", AUTHOR)
        element.set(W + "date", self._date)
        self._next += 1
        return element


class _Places:
    """Which paragraph of the file a line of the text is, found before anything is changed."""

    def __init__(self, root: _Element, text: Sequence[str]) -> None:
        self._paragraphs = [
            (paragraph, _plain(_letters(paragraph))) for paragraph in root.iter(W + "p")
        ]
        self._text = text

    def of(self, fix: Fix) -> _Element | None:
        """The paragraph of the line, where exactly one can be meant."""
        if not 0 < fix.line <= len(self._text):
            return None
        line = _squeezed(self._text[fix.line - 1])
        holding = [
            (paragraph, _squeezed(words))
            for paragraph, words in self._paragraphs
            if _squeezed(fix.old) in _squeezed(words)
        ]
        same = [paragraph for paragraph, words in holding if words and words in line]
        if len(same) <= 1:
            return same[0] if same else None
        twins = [n for n, row in enumerate(self._text, 1) if _squeezed(row) == line]
        return same[twins.index(fix.line)] if len(twins) == len(same) else None


def _squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter in NFC and where it came from: its run, the child of the run, and its span there."""

    char: str
    run: _Element
    child: _Element
    start: int
    end: int


def _runs(paragraph: _Element) -> Iterator[_Element]:
    """The runs that show: not those struck, not those of a text box inside."""
    for run in paragraph.iter(W + "r"):
        inside = run.iterancestors()
        for above in inside:
            if above is paragraph:
                yield run
                break
            if above.tag in (W + "del", W + "moveFrom", W + "p"):
                break


def _letters(paragraph: _Element) -> list[_Letter]:
    """The letters of a paragraph, marks joined to the letter before them."""
    letters: list[_Letter] = []
    for run in _runs(paragraph):
        for child in run:
            if child.tag == W + "t":
                letters += _of_text(run, child)
            elif child.tag in _TEXT_OF:
                letters.append(_Letter(_TEXT_OF[child.tag], run, child, 0, 0))
    return letters


def _of_text(run: _Element, child: _Element) -> Iterator[_Letter]:
    text, start = child.text or "", 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for char in unicodedata.normalize("NFC", text[start:end]):
            yield _Letter(char, run, child, start, end)
        start = end


def _plain(letters: Sequence[_Letter]) -> str:
    return "".join(letter.char for letter in letters)


def _apply(paragraph: _Element, fix: Fix, marks: _Marks) -> bool:
    """Writes one mend into a paragraph; False where its words are not there exactly once."""
    letters = _letters(paragraph)
    plain = _plain(letters)
    if plain.count(fix.old) != 1:
        return False
    first = plain.index(fix.old)
    before, behind = _common(fix.old, fix.new)
    start, stop = first + before, first + len(fix.old) - behind
    new = fix.new[before : len(fix.new) - behind]
    if any(letter.child.tag != W + "t" for letter in letters[start:stop]):
        return False
    if start == stop:
        anchor = _cut_behind(letters, start)
        look = anchor
    else:
        struck = _strike(letters[start:stop], marks)
        anchor, look = struck[-1], struck[-1][0]
    if new:
        anchor.addnext(_inserted(new, look, marks))
    return True


def _common(old: str, new: str) -> tuple[int, int]:
    """How many letters at the front and at the back both share, whole words only."""
    front = 0
    for index in range(min(len(old), len(new))):
        if old[index] != new[index]:
            break
        front = index + 1
    while 0 < front < max(len(old), len(new)) and not _between(old, new, front):
        front -= 1
    back = 0
    while back < min(len(old), len(new)) - front and old[-1 - back] == new[-1 - back]:
        back += 1
    while back and not (_edge(old, len(old) - back) and _edge(new, len(new) - back)):
        back -= 1
    return front, back


def _between(old: str, new: str, at: int) -> bool:
    return _edge(old, at) and _edge(new, at)


def _edge(text: str, at: int) -> bool:
    """Whether no word runs across the position."""
    return at in (0, len(text)) or text[at].isspace() or text[at - 1].isspace()


def _split(run: _Element, child: _Element, at: int) -> tuple[_Element, _Element]:
    """Cuts a run in two inside a text; the second run takes what follows."""
    text = child.text or ""
    second = etree.Element(W + "r")
    look = run.find(W + "rPr")
    if look is not None:
        second.append(copy.deepcopy(look))
    rest = etree.SubElement(second, W + "t")
    rest.text = text[at:]
    rest.set(_SPACE, "preserve")
    child.text = text[:at]
    child.set(_SPACE, "preserve")
    for later in list(child.itersiblings()):
        second.append(later)
    run.addnext(second)
    return run, second


def _isolate(run: _Element, child: _Element, start: int, end: int) -> _Element:
    """The run that holds just ``child``'s letters from ``start`` to ``end``."""
    if end < len(child.text or "") or child.getnext() is not None:
        _split(run, child, end)
    earlier = [each for each in child.itersiblings(preceding=True) if each.tag != W + "rPr"]
    if start > 0 or earlier:
        _, run = _split(run, child, start)
    return run


def _strike(letters: Sequence[_Letter], marks: _Marks) -> list[_Element]:
    """Strikes letters out: a ``w:del`` for each run they stand in, in order."""
    spans: dict[int, tuple[_Element, _Element, int, int]] = {}
    for letter in letters:
        known = spans.get(id(letter.child))
        start = known[2] if known else letter.start
        spans[id(letter.child)] = (letter.run, letter.child, start, letter.end)
    struck = []
    # From the last to the first: cutting a run moves what stands behind the cut.
    for run, child, start, end in reversed(list(spans.values())):
        alone = _isolate(run, child, start, end)
        for text in alone.iterchildren(W + "t"):
            text.tag = W + "delText"
            text.set(_SPACE, "preserve")
        mark = marks.make("del")
        alone.addprevious(mark)
        tail = alone.tail
        mark.append(alone)
        alone.tail, mark.tail = None, tail
        struck.append(mark)
    return list(reversed(struck))


def _cut_behind(letters: Sequence[_Letter], at: int) -> _Element:
    """The run that ends where something is to be put in."""
    letter = letters[max(at - 1, 0)]
    end = letter.end if at else letter.start
    if letter.child.tag == W + "t" and (
        end < len(letter.child.text or "") or letter.child.getnext() is not None
    ):
        _split(letter.run, letter.child, end)
    return letter.run


def _inserted(text: str, like: _Element, marks: _Marks) -> _Element:
    """``w:ins`` with ``text``, formatted as the run ``like``."""
    mark = marks.make("ins")
    run = etree.SubElement(mark, W + "r")
    look = like.find(W + "rPr")
    if look is not None:
        run.append(copy.deepcopy(look))
    words = etree.SubElement(run, W + "t")
    words.text = text
    words.set(_SPACE, "preserve")
    return mark
