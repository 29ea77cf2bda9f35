"""Findings a commune has looked at and lets stand, each with its reason: ``--silence TỆP``.

The file is text, a line each: ``MÃ | chữ trong văn bản | lý do``. A finding is silenced where its
code is that one and the words are of one of its places: part of what it quotes, or a longer piece
of its lines in which the quote stands. Lines that begin with ``#`` say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dinhlang.papers.checking import registry
from dinhlang.papers.plan import Finding

_PARTS = 3


class WrongSilence(ValueError):
    """A line of the file that cannot be understood; its words are for the user."""


@dataclass(frozen=True, slots=True)
class Silence:
    """One place let stand: the check, words of the paper, and why."""

    code: str
    words: str
    reason: str
    line: int = 0  # of the file

    def covers(self, finding: Finding, text: Sequence[str]) -> bool:
        """Whether the finding, of a paper of these lines, is the one that is let stand."""
        if finding.code != self.code:
            return False
        words = _plain(self.words)
        for (first, last), quote in zip(finding.lines, finding.quotes, strict=False):
            if words in _plain(quote):
                return True
            near = _plain(" ".join(text[first - 1 : last]))
            if _plain(quote) in words and words in near:
                return True
        return False


def read_silences(path: Path) -> list[Silence]:
    """The places in a file. Raises ``WrongSilence``, with the line, for one without a reason."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSilence(f"Không đọc được tệp “{path}”.") from error
    silences = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = [part.strip() for part in line.split("|", _PARTS - 1)]
        if len(parts) != _PARTS or not all(parts):
            raise WrongSilence(f"{path}:{number}: phải ghi “MÃ | chữ trong văn bản | lý do”.")
        if parts[0].upper() not in registry:
            raise WrongSilence(f"{path}:{number}: không có phép kiểm {parts[0]}.")
        silences.append(Silence(parts[0].upper(), parts[1], parts[2], number))
    return silences


def silence_of(
    finding: Finding, silences: Sequence[Silence], text: Sequence[str]
) -> Silence | None:
    """The line by which a finding is let stand; None where it is not."""
    return next((each for each in silences if each.covers(finding, text)), None)


def _plain(words: str) -> str:
    return " ".join(words.split())
