"""``dinhlang check FILE…``: what is wrong in a plan, where, and what to do, like a good compiler.

Exit status: 0 without errors (warnings and notes do not count), 1 with errors, 2 for a wrong
call, 3 where a file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from dinhlang.cli._files import files, read_file
from dinhlang.cli._silence import Silence, WrongSilence, read_silences, silence_of
from dinhlang.papers.checking import UnknownCheck, check, registry
from dinhlang.papers.checking.any_paper import codes_for, not_a_plan
from dinhlang.papers.checking.pages import SEVERITY_NAMES, page_of
from dinhlang.papers.errors import PaperError
from dinhlang.papers.plan import Finding, Lines

MOST_PLACES = 5
WIDTH = 96
_BULLET = 3
_COLOURS = {"error": "31", "warning": "33", "note": "36"}
_EMPHASIS, _FAINT = "1", "2"


@dataclass(slots=True)
class Outcome:
    """One file after its check; ``text`` is the paper line by line, for showing the words."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    error: PaperError | None = None
    silenced: list[tuple[Finding, str]] = field(default_factory=list)
    by: list[Silence] = field(default_factory=list)  # the lines that let them stand
    notice: str = ""  # what is told of a paper that is no plan

    @property
    def status(self) -> int:
        """The exit status this file asks for."""
        if self.error:
            return self.error.exit_code
        return int(any(finding.severity == "error" for finding in self.findings))


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "check",
        help="soát kế hoạch: tìm lỗi, chỉ chỗ, nêu cách sửa",
        description="Soát kế hoạch nông thôn mới của xã. Mã thoát: 0 không có lỗi, 1 có lỗi, "
        "2 gọi sai lệnh, 3 có tệp không đọc được.",
    )
    parser.add_argument("paths", nargs="*", metavar="TỆP", help="tệp hoặc thư mục")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    form.add_argument("--sarif", action="store_true", help="in kết quả dạng SARIF 2.1.0")
    form.add_argument(
        "--fix",
        action="store_true",
        help="ghi các chỗ sửa chắc chắn vào bản Word mới (-o), dạng theo dõi thay đổi",
    )
    parser.add_argument(
        "--silence", metavar="TỆP", help="các chỗ bỏ qua, mỗi dòng: MÃ | chữ trong văn bản | lý do"
    )
    parser.add_argument("-o", "--output", metavar="TỆP", help="tệp .docx ghi bản đã sửa (--fix)")
    parser.add_argument(
        "--only", metavar="MÃ", help="chỉ chạy các phép kiểm này, cách nhau dấu phẩy"
    )
    parser.add_argument("--explain", metavar="MÃ", help="in trang giải thích của một phép kiểm")
    parser.add_argument("--list", action="store_true", help="liệt kê các phép kiểm")


def run(args: argparse.Namespace) -> int:
    """Checks the files named in ``args`` and prints what is found; returns the exit status."""
    try:
        if args.explain:
            return _explain(args.explain)
        if args.list:
            return _list()
        if not args.paths:
            print("Chưa có tệp nào. Ví dụ: dinhlang check ke-hoach.docx", file=sys.stderr)
            return 2
        if args.fix and (wrong := _wrong_fix(args.paths, args.output)):
            print(wrong, file=sys.stderr)
            return 2
        codes = [code.strip().upper() for code in args.only.split(",")] if args.only else None
        silences = read_silences(Path(args.silence)) if args.silence else []
        outcomes = []
        for path in files(args.paths):
            outcome = _let_stand(check_file(path, codes), silences)
            outcomes.append(outcome)
            if not (args.json or args.sarif):
                _show(outcome, sys.stdout)
        _tell_of(args.silence, silences, outcomes)
    except WrongSilence as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except UnknownCheck as unknown:
        print(f"{unknown} Xem các mã: dinhlang check --list", file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(list(map(as_json, outcomes)), ensure_ascii=False, indent=2))
    elif args.sarif:
        from dinhlang.cli._sarif import sarif

        print(json.dumps(sarif(outcomes), ensure_ascii=False, indent=2))
    else:
        print(summary(outcomes))
    if args.fix and not outcomes[0].error:
        print(_corrected(outcomes[0], Path(args.output)))
    return max((outcome.status for outcome in outcomes), default=0)


def _tell_of(name: str, silences: Sequence[Silence], outcomes: Sequence[Outcome]) -> None:
    """Says which lines let nothing stand, and which more than one place."""
    used = Counter(each.line for outcome in outcomes for each in outcome.by)
    for each in silences:
        if not used[each.line]:
            print(f"{name}:{each.line}: không chỗ nào khớp “{each.words}”.", file=sys.stderr)
        elif used[each.line] > 1:
            print(
                f"{name}:{each.line}: khớp {used[each.line]} chỗ; "
                "ghi dài hơn nếu chỉ muốn bỏ qua một.",
                file=sys.stderr,
            )


def _wrong_fix(paths: Sequence[str], output: str | None) -> str:
    """What is wrong with a call of ``--fix``; empty where nothing is."""
    if not output:
        return "Thiếu tệp ghi bản đã sửa. Ví dụ: dinhlang check ke-hoach.docx --fix -o da-sua.docx"
    if len(paths) != 1 or Path(paths[0]).suffix.lower() not in (".docx", ".docm"):
        return "--fix chỉ sửa được một tệp Word (.docx) mỗi lần."
    if Path(output).resolve() == Path(paths[0]).resolve():
        return "Tệp ghi bản đã sửa phải khác tệp gốc."
    return ""


def _corrected(outcome: Outcome, output: Path) -> str:
    """Writes the corrected file and says how many places were mended and how many were not."""
    from datetime import UTC, datetime

    from dinhlang.papers.correcting import correct_docx

    fixes = [finding.fix for finding in outcome.findings if finding.fix]
    data = Path(outcome.file).read_bytes()
    done = correct_docx(data, outcome.text, fixes, datetime.now(UTC))
    output.write_bytes(done.data)
    text = f"Đã ghi {len(done.applied)} chỗ sửa vào {output}, dạng theo dõi thay đổi."
    if done.left:
        lines = ", ".join(str(fix.line) for fix in done.left)
        text += f" {len(done.left)} chỗ không ghi được vào tệp (dòng {lines}), cần sửa tay."
    return text


def check_file(path: Path, codes: Sequence[str] | None = None) -> Outcome:
    """Reads and checks one file; what cannot be read is told in ``Outcome.error``.

    A paper that is no plan is held only to the checks of any official paper, unless ``codes`` say
    which.
    """
    try:
        plan = read_file(path)
    except PaperError as error:
        return Outcome(file=str(path), error=error)
    notice = "" if codes else not_a_plan(plan)
    if codes is None:
        codes = codes_for(plan, registry)
    return Outcome(
        file=str(path), findings=check(plan, codes), text=plan.text, notice=notice,
    )  # fmt: skip


def _let_stand(outcome: Outcome, silences: Sequence[Silence]) -> Outcome:
    """The outcome with the findings that are let stand set apart, each with its reason."""
    kept = []
    for finding in outcome.findings:
        silence = silence_of(finding, silences, outcome.text)
        if silence is None:
            kept.append(finding)
        else:
            outcome.silenced.append((finding, silence.reason))
            outcome.by.append(silence)
    outcome.findings = kept
    return outcome


def as_json(outcome: Outcome) -> dict[str, Any]:
    """``{file, findings, silenced, error}`` of one file; ``error`` is null where it was read.

    ``notice`` is there for a paper that is no plan: what is told of it.
    """
    error = outcome.error
    return {
        "file": outcome.file,
        **({"notice": outcome.notice} if outcome.notice else {}),
        "findings": [asdict(finding) for finding in outcome.findings],
        "silenced": [{**asdict(each), "reason": reason} for each, reason in outcome.silenced],
        "error": error and {"code": error.code, "message": error.message, "advice": error.advice},
    }


def summary(outcomes: Sequence[Outcome]) -> str:
    """``3 lỗi, 1 cảnh báo trong 2 tệp; 1 tệp không đọc được.``"""
    found = Counter[str](finding.severity for outcome in outcomes for finding in outcome.findings)
    parts = [f"{found[kind]} {name}" for kind, name in SEVERITY_NAMES.items() if found[kind]]
    unread = sum(outcome.error is not None for outcome in outcomes)
    read = len(outcomes) - unread
    if not outcomes:
        return "Không có tệp nào để soát."
    if not read:
        return f"{unread} tệp, không tệp nào đọc được."
    text = f"{', '.join(parts) or 'Không thấy lỗi nào'} trong {read} tệp"
    silenced = sum(len(outcome.silenced) for outcome in outcomes)
    text += f"; {silenced} chỗ bỏ qua có lý do" if silenced else ""
    return f"{text}; {unread} tệp không đọc được." if unread else f"{text}."


def _show(outcome: Outcome, out: TextIO) -> None:
    paint = _painter(out)
    if outcome.error:
        print(f"{outcome.file}: {paint('không đọc được', '31')}: {outcome.error.message}", file=out)
        if outcome.error.advice:
            print(f"    cách sửa: {outcome.error.advice}", file=out)
    if outcome.notice:
        print(f"{outcome.file}: {paint(outcome.notice, _COLOURS['note'])}.", file=out)
    for finding in outcome.findings:
        for line in report(outcome, finding, paint):
            print(line, file=out)


def report(outcome: Outcome, finding: Finding, paint: Painter | None = None) -> Iterator[str]:
    """The lines that show one finding: where, why, the words in question, what to do."""
    paint = paint or _plain
    where = f"{finding.lines[0][0]}:" if finding.lines else ""
    severity = paint(
        f"{SEVERITY_NAMES[finding.severity]} {finding.code}", _COLOURS[finding.severity]
    )
    head = paint(f"{outcome.file}:{where}", _EMPHASIS)
    yield f"{head} {severity}: {finding.message}"
    places = list(zip(finding.lines, finding.quotes, strict=False))
    gutter = max((len(str(lines[0])) for lines, _ in places[:MOST_PLACES]), default=1)
    for lines, quote in places[:MOST_PLACES]:
        yield from _excerpt(outcome.text, lines, quote, gutter, paint)
    if len(places) > MOST_PLACES:
        rest = ", ".join(str(lines[0]) for lines, _ in places[MOST_PLACES:])
        yield f"    {' ' * gutter} và dòng {rest}"
    if finding.advice:
        yield f"    {paint('cách sửa:', _EMPHASIS)} {finding.advice}"
    if finding.fix:
        yield f"    {paint('sửa được ngay:', _EMPHASIS)} “{finding.fix.old}” → “{finding.fix.new}”"
    yield ""


def _excerpt(
    text: Sequence[str], lines: Lines, quote: str, gutter: int, paint: Painter
) -> Iterator[str]:
    """The line with ``quote``, cut to the width of the screen around it, and marks under it."""
    number = next(
        (row for row in range(lines[0], lines[1] + 1) if quote in _line(text, row)), lines[0]
    )
    line = _line(text, number).replace("\t", " ")
    if not line.strip():
        return
    at = max(line.find(quote.replace("\t", " ")), 0)
    shown, start = _window(line, at, len(quote))
    marks = max(1, min(len(quote), len(shown) - start))
    yield f"    {paint(str(number).rjust(gutter) + ' |', _FAINT)} {shown}"
    if shown.endswith("…") and start + len(quote) >= len(shown) and start <= _BULLET:
        return  # all of what is shown is meant: marks would only be noise
    yield f"    {paint(' ' * gutter + ' |', _FAINT)} {' ' * start}{paint('^' * marks, '31')}"


def _line(text: Sequence[str], number: int) -> str:
    return text[number - 1] if 0 < number <= len(text) else ""


def _window(line: str, at: int, length: int) -> tuple[str, int]:
    """A piece of ``line`` no longer than the screen around ``at``, and where ``at`` is in it."""
    if len(line) <= WIDTH:
        kept = line.lstrip()
        return kept.rstrip(), max(at - (len(line) - len(kept)), 0)
    first = max(0, min(at - max((WIDTH - length) // 2, 8), len(line) - WIDTH))
    if first:
        first = line.rfind(" ", 0, first + 1) + 1
    last = first + WIDTH
    if last < len(line):
        last = max(line.rfind(" ", at + 1, last), first + 1) if " " in line[at + 1 : last] else last
    before, after = "… " if first else "", " …" if last < len(line) else ""
    return f"{before}{line[first:last]}{after}", len(before) + at - first


class Painter:
    """Wraps words in terminal colours; without colours it returns them as they are."""

    def __init__(self, colours: bool) -> None:
        self.colours = colours

    def __call__(self, words: str, colour: str) -> str:
        return f"\x1b[{colour}m{words}\x1b[0m" if self.colours else words


_plain = Painter(colours=False)


def _painter(out: TextIO) -> Painter:
    return Painter(colours=out.isatty() and not os.environ.get("NO_COLOR"))


def _explain(code: str) -> int:
    found = registry.get(code.upper())
    if found is None:
        raise UnknownCheck(code)
    print(page_of(found))
    return 0


def _list() -> int:
    for code, found in sorted(registry.items()):
        print(f"{code:<18} {SEVERITY_NAMES[found.severity]:<9} {found.purpose}")
    return 0
