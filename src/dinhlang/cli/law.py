"""``dinhlang law list|show|check|try``: the criteria sets, and the files they are written in.

Exit status: 0 all well, 1 something must be mended, 2 a wrong call or a file that is not there.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from dinhlang.cli._law import (
    add_day,
    board,
    failed,
    law_of,
    library,
    listed,
    read_texts,
    shown,
)
from dinhlang.law import examples
from dinhlang.law.checking import nearest
from dinhlang.law.errors import LawError
from dinhlang.law.files import check_files


def add_parser(subparsers: Any) -> None:
    """Adds the command and its four ways to the parser."""
    parser = subparsers.add_parser(
        "law",
        help="xem và soát các bộ tiêu chí",
        description="Xem các bộ tiêu chí kèm theo, soát tệp tự viết, chạy thử các trường hợp.",
    )
    ways = parser.add_subparsers(dest="way", metavar="VIỆC", required=True)
    add_day(ways.add_parser("list", help="các bộ có hiệu lực trong một ngày, ở một nơi"))
    show = ways.add_parser("show", help="nội dung một bộ, kèm nguồn của từng yêu cầu")
    show.add_argument("set", metavar="BỘ", help="mã bộ tiêu chí, ví dụ qd-318-2022/xa-ntm")
    add_day(show)
    check = ways.add_parser("check", help="soát tệp: lỗi ở dòng nào, sửa thế nào")
    check.add_argument("paths", nargs="+", metavar="TỆP", help="tệp hoặc thư mục")
    attempt = ways.add_parser("try", help="chạy trường hợp, in kết quả và lý do")
    attempt.add_argument("paths", nargs="+", metavar="TỆP", help="tệp hoặc thư mục")


def run(args: argparse.Namespace) -> int:
    """Does what ``args`` ask; the exit status."""
    try:
        match args.way:
            case "list":
                print(*listed(law_of(args)), sep="\n")
                return 0
            case "show":
                return _show(args)
            case "check":
                return _check(args.paths)
            case _:
                return _try(args.paths)
    except LawError as error:
        return failed(error)


def _show(args: argparse.Namespace) -> int:
    law = law_of(args)
    effective = law.get(args.set)
    if effective is None:
        print(
            f"{nearest('bộ tiêu chí', args.set, law.library.sets)} "
            "Xem các mã: dinhlang law list",
            file=sys.stderr,
        )  # fmt: skip
        return 2
    print(*shown(effective, law), sep="\n")
    return 0


def _check(paths: list[str]) -> int:
    files, _ = check_files(read_texts(paths), library())
    count = 0
    for file in files:
        for problem in file.problems:
            count += 1
            where = f"{file.name}:{problem.line}" if problem.line else file.name
            print(": ".join(filter(None, (where, problem.path, problem.message))))
    if not files:
        print("Không có tệp nào để soát.")
    elif count:
        print(f"{count} chỗ phải sửa trong {len(files)} tệp.")
    else:
        print(f"Không thấy lỗi nào trong {len(files)} tệp.")
    return 1 if count else 0


def _try(paths: list[str]) -> int:
    known, status = library(), 0
    for name, text in read_texts(paths):
        try:
            outcome = examples.run(examples.read_example(text, name), known)
        except LawError as error:
            status = failed(error, 1)
            continue
        print(*board(outcome), "", sep="\n")
        status = max(status, 1 if outcome.differences else 0)
    return status
