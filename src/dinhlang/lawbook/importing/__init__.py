"""Tables in: from a filled workbook, a decision in Word, or a block of cells pasted into a box."""

from .reading import Refused, Taken, read_docx, read_paste, read_xlsx
from .written import read_file

__all__ = ["Refused", "Taken", "read_docx", "read_file", "read_paste", "read_xlsx"]
