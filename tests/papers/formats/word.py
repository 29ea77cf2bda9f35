"""Word files out of raw XML, for what python-docx cannot write."""

from __future__ import annotations

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def word(body: str, **parts: str) -> bytes:
    """A ``.docx`` of a body; ``parts`` are other roots' content: styles, numbering, header1, …"""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    files = {"document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"}
    relations = []
    for name, content in parts.items():
        root = roots.get(name, "hdr")
        files[f"{name}.xml"] = f"<w:{root} {_SPACES}>{content}</w:{root}>"
        kind = "header" if root == "hdr" else root
        relations.append(f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{name}.xml"/>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _HEAD + "<Types/>")
        for name, content in files.items():
            package.writestr(f"word/{name}", _HEAD + content)
        package.writestr(
            "word/_rels/document.xml.rels",
            f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{"".join(relations)}</Relationships>',
        )
    return out.getvalue()


def p(text: str = "", properties: str = "", inner: str = "") -> str:
    """A paragraph: a run of text, or the XML ``inner``."""
    run = inner or f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, number: int, level: int = 0) -> str:
    """A paragraph of an automatic list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, form: str, text: str, extra: str = "") -> str:
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def table(rows: list[list[str]], borders: bool = True) -> str:
    """A table whose cells are XML of paragraphs, or plain text."""
    side = '<w:top w:val="single"/><w:insideH w:val="single"/>' if borders else ""
    out = f"<w:tbl><w:tblPr><w:tblBorders>{side}</w:tblBorders></w:tblPr>"
    for row in rows:
        cells = (c if c.startswith("<w:") else p(c) for c in row)
        out += "<w:tr>" + "".join(
            c if c.startswith("<w:tc>") else f"<w:tc>{c}</w:tc>" for c in cells
        )
        out += "</w:tr>"
    return out + "</w:tbl>"
