"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "dinhlang"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((SOURCE / "web" / "templates").rglob("*.html"))
PURE_ROOMS = ("vietnamese", "law", "papers", "lake")

LONGEST_MODULE = 500
LONGEST_FUNCTION = 60
LONGER_FOR_A_REASON: dict[str, str] = {}
"""``module.py:function`` to the reason why it is better in one piece."""

CLOCKS = frozenset(
    {
        *("datetime.now", "datetime.today", "datetime.utcnow", "date.today"),
        *("time.time", "time.localtime", "time.gmtime", "timezone.now"),
    }
)
INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I),
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "htmx's event attribute": re.compile(r"\shx-on[:-]", re.I),
    "a javascript: address": re.compile(r"=\s*[\"']javascript:", re.I),
    "another host": re.compile(
        r"(?:src|href)\s*=\s*[\"']https?://[^\"']+\.(?:js|css|woff2?)", re.I
    ),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_module_is_longer_than_a_person_reads_at_a_sitting() -> None:
    lengths = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_screen_without_a_reason() -> None:
    long = {
        f"{name_of(path)}:{function.name}": lines
        for path in MODULES
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long.keys() == LONGER_FOR_A_REASON.keys(), long


def test_there_is_no_module_for_odds_and_ends() -> None:
    assert [name_of(path) for path in MODULES if path.stem in {"utils", "helpers", "misc"}] == []


def test_the_pure_rooms_never_look_at_the_clock() -> None:
    looks = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if path.relative_to(SOURCE).parts[0] in PURE_ROOMS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in CLOCKS
    ]
    assert looks == []


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds_what_the_content_security_policy_forbids(what: str) -> None:
    found = [
        f"{name_of(path)}: {match.group(0)[:60]}"
        for path in TEMPLATES
        for match in INLINE[what].finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "example"),
    [
        ("an inline script", "<script>alert(1)</script>"),
        ("an inline script", '<script type="module">import "x"</script>'),
        ("an inline style sheet", "<style>p{}</style>"),
        ("a style attribute", '<p style="color:red">'),
        ("an event attribute", '<a href="#" onclick="x()">'),
        ("htmx's event attribute", '<a hx-on:click="x()">'),
        ("a javascript: address", '<a href="javascript:x()">'),
        ("another host", '<script src="https://cdn.example/x.js"></script>'),
    ],
)
def test_the_patterns_above_find_what_they_are_for(what: str, example: str) -> None:
    assert INLINE[what].search(example)


def test_the_locks_carry_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        packages = re.findall(r"^[a-z0-9-]+==\S+ \\\n    --hash=sha256:", text, re.M)
        assert packages
        assert len(packages) == len(re.findall(r"^[a-z0-9]", text, re.M))
        assert "://" not in text
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_setting_is_described_for_operators() -> None:
    read = set()
    for path in (SOURCE / "web" / "settings.py", SOURCE / "web" / "environment.py"):
        read |= set(re.findall(r'"(DINHLANG_[A-Z_]+|DATABASE_URL)"', path.read_text("utf-8")))
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert read
    assert {name for name in read if f"| `{name}` |" not in page} == set()


ZONES = frozenset({"trial/_drop.html", "plans/_upload.html", "facts/evidence.html"})
"""Where files are dropped on the whole page: the browser's own words are not shown there."""


def test_files_are_chosen_in_vietnamese_whatever_the_browser_speaks() -> None:
    folder = SOURCE / "web" / "templates"
    bare = {
        str(path.relative_to(folder))
        for path in TEMPLATES
        if re.search(r"<input[^>]*type=.file", path.read_text(encoding="utf-8"))
    }
    assert bare == ZONES | {"_file.html"}
