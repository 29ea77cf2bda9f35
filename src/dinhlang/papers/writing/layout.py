"""The measures of an official paper: Nghị định 30/2020/NĐ-CP, Phụ lục I.

Lengths in mm, sizes of letters in pt. Where the decree gives a range the value here lies in it;
the tests hold each against its range.
"""

from __future__ import annotations

PAGE = (210.0, 297.0)
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 20.0
TEXT_WIDTH = PAGE[0] - LEFT - RIGHT
TEXT_WIDTH_LANDSCAPE = PAGE[1] - LEFT - RIGHT
HEAD_COLUMNS = (66.0, 94.0)
"""The issuing body left, the national head right."""
HEAD_HEIGHT = 10.0
"""From the upper edge of the paper to the page number."""

WORD_FONT = "Times New Roman"
OPEN_FONT = "Tinos"
"""Same widths as Times New Roman, with every Vietnamese letter; embedded in the PDF."""

NATION = 12.0
MOTTO = 13.0
PARENT = 12.0
ISSUER = 12.0
NUMBER = 13.0
PLACE_DATE = 13.0
ABOUT_LETTER = 12.0
TITLE = 14.0
BODY = 14.0
TABLE = 12.0
RECIPIENTS_HEAD = 12.0
RECIPIENTS = 11.0
PAGE_NUMBER = 13.0

INDENT = 12.7
AFTER = 6.0
LINE = 1.15
CELL_PADDING = 1.6
