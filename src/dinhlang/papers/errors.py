"""What can be wrong with a file a user gives us, said in Vietnamese: what, where, what to do."""

from __future__ import annotations


class PaperError(Exception):
    """A file that cannot be read. ``code`` is stable; the message is for the user.

    ``exit_code`` is what the command line returns.
    """

    code = "unreadable"
    exit_code = 3

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class EmptyFile(PaperError):
    """Nothing in it."""

    code = "empty"


class NoText(PaperError):
    """A scan without a text layer, and no OCR at hand."""

    code = "no-text"


class Encrypted(PaperError):
    """Locked with a password."""

    code = "encrypted"


class Damaged(PaperError):
    """Not what its name says, or broken."""

    code = "damaged"


class TooLarge(PaperError):
    """Larger, packed or unpacked, than we read; also too long to be a paper of this kind."""

    code = "too-large"


class UnknownFormat(PaperError):
    """No reader takes it."""

    code = "unknown-format"


class Stopped(PaperError):
    """The user stopped the reading."""

    code = "stopped"
    exit_code = 130
