"""Looks for compressed bombs in a PDF before it is opened."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from dinhlang.papers.errors import TooLarge

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_TWICE = re.compile(rb"(?:FlateDecode|LZWDecode|/Fl\b)[\s/]{1,9}(?:FlateDecode|LZWDecode|/Fl\b)")
_MOST = 64 * 1024 * 1024
_IN_ALL = 200 * 1024 * 1024
_STEP = 1024 * 1024
_DICTIONARY = 600


def check_streams(data: bytes) -> None:
    """Raises ``TooLarge`` when a stream unpacks to more than 64 MB, or all to over 200 MB.

    Pictures are left out: they are unpacked only for OCR, row by row, within the size of a page.
    """
    unpacked = 0
    for found in _STREAM.finditer(data):
        before = data[max(0, found.start() - _DICTIONARY) : found.start()]
        before = before[before.rfind(b"obj") + 3 :] if b"obj" in before else before
        if b"Flate" not in before and b"/Fl" not in before:
            continue
        if _TWICE.search(before):
            raise _bomb()
        if b"/Image" in before:
            continue
        unpacked += _size(_body(data, found.end(), before))
        if unpacked > _IN_ALL:
            raise _bomb()


def _body(data: bytes, start: int, dictionary: bytes) -> bytes | memoryview:
    if b"ASCII85" not in dictionary and b"ASCIIHex" not in dictionary:
        return memoryview(data)[start:]
    end = data.find(b"endstream", start)
    raw = data[start : end if end > 0 else len(data)]
    try:
        if b"ASCII85" in dictionary:
            return base64.a85decode(raw.strip().removesuffix(b"~>"))
        return bytes.fromhex(raw.strip().rstrip(b">").decode("ascii"))
    except (ValueError, binascii.Error):
        return b""


def _size(packed: bytes | memoryview) -> int:
    """How far a stream unpacks, in bytes, never holding more than a step of it."""
    machine = zlib.decompressobj()
    size = 0
    at = 0
    rest: bytes | memoryview = b""
    try:
        while not machine.eof and (rest or at < len(packed)):
            if not rest:
                rest = packed[at : at + 65536]
                at += 65536
            size += len(machine.decompress(rest, _STEP))
            rest = machine.unconsumed_tail
            if size > _MOST:
                raise _bomb()
    except zlib.error:
        pass
    return size


def _bomb() -> TooLarge:
    return TooLarge(
        "Tệp PDF nén quá nhiều dữ liệu, bung ra sẽ vượt giới hạn cho phép.",
        "Hãy xuất lại tệp PDF từ phần mềm soạn thảo rồi gửi lại.",
    )
