"""Office packages (zip files of XML parts), opened within bounds: bombs do not go off here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from dinhlang.papers.errors import Damaged, Encrypted, TooLarge
from dinhlang.papers.reading.formats.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHUNK = 256 * 1024
_SMALL = 4 * 1024 * 1024
_DIRECTORY_ENTRY = 1024
_STRICT = b"http://purl.oclc.org/ooxml/"
_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"

_BROKEN = (zipfile.BadZipFile, NotImplementedError, OSError)
_ADVICE = "Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại."


class Package:
    """A zip file; every part read counts towards ``limits.max_unpacked``."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises ``Damaged``, ``Encrypted`` or ``TooLarge`` before anything is unpacked."""
        _check_directory(data, limits)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            struct.error,
            ValueError,
            OSError,
            NotImplementedError,
        ) as error:
            raise _damaged("Tệp Word bị hỏng hoặc bị cắt ngang.") from error
        self._limits = limits
        self._unpacked = 0
        self._nodes = 0
        entries = self._zip.infolist()
        if len(entries) > limits.max_entries:
            raise _bomb()
        if sum(entry.file_size for entry in entries) > limits.max_unpacked:
            raise _bomb()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Encrypted("Tệp bị khóa bằng mật khẩu.", "Hãy bỏ mật khẩu rồi gửi lại.")
        self.names = [entry.filename for entry in entries]
        self._known = frozenset(self.names)

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def read(self, name: str) -> bytes:
        """The bytes of a part, unpacked in pieces: what the directory declares may be a lie."""
        pieces: list[bytes] = []
        size = 0
        info = self._zip.getinfo(name)
        try:
            with self._zip.open(info) as part:
                while piece := part.read(_CHUNK):
                    size += len(piece)
                    self._unpacked += len(piece)
                    if size > self._limits.max_part or self._unpacked > self._limits.max_unpacked:
                        raise _bomb()
                    if size > _SMALL and size > self._limits.max_ratio * info.compress_size:
                        raise _bomb()
                    pieces.append(piece)
        except (*_BROKEN, zlib.error, EOFError) as error:
            raise _damaged("Tệp Word bị hỏng: một phần bên trong không mở được.") from error
        return b"".join(pieces)

    def xml(self, name: str) -> _Element | None:
        """The root of an XML part, or None where the package has no such part."""
        if name not in self:
            return None
        data = self.read(name)
        self._nodes += data.count(b"<") + 2 * data.count(b"=")
        if self._nodes > self._limits.max_nodes:
            raise _bomb()
        return parse_xml(_as_usual(data))


def _as_usual(data: bytes) -> bytes:
    """XML of the strict form of the standard (ISO/IEC 29500) under the names of the usual one."""
    if _STRICT not in data:
        return data
    for part in (b"wordprocessingml", b"officeDocument"):
        ending = b"/main" if part == b"wordprocessingml" else b"/relationships"
        year = b"http://schemas.openxmlformats.org/" + part + b"/2006" + ending
        data = data.replace(_STRICT + part + ending, year)
    return data


def parse_xml(data: bytes) -> _Element:
    """The root element; entities stay unresolved and nothing is fetched.

    Raises ``Damaged`` on bad XML.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _damaged("Tệp Word có phần khai báo lạ, không an toàn để đọc.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged("Tệp Word bị hỏng: nội dung bên trong bị lỗi.") from error
    if root is None:
        raise _damaged("Tệp Word bị hỏng: nội dung bên trong trống.")
    return root


def _check_directory(data: bytes, limits: Limits) -> None:
    """Refuses a central directory that is itself the bomb, before ``zipfile`` loads it."""
    at = data.rfind(_END, max(0, len(data) - 70_000))
    if at < 0:
        raise _damaged("Tệp Word bị hỏng hoặc bị cắt ngang.")
    if len(data) < at + 22:
        raise _damaged("Tệp Word bị hỏng hoặc bị cắt ngang.")
    count, size = struct.unpack_from("<HI", data, at + 10)
    at64 = data.rfind(_END64, max(0, at - 200), at)
    if at64 >= 0 and len(data) >= at64 + 56:
        count, size = struct.unpack_from("<QQ", data, at64 + 32)
    if count > limits.max_entries or size > limits.max_entries * _DIRECTORY_ENTRY:
        raise _bomb()


def _damaged(message: str) -> Damaged:
    return Damaged(message, _ADVICE)


def _bomb() -> TooLarge:
    return TooLarge(
        "Tệp nén quá nhiều dữ liệu, bung ra sẽ vượt giới hạn cho phép.",
        "Nếu đây đúng là kế hoạch, hãy mở bằng Word, bỏ bớt ảnh và lưu lại.",
    )
