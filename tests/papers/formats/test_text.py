"""Plain text: the lines of the file under the numbers of the file."""

from __future__ import annotations

import unicodedata

import pytest

from dinhlang.papers.errors import Damaged, EmptyFile, PaperError, TooLarge
from dinhlang.papers.reading.formats import Limits, read_source
from dinhlang.vietnamese import encode_legacy

PARAGRAPH = (
    "Kế hoạch của xã thực hiện chương trình nông thôn mới nâng cao, "
    "giữ vững các tiêu chí đã đạt và hoàn thành những chỉ tiêu còn lại trong năm."
)

LINES = {
    "line feeds": ("a\nb\n", ["a", "b"]),
    "no line feed at the end": ("a\nb", ["a", "b"]),
    "carriage returns with line feeds": ("a\r\nb\r\n", ["a", "b"]),
    "carriage returns alone": ("a\rb\r", ["a", "b"]),
    "blank lines count": ("\n\na\n\n\nb\n", ["", "", "a", "", "", "b"]),
    "a form feed ends no line": ("a\fb\x0bc\nd", ["a\fb\x0bc", "d"]),
    "a line separator ends no line": ("a\u2028b\u0085c\nd", ["a\u2028b\u0085c", "d"]),
    "blanks inside and outside stay": ("  a\t b  \n", ["  a\t b  "]),
    "marks of Markdown stay": ("## **I. MỤC ĐÍCH**\n- *gạch*", ["## **I. MỤC ĐÍCH**", "- *gạch*"]),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES.keys())
def test_the_lines_are_those_of_the_file(text: str, expected: list[str]) -> None:
    assert read_source(text.encode(), "a.txt").text == expected
    assert read_source(text.encode(), "a.md").text == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_are_read_without_a_note(encoding: str) -> None:
    source = read_source(PARAGRAPH.encode(encoding), "a.txt")
    assert (source.text, source.notes, source.reader) == ([PARAGRAPH], [], "text")


@pytest.mark.parametrize(("encoding", "said"), [("tcvn3", "TCVN3"), ("vni", "VNI")])
def test_files_from_before_unicode_are_converted_and_that_is_said(encoding: str, said: str) -> None:
    data = encode_legacy(PARAGRAPH, encoding).encode("latin-1")
    source = read_source(data, "a.txt")
    assert source.text == [PARAGRAPH]
    assert said in source.notes[0]


def test_decomposed_letters_are_composed_and_that_is_said() -> None:
    source = read_source(unicodedata.normalize("NFD", PARAGRAPH).encode(), "a.txt")
    assert source.text == [PARAGRAPH]
    assert "dựng sẵn" in source.notes[0]


def test_the_checksum_is_that_of_the_bytes() -> None:
    assert read_source(b"abc", "a.txt").sha256 == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


REFUSED = {
    "nothing": (b"", EmptyFile),
    "blanks only": (b" \n\t\r\n ", EmptyFile),
    "zero bytes inside": (b"K\x00E HOACH", Damaged),
    "control bytes": (bytes(range(1, 32)) * 20, Damaged),
    "bytes of no encoding": (bytes(range(128, 256)) * 40, Damaged),
    "a novel by its lines": (b"a\n" * 20_001, TooLarge),
    "a novel by its letters": (b"abcdefghi\n" * 210_000, TooLarge),
}


@pytest.mark.parametrize(("data", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_paper_is_refused_in_words(data: bytes, error: type[PaperError]) -> None:
    with pytest.raises(error) as caught:
        read_source(data, "a.txt")
    assert caught.value.message.endswith(".")
    assert caught.value.advice


def test_limits_are_a_setting() -> None:
    with pytest.raises(TooLarge, match="3 dòng"):
        read_source(b"a\nb\nc", "a.txt", limits=Limits(max_lines=2))
