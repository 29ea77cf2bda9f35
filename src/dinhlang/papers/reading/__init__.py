"""Reading a paper: ``read(FILE)`` gives the plan, each item tied to its lines."""

from __future__ import annotations

from pathlib import Path

from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.assemble import read_source_text
from dinhlang.papers.reading.source import Progress, SourceLine, SourceText

__all__ = ["Progress", "SourceLine", "SourceText", "read", "read_source_text"]


def read(
    data: bytes | str | Path, name: str | None = None, progress: Progress | None = None
) -> Plan:
    """The plan in a file (Word, PDF, text, …), given as its path or as bytes with a name.

    ``progress`` is called with a share 0…1 and words for the user. Raises ``PaperError`` with a
    message in Vietnamese where the file cannot be read.
    """
    from dinhlang.papers.reading.formats import read_source

    if isinstance(data, str):
        data = Path(data)
    source = read_source(data, name=name, progress=_first_part(progress))
    if progress:
        progress(_SHARE_OF_FILE, "Đang hiểu nội dung")
    return read_source_text(source)


_SHARE_OF_FILE = 0.9  # of the whole, what extracting the text takes


def _first_part(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda share, words: progress(share * _SHARE_OF_FILE, words)
