"""A paper as HTML, for the preview: the same tree, set by the style sheet of papers."""

from __future__ import annotations

from html import escape

from . import wording
from .tree import Annex, Block, Heading, Paper, Paragraph, Row, Signature, Table, Text, runs


def to_html(paper: Paper) -> str:
    """An ``article``; everything in it is escaped."""
    parts = [
        '<article class="official">',
        _head(paper),
        _opening(paper),
        *(_block(block) for block in wording.body(paper)),
        _foot(paper),
        *(_annex(paper, position, annex) for position, annex in enumerate(paper.annexes)),
        "</article>",
    ]
    return "\n".join(part for part in parts if part)


def _head(paper: Paper) -> str:
    head = paper.head
    about = f"<p>{escape(paper.about)}</p>" if not paper.kind and paper.about else ""
    parent = f"<p>{escape(wording.capitals(head.parent))}</p>" if head.parent else ""
    issuer = "<br>".join(escape(wording.capitals(line)) for line in head.issuer)
    return (
        '<header class="official-head"><div>'
        f'{parent}<p class="issuer"><b>{issuer}</b></p>'
        f"<p>{escape(wording.number_line(head))}</p>{about}</div><div>"
        f'<p><b>{wording.NATION}</b></p><p class="motto"><b>{wording.MOTTO}</b></p>'
        f"<p><i>{escape(wording.date_line(head))}</i></p></div></header>"
    )


def _opening(paper: Paper) -> str:
    parts = []
    if paper.kind:
        about = f'<p class="about">{escape(paper.about)}</p>'
        parts.append(f'<h1 class="kind">{escape(wording.capitals(paper.kind))}</h1>{about}')
    names = [escape(line) for line in wording.addressee_lines(paper)]
    if len(names) == 1:
        parts.append(f'<p class="middle">Kính gửi: {names[0]}</p>')
    elif names:
        parts.append(f'<p class="to">Kính gửi:<br>{"<br>".join(names)}</p>')
    if paper.authority:
        parts.append(f'<p class="middle"><b>{escape(wording.capitals(paper.authority))}</b></p>')
    parts.extend(f"<p><i>{escape(base)}</i></p>" for base in wording.base_lines(paper))
    if paper.resolves:
        parts.append(f'<p class="middle"><b>{escape(wording.capitals(paper.resolves))}</b></p>')
    return "\n".join(parts)


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, label=label, text=text):
            words = f"{escape(label)} {_words(text)}"
            return f'<h{level + 1} class="level-{level}">{words}</h{level + 1}>'
        case Paragraph(text=text, marker=marker, align=align):
            start = f"{escape(marker)} " if marker else ""
            return f'<p class="{align}">{start}{_words(text)}</p>'
        case Table():
            return _table(block)


def _table(block: Table) -> str:
    unit = f'<p class="unit">{escape(block.unit)}</p>' if block.unit else ""
    head = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in block.columns)
    body = "".join(_row(block, row) for row in block.rows)
    return (
        f'{unit}<div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(block: Table, row: Row) -> str:
    cells = [*row.cells, *[""] * (len(block.columns) - len(row.cells) - row.span + 1)]
    out = []
    for position, words in enumerate(cells):
        at = position if position == 0 else position + row.span - 1
        align = "left" if row.span > 1 and position == 0 else block.columns[at].align
        span = f' colspan="{row.span}"' if row.span > 1 and position == 0 else ""
        out.append(f'<td class="{align}"{span}>{escape(words)}</td>')
    strong = ' class="strong"' if row.strong else ""
    return f"<tr{strong}>{''.join(out)}</tr>"


def _foot(paper: Paper) -> str:
    if paper.signature is None and not paper.recipients:
        return ""
    names = "".join(f"<li>{escape(line)}</li>" for line in wording.recipient_lines(paper))
    left = f"<p><b><i>Nơi nhận:</i></b></p><ul>{names}</ul>" if names else ""
    left += _sign(paper.also_signs)
    right = _sign(paper.signature)
    return f'<footer class="official-foot"><div>{left}</div><div>{right}</div></footer>'


def _sign(signature: Signature | None) -> str:
    if signature is None:
        return ""
    lines = (signature.authority, signature.acting_for, signature.title)
    words = "<br>".join(escape(wording.capitals(line)) for line in lines if line)
    return f'<p class="sign"><b>{words}</b></p><p class="name"><b>{escape(signature.name)}</b></p>'


def _annex(paper: Paper, position: int, annex: Annex) -> str:
    blocks = "\n".join(_block(block) for block in annex.blocks)
    return (
        '<section class="annex">'
        f'<p class="middle"><b>{wording.annex_label(paper, position)}</b></p>'
        f'<p class="middle"><b>{escape(wording.capitals(annex.title))}</b></p>'
        f'<p class="middle"><i>{escape(wording.annex_reference(paper))}</i></p>{blocks}</section>'
    )


def _words(text: Text) -> str:
    out = []
    for run in runs(text):
        words = escape(run.text)
        if run.bold:
            words = f"<b>{words}</b>"
        if run.italic:
            words = f"<i>{words}</i>"
        out.append(words)
    return "".join(out)
