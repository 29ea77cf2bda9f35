"""The files a command is given: folders walked, each file read, what cannot be read told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.source import Progress

SUFFIXES = frozenset({".txt", ".md", ".docx", ".doc", ".odt", ".rtf", ".pdf"})


def files(paths: Iterable[str]) -> Iterator[Path]:
    """The files meant by ``paths``: a folder stands for the papers in it, sorted by name.

    In folders, hidden files, lock files of word processors (``~$…``) and README are passed over.
    """
    for name in paths:
        path = Path(name)
        if path.is_dir():
            inside = (each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES)
            for each in sorted(inside):
                relative = each.relative_to(path).parts
                hidden = any(part.startswith((".", "~$")) for part in relative)
                if each.is_file() and not hidden and each.stem.lower() != "readme":
                    yield each
        else:
            yield path


def read_file(path: Path, progress: Progress | None = None) -> Plan:
    """The plan in a file. Raises ``PaperError``, for a file that is not there as well."""
    # Here and not above: reading brings in what `check --list` does not need.
    from dinhlang.papers.reading import read

    return read(path, progress=progress)
