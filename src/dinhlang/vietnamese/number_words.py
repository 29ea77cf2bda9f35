"""Numbers in words: hai mươi lăm ↔ 25, as amounts are repeated in words on papers."""

from __future__ import annotations

from dinhlang.vietnamese.tones import tone_key

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {
    "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_LARGEST = 10**15


def parse_words(s: str) -> int | None:
    """The whole number that words say (``một trăm linh năm`` → 105), or None.

    Takes rưỡi (``một triệu rưỡi``), linh and lẻ, mốt, tư, lăm; any other word makes it None.
    """
    words = tone_key(s).replace(",", " ").split()
    if not words or len(words) > 60:
        return None
    total = group = 0
    last_scale = 0
    pending: list[str] = []
    for position, word in enumerate(words):
        if word == "rưỡi":
            half = _half(words, position, pending)
            if half is None:
                return None
            value = _below_thousand(pending) if pending else 0
            return None if value is None else total + group + value + half
        if word not in _SCALES:
            pending.append(word)
            continue
        scale = _SCALES[word]
        value = _below_thousand(pending) if pending else None
        pending = []
        if scale == 10**9:
            if total or (value is None and not group):
                return None
            total, group, last_scale = (group + (value or 0)) * scale, 0, scale
            continue
        if value is None or (last_scale and last_scale <= scale):
            return None
        group, last_scale = group + value * scale, scale
    if not pending:
        return total + group
    value = _below_thousand(pending)
    return None if value is None else total + group + value


def _half(words: list[str], position: int, pending: list[str]) -> int | None:
    """Half of the unit named before ``rưỡi``, which must be the last word."""
    if position == 0 or position != len(words) - 1:
        return None
    before = words[position - 1]
    if before == "trăm":
        return 50
    if before in _SCALES and not pending:
        return _SCALES[before] // 2
    return None


def _below_thousand(words: list[str]) -> int | None:
    """0…999 from its words, or None."""
    rest = list(words)
    total = 0
    if len(rest) >= 2 and rest[1] == "trăm":
        if rest[0] not in _DIGITS:
            return None
        total, rest = _VALUES[rest[0]] * 100, rest[2:]
        if rest and rest[0] in ("linh", "lẻ"):
            return total + _VALUES[rest[1]] if len(rest) == 2 and rest[1] in _VALUES else None
    if not rest:
        return total if words else None
    if rest[0] == "mười":
        tens, rest = 10, rest[1:]
    elif len(rest) >= 2 and rest[1] in ("mươi", "chục") and rest[0] in _DIGITS[1:]:
        tens, rest = _VALUES[rest[0]] * 10, rest[2:]
    else:
        tens = 0
    if not rest:
        return total + tens
    if len(rest) > 1 or rest[0] not in _VALUES or (not tens and rest[0] not in _DIGITS):
        return None
    return total + tens + _VALUES[rest[0]]


def number_words(n: int) -> str:
    """A whole number in words (``105`` → ``một trăm linh năm``). Raises ValueError from 10¹⁵ on."""
    if not 0 <= n < _LARGEST:
        raise ValueError("only 0 up to 10¹⁵ is written in words")
    if n == 0:
        return _DIGITS[0]
    if n >= 10**9:
        head, rest = divmod(n, 10**9)
        return f"{number_words(head)} tỷ{_tail(rest)}"
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn")):
        if n >= scale:
            head, rest = divmod(n, scale)
            return f"{_group_words(head)} {name}{_tail(rest)}"
    return _group_words(n)


def _tail(rest: int) -> str:
    if not rest:
        return ""
    return " " + (_group_words(rest, full=True) if rest < 1000 else number_words(rest))


def _group_words(n: int, *, full: bool = False) -> str:
    """1…999 in words; ``full`` says the hundreds even where there are none."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words: list[str] = []
    if hundreds or full:
        words += [_DIGITS[hundreds], "trăm"]
        if rest and not tens:
            words.append("linh")
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    if ones == 5 and tens:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones:
        words.append(_DIGITS[ones])
    return " ".join(words)
