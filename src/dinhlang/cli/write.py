"""``dinhlang write PLAN -o FILE``: a plan as an official paper in Word, PDF or HTML.

The plan is the JSON that ``dinhlang read --json`` prints, or a paper, which is read first. Exit
status: 0, 2 for a wrong call, 3 where the plan cannot be read.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from dinhlang.cli._files import read_file
from dinhlang.papers.errors import PaperError
from dinhlang.papers.plan import Plan

KINDS = (".docx", ".pdf", ".html")


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "write",
        help="viết kế hoạch thành văn bản Word, PDF hoặc HTML",
        description="Viết kế hoạch (JSON của “dinhlang read --json”, hoặc một văn bản) thành văn "
        "bản hành chính theo thể thức Nghị định 30/2020/NĐ-CP.",
    )
    parser.add_argument(
        "plan", metavar="KẾ_HOẠCH", help="tệp .json, hoặc văn bản .docx, .pdf, .txt"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="TỆP", help="tệp ra: .docx, .pdf hoặc .html"
    )


def run(args: argparse.Namespace) -> int:
    """Writes the paper; says on stderr what was wrong."""
    out = Path(args.output)
    if out.suffix.lower() not in KINDS:
        print(f"Tệp ra phải có đuôi {', '.join(KINDS)}; “{out.name}” thì không.", file=sys.stderr)
        return 2
    try:
        plan = _plan(Path(args.plan))
    except PaperError as error:
        print(f"{args.plan}: {error}", file=sys.stderr)
        return error.exit_code
    written = _written(plan, out.suffix.lower())
    # Beside it first: a full disk leaves the old file whole.
    fresh = out.with_name(f".{out.name}.tmp")
    try:
        fresh.write_bytes(written)
        os.replace(fresh, out)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        print(f"Không ghi được {out}: {_why(error)}", file=sys.stderr)
        return 3
    print(f"Đã viết {out} ({len(written) / 1024:.0f} KB)")
    return 0


def _why(error: OSError) -> str:
    """What the machine says, in words for the user."""
    if isinstance(error, FileNotFoundError):
        return "không có tệp hoặc thư mục này."
    if isinstance(error, PermissionError):
        return "không có quyền đọc hoặc ghi ở đây."
    if isinstance(error, IsADirectoryError):
        return "đây là thư mục, hãy ghi tên tệp."
    if error.errno == errno.ENOSPC:
        return "đĩa đã đầy."
    return f"máy báo “{error.strerror}”."


def _plan(path: Path) -> Plan:
    if path.suffix.lower() != ".json":
        return read_file(path)
    from dinhlang.papers.serial import from_json

    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PaperError(f"Không mở được tệp: {_why(error)}") from error
    except json.JSONDecodeError as error:
        raise PaperError(
            f"Dòng {error.lineno}: không phải JSON.", "Hãy tạo tệp bằng “dinhlang read --json”."
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PaperError(
            f"Không phải kế hoạch dạng “dinhlang.plan/1” ({error}).",
            "Hãy tạo tệp bằng “dinhlang read --json”.",
        ) from error


def _written(plan: Plan, kind: str) -> bytes:
    from dinhlang.papers.writing.composing.plan import compose

    paper = compose(plan)
    if kind == ".docx":
        from dinhlang.papers.writing.word import to_docx

        return to_docx(paper)
    if kind == ".pdf":
        from dinhlang.papers.writing.pdf import to_pdf

        return to_pdf(paper, date.today())
    from dinhlang.papers.writing.html import to_html

    head = '<!doctype html><html lang="vi"><meta charset="utf-8">'
    return f"{head}<title>{paper.kind}</title>{to_html(paper)}</html>".encode()
