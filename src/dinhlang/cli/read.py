"""``dinhlang read FILE…``: a plan document read into its items, as tables or as JSON.

Exit status: 0 where every file was read, 2 for a wrong call, 3 where a file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from dinhlang.cli._files import files, read_file
from dinhlang.papers.errors import PaperError
from dinhlang.papers.plan import Plan


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "read",
        help="đọc kế hoạch thành dữ liệu, mỗi mục kèm số dòng",
        description="Đọc văn bản kế hoạch (Word, PDF, văn bản thuần) thành các mục có cấu trúc. "
        "Mã thoát: 0 đọc được hết, 2 gọi sai lệnh, 3 có tệp không đọc được.",
    )
    parser.add_argument("paths", nargs="*", metavar="TỆP", help="tệp hoặc thư mục")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        action="store_true",
        help="in dạng dinhlang.plan/1; nhiều tệp thì mỗi tệp một dòng JSON",
    )
    form.add_argument("--table", action="store_true", help="in dạng bảng (mặc định)")
    parser.add_argument("--schema", action="store_true", help="in lược đồ JSON của dinhlang.plan/1")
    parser.add_argument("--check", action="store_true", help="soát luôn, ghi kết quả vào findings")


def run(args: argparse.Namespace) -> int:
    """Reads the files named in ``args`` and prints them; returns the exit status."""
    if args.schema:
        from dinhlang.papers.serial import schema

        print(json.dumps(schema(), ensure_ascii=False, indent=1))
        return 0
    if not args.paths:
        print("Chưa có tệp nào. Ví dụ: dinhlang read ke-hoach.docx", file=sys.stderr)
        return 2
    paths = list(files(args.paths))
    if not paths:
        print("Không có tệp nào để đọc trong thư mục này.", file=sys.stderr)
        return 2
    status = 0
    for number, path in enumerate(paths, 1):
        if len(paths) > 1:
            _tell(number, len(paths), path)
        try:
            plan = read_file(path)
        except PaperError as error:
            print(f"{path}: không đọc được: {error}", file=sys.stderr)
            status = max(status, error.exit_code)
            continue
        if args.check:
            from dinhlang.papers.checking import check

            plan.findings = check(plan)
        _print(plan, path, args.json, len(paths) > 1)
    return status


def _tell(number: int, total: int, path: Path) -> None:
    """Progress over many files, on the error stream so that the output stays clean."""
    end = "\r" if sys.stderr.isatty() and number < total else "\n"
    print(f"[{number}/{total}] {path.name:<60}", file=sys.stderr, end=end)


def _print(plan: Plan, path: Path, as_json: bool, many: bool) -> None:
    if as_json:
        from dinhlang.papers.serial import dumps

        print(dumps(plan, indent=None if many else 1))
        return
    from dinhlang.cli._tables import tables

    for line in tables(plan, str(path)):
        print(line)
