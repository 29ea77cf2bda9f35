"""Whatever the bytes are, only a ``PaperError`` comes out, and soon."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.papers.errors import PaperError
from dinhlang.papers.reading.formats import ocr, read_source
from dinhlang.papers.reading.source import SourceText
from tests.papers.formats.makers import HEAD_AND_FOOT, TABLE, plan_to_docx, typst_pdf

SEEDS = {
    "a.docx": plan_to_docx(["KẾ HOẠCH", "", "I. MỤC ĐÍCH", "- Đạt chuẩn 5 tiêu chí."]),
    "a.pdf": typst_pdf(HEAD_AND_FOOT.replace("TABLE", TABLE)),
    "a.txt": "KẾ HOẠCH\r\n\r\nI. MỤC ĐÍCH\n- Đạt chuẩn 5 tiêu chí.\n".encode(),
}
SECONDS = settings(
    deadline=3000, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition is another program's work; here the readers themselves are tried."""
    monkeypatch.setattr(ocr, "is_available", lambda: False)


def attempt(data: bytes, name: str) -> SourceText | None:
    try:
        source = read_source(data, name)
    except PaperError as error:
        assert error.message
        return None
    assert source.lines
    return source


@SECONDS
@given(
    st.binary(max_size=4000), st.sampled_from(["a.docx", "a.pdf", "a.txt", "a.md", "a", "a.png"])
)
def test_random_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    attempt(data, name)


@SECONDS
@given(
    st.sampled_from([b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x05\x06"]),
    st.binary(max_size=2000),
)
def test_random_bytes_after_a_known_start_are_read_or_refused(start: bytes, data: bytes) -> None:
    attempt(start + data, "a")


@pytest.mark.parametrize("name", SEEDS)
@SECONDS
@given(share=st.floats(0, 1))
def test_files_cut_short_are_read_or_refused(name: str, share: float) -> None:
    data = SEEDS[name]
    attempt(data[: int(len(data) * share)], name)


@pytest.mark.parametrize("name", SEEDS)
@SECONDS
@given(seed=st.integers(0, 2**32), flips=st.integers(1, 40))
def test_files_with_flipped_bits_are_read_or_refused(name: str, seed: int, flips: int) -> None:
    data = bytearray(SEEDS[name])
    chance = random.Random(seed)
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    attempt(bytes(data), name)


@SECONDS
@given(st.text(max_size=400).filter(str.strip))
def test_any_text_of_unicode_keeps_its_lines(text: str) -> None:
    source = attempt(text.encode("utf-8", "surrogatepass"), "a.txt")
    if source is not None:
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        assert len(source.lines) == plain.count("\n") + (not plain.endswith("\n"))
