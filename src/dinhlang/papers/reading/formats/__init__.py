"""Readers of files: bytes of any format a commune sends in, the lines of the paper out.

``read_source`` picks the reader by content first and file name second. A new format is one
object with ``name``, ``label``, ``score`` and ``read`` (the ``Reader`` protocol), registered by
``register``.
"""

from dinhlang.papers.reading.formats.docx import DocxReader
from dinhlang.papers.reading.formats.images import ImageReader
from dinhlang.papers.reading.formats.limits import DEFAULT, Limits
from dinhlang.papers.reading.formats.office import OfficeReader
from dinhlang.papers.reading.formats.pdf import PdfReader
from dinhlang.papers.reading.formats.registry import Reader, read_source, readers, register
from dinhlang.papers.reading.formats.text import TextReader

for _reader in (DocxReader(), PdfReader(), OfficeReader(), ImageReader(), TextReader()):
    register(_reader)

__all__ = ["DEFAULT", "Limits", "Reader", "read_source", "readers", "register"]
