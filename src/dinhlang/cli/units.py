"""``dinhlang units …``: bring in lists of places, find a place, rebuild the tree.

Exit status: 0 done, 1 rows are wrong and nothing was written, 2 for a wrong call, 3 where the file
cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from dinhlang.cli._django import explained, local_environment

MOST_SHOWN = 50
KINDS = ("units", "successions", "boundaries", "package")
WORDS = {
    "new": "thêm mới",
    "same": "đã có, giữ nguyên",
    "renamed": "đổi tên",
    "moved": "chuyển cấp trên",
    "ended": "kết thúc",
    "changed": "thay ranh giới",
    "whole": "chuyển toàn bộ",
    "part": "chuyển một phần",
    "above": "suy ra cho cấp tỉnh",
    "successions": "lượt sắp xếp",
    "villages_moved": "thôn theo xã sang xã mới",
    "villages_left": "thôn cần chọn xã mới",
    "skipped": "dòng lỗi bỏ qua",
}


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "units",
        help="địa bàn: nhập danh sách, tìm, dựng lại cây",
        description="Mã thoát: 0 xong, 1 có dòng lỗi và chưa nhập gì, 2 gọi sai lệnh, 3 không đọc "
        "được tệp.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VIỆC", required=True)
    bring = verbs.add_parser("import", help="nhập đơn vị, sắp xếp hoặc ranh giới")
    bring.add_argument(
        "kind",
        choices=KINDS,
        help="units: danh sách đơn vị; successions: sáp nhập, chia tách; boundaries: ranh giới "
        "GeoJSON; package: cả nước từ gói vietnamadminunits đã cài",
    )
    bring.add_argument("files", nargs="*", metavar="TỆP", help="tệp .xlsx, .csv hoặc .geojson")
    bring.add_argument("--from", dest="first_day", type=_day, metavar="NGÀY", help="có từ ngày")
    bring.add_argument("--to", dest="end_day", type=_day, metavar="NGÀY", help="đến trước ngày")
    bring.add_argument(
        "--replaces", action="store_true", help="thay toàn bộ danh sách cũ kể từ ngày --from"
    )
    bring.add_argument("--skip-errors", action="store_true", help="bỏ qua các dòng lỗi")
    bring.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    look = verbs.add_parser("find", help="tìm đơn vị theo tên hoặc mã")
    look.add_argument("text", metavar="TÊN")
    verbs.add_parser("rebuild", help="dựng lại cây địa bàn từ cấp trên của từng đơn vị")


def _day(text: str) -> date:
    from dinhlang.places.importing.tables import parse_day

    try:
        found = parse_day(text)
    except ValueError:
        found = None
    if found is None:
        raise argparse.ArgumentTypeError(f"ngày “{text}” không đúng, ví dụ 01/07/2025")
    return found


def run(args: argparse.Namespace) -> int:
    """Does what was asked; returns the exit status."""
    local_environment()
    import django

    def work() -> int:
        django.setup()
        if args.verb == "find":
            return _find(args.text)
        if args.verb == "rebuild":
            return _rebuild()
        return _import(args)

    return explained(work)


def _find(text: str) -> int:
    from dinhlang.places import selectors

    for unit in selectors.find(text).select_related("parent__parent")[:MOST_SHOWN]:
        above = ", ".join(
            part.full_name
            for part in (unit.parent, unit.parent and unit.parent.parent)
            if part and part.parent_id
        )
        end = f" (đến trước {unit.valid_to:%d/%m/%Y})" if unit.valid_to else ""
        print(f"{unit.code or '-':>5}  {unit.title}{', ' + above if above else ''}{end}")
    return 0


def _rebuild() -> int:
    from dinhlang.places import tree

    print(f"Đã dựng lại cây địa bàn: {tree.rebuild()} quan hệ.")
    return 0


def _import(args: argparse.Namespace) -> int:
    from dinhlang.places.importing.lists import import_package
    from dinhlang.places.importing.tables import ImportRefused
    from dinhlang.places.services import NotAllowedHere

    if bool(args.files) == (args.kind == "package"):
        print("Ví dụ: dinhlang units import units don-vi.xlsx --from 01/07/2025", file=sys.stderr)
        return 2
    try:
        if args.kind == "package":
            _report(args, "vietnamadminunits", import_package(None))
            return 0
        return max(_import_file(args, Path(name)) for name in args.files)
    except (ImportRefused, NotAllowedHere) as error:
        print(error, file=sys.stderr)
        return 3


def _import_file(args: argparse.Namespace, path: Path) -> int:
    from dinhlang.places.importing.lists import Options, check_file, write_checked

    options = Options(args.first_day, args.end_day, args.replaces)
    checked = check_file(args.kind, path, path.name, options)
    for trouble in checked.troubles[:MOST_SHOWN]:
        print(trouble, file=sys.stderr)
    if len(checked.troubles) > MOST_SHOWN:
        print(f"… và {len(checked.troubles) - MOST_SHOWN} dòng nữa.", file=sys.stderr)
    if checked.troubles and not args.skip_errors:
        print(
            f"{path.name}: {len(checked.troubles)} dòng lỗi, chưa nhập gì. "
            "Sửa tệp, hoặc thêm --skip-errors để bỏ qua các dòng ấy.",
            file=sys.stderr,
        )
        return 1
    _report(args, path.name, write_checked(None, checked, path.name))
    return 0


def _report(args: argparse.Namespace, name: str, summary: dict[str, int]) -> None:
    if args.json:
        print(json.dumps({"file": name, **summary}, ensure_ascii=False))
        return
    told = [
        f"{number:,} {WORDS[key]}" for key, number in summary.items() if number and key in WORDS
    ]
    print(f"{name}: {'; '.join(told).replace(',', '.') or 'không có gì mới'}.")
