"""Characters of symbol fonts (Symbol, Wingdings) as the Unicode signs they show."""

from __future__ import annotations

_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB1: "±", 0xB0: "°", 0xAE: "→", 0xA5: "∞",
    0xB9: "≠", 0xBB: "≈", 0xB8: "÷", 0x2D: "−", 0x2A: "∗", 0xA8: "♦", 0xD7: "⋅", 0x61: "α",
    0x62: "β", 0x6D: "µ", 0x44: "Δ", 0x53: "Σ",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_OTHER = "•"


def symbol(code: int, font: str) -> str:
    """The sign for a code of a symbol font, whose codes may be shifted to U+F000."""
    code &= 0xFF
    if "wingdings" in font.lower():
        return _WINGDINGS.get(code, _OTHER)
    return _SYMBOL.get(code) or chr(code)


def bullet(text: str, font: str) -> str:
    """The bullet Word draws for ``lvlText`` in a font."""
    if text == "o" and font.lower().startswith("courier"):
        return "◦"
    return "".join(
        symbol(ord(char), font)
        if 0xF000 <= ord(char) <= 0xF0FF or font.lower().startswith("wingdings")
        else char
        for char in text
    )


def plain(text: str) -> str:
    """Text whose private-use characters are shown as the signs of the Symbol font."""
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(
        (_SYMBOL.get(ord(char) & 0xFF) or _WINGDINGS.get(ord(char) & 0xFF) or _OTHER)
        if "\uf000" <= char <= "\uf0ff"
        else char
        for char in text
    )
