"""The pages of documentation of the checks, made from the checks themselves.

``python -m dinhlang.papers.checking.pages docs/checks`` writes them; a test sees to it that what
is written is what the code says.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dinhlang.papers.checking import registry
from dinhlang.papers.checking.frame import Check

SEVERITY_NAMES = {"error": "lỗi", "warning": "cảnh báo", "note": "ghi chú"}
HEADINGS = ("## Là gì", "## Vì sao", "## Ví dụ", "## Cách sửa")


def page_of(check: Check) -> str:
    """The page of one check, Markdown in Vietnamese."""
    severity = SEVERITY_NAMES[check.severity]
    return f"# {check.code}\n\n{check.purpose}. Mức: {severity}.\n\n{check.page}\n"


def pages() -> dict[str, str]:
    """All pages by file name: one for each check, and ``README.md``, their index."""
    checks = sorted(registry.values(), key=lambda check: check.code)
    rows = [
        f"| [{check.code}]({check.code}.md) | {SEVERITY_NAMES[check.severity]} | {check.purpose} |"
        for check in checks
    ]
    index = [
        "# Các phép kiểm của `dinhlang check`",
        "",
        "Trang này và các trang nó dẫn tới được tạo từ mã nguồn; không sửa tay.",
        "",
        "| Mã | Mức | Kiểm điều gì |",
        "| --- | --- | --- |",
        *rows,
        "",
    ]
    return {f"{check.code}.md": page_of(check) for check in checks} | {
        "README.md": "\n".join(index)
    }


def write_pages(folder: Path) -> None:
    """Writes all pages into ``folder``, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
