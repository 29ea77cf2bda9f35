"""A paper as a PDF/A with its letters embedded, set by Typst."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst

from . import layout, wording
from .tree import Annex, Block, Heading, Paper, Paragraph, Signature, Table, Text, runs
from .widths import column_widths, tied

TEMPLATE = Path(__file__).parent / "paper.typ"


def to_pdf(paper: Paper, made: date) -> bytes:
    """The bytes of a PDF/A-2b that says it was made on that day.

    Raises ``typst.TypstError`` where the letters are not built.
    """
    written = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(wording.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_data(paper, made), ensure_ascii=False)},
        pdf_standards="a-2b",
    )
    return written


def _data(paper: Paper, made: date) -> dict[str, Any]:
    return {
        "layout": _layout(),
        "made": [made.year, made.month, made.day],
        "title": " ".join((paper.kind, paper.about)).strip(),
        "author": paper.head.issuer_words,
        "head": _head(paper),
        "kind": paper.kind,
        "about": paper.about,
        "about_rule": 0.4
        * min(wording.width(paper.about, layout.TITLE, bold=True), layout.TEXT_WIDTH),
        "addressees": wording.addressee_lines(paper),
        "authority": paper.authority,
        "bases": wording.base_lines(paper),
        "resolves": paper.resolves,
        "blocks": _body(paper),
        "recipients": wording.recipient_lines(paper),
        "signature": _signature(paper.signature),
        "also_signs": _signature(paper.also_signs),
        "annexes": [
            {
                "label": wording.annex_label(paper, position),
                "title": annex.title,
                "reference": wording.annex_reference(paper),
                "landscape": annex.landscape,
                "blocks": [_block(block, _across(annex)) for block in annex.blocks],
            }
            for position, annex in enumerate(paper.annexes)
        ],
    }


def _body(paper: Paper) -> list[dict[str, Any]]:
    """The blocks; the last paragraph stays with the signature."""
    blocks = [_block(block) for block in wording.body(paper)]
    for at in wording.kept(paper):
        blocks[at]["keep"] = True
    return blocks


def _across(annex: Annex) -> float:
    return layout.TEXT_WIDTH_LANDSCAPE if annex.landscape else layout.TEXT_WIDTH


def _layout() -> dict[str, Any]:
    names = (
        "PAGE", "TOP", "BOTTOM", "LEFT", "RIGHT", "HEAD_COLUMNS", "HEAD_HEIGHT", "NATION",
        "MOTTO", "PARENT", "ISSUER", "NUMBER", "PLACE_DATE", "ABOUT_LETTER", "TITLE", "BODY",
        "TABLE", "RECIPIENTS_HEAD", "RECIPIENTS", "PAGE_NUMBER", "INDENT", "AFTER",
        "CELL_PADDING",
    )  # fmt: skip
    return {"font": layout.OPEN_FONT} | {name.lower(): getattr(layout, name) for name in names}


def _head(paper: Paper) -> dict[str, Any]:
    head = paper.head
    return {
        "parent": head.parent,
        "issuer": head.issuer,
        "issuer_rule": wording.width(head.issuer[-1].upper(), layout.ISSUER, bold=True) * 0.4,
        "motto_rule": wording.width(wording.MOTTO, layout.MOTTO, bold=True),
        "nation": wording.NATION,
        "motto": wording.MOTTO,
        "number_line": wording.number_line(head),
        "date_line": wording.date_line(head),
    }


def _signature(signature: Signature | None) -> dict[str, str] | None:
    if signature is None:
        return None
    return {
        "authority": signature.authority,
        "acting_for": signature.acting_for,
        "title": signature.title,
        "name": signature.name,
    }


def _runs(text: Text) -> list[dict[str, Any]]:
    return [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in runs(text)]


def _block(block: Block, across: float = layout.TEXT_WIDTH) -> dict[str, Any]:
    match block:
        case Heading(level=level, label=label, text=text):
            return {"kind": "heading", "level": level, "label": label, "runs": _runs(text)}
        case Paragraph(text=text, marker=marker, align=align, indent=indent):
            return {
                "kind": "paragraph", "runs": _runs(text), "marker": marker, "align": align,
                "indent": indent,
            }  # fmt: skip
        case Table():
            return _table(block, across)


def _table(block: Table, across: float) -> dict[str, Any]:
    widths = column_widths(block, across)
    return {
        "kind": "table",
        "unit": block.unit,
        "columns": [
            {"title": column.title, "width": width, "align": column.align}
            for column, width in zip(block.columns, widths, strict=True)
        ],
        "rows": [
            {
                "cells": [
                    *map(tied, row.cells),
                    *[""] * (len(block.columns) - len(row.cells) - row.span + 1),
                ],
                "strong": row.strong,
                "span": row.span,
            }
            for row in block.rows
        ],
    }
