"""Text from before Unicode: TCVN3 (ABC), VNI-Windows, VISCII and code page 1258.

TCVN3 has one byte a letter. Its capitals come from separate fonts (.VnTimeH) that show the bytes
of small letters as capitals; the bytes alone do not tell, so such text comes out in small letters.
VNI writes a base letter and then a byte for its marks. Both are met as text that was read as
Latin-1, so that their bytes are the characters U+00A1…U+00FF.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from dinhlang.vietnamese.syllables import is_syllable
from dinhlang.vietnamese.unicode import nfc

Legacy = Literal["tcvn3", "vni"]

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§" "¨©ª«¬\u00ad®" "µ¶·¸¹" "»¼½¾Æ" "ÇÈÉÊË" "ÌÎÏÐÑ" "ÒÓÔÕÖ" "×ØÜÝÞ"
        "ßáâãä" "åæçèé" "êëìíî" "ïñòóô" "õö÷øù" "úûüýþ",
        "ĂÂÊÔƠƯĐ" "ăâêôơưđ" "àảãáạ" "ằẳẵắặ" "ầẩẫấậ" "èẻẽéẹ" "ềểễếệ" "ìỉĩíị"
        "òỏõóọ" "ồổỗốộ" "ờởỡớợ" "ùủũúụ" "ừửữứự" "ỳỷỹýỵ",
        strict=True,
    )
)  # fmt: skip
_TCVN3_SIGNS = re.compile("[A-Za-z][¡-·»-¾\u00ad]|[¡-·»-¾\u00ad][A-Za-z]|[¸¹][A-Za-z]|[A-Za-z][¸¹]")


def _vni_table() -> dict[str, str]:
    """What VNI writes → the letter, for single characters and for pairs, both cases."""
    table = dict(zip("ñôöíìæóòî", "đơưíìỉĩịỵ", strict=True))
    for base, letters in {
        "a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ", "ô": "ờớởỡợ", "ö": "ừứửữự",
        "y": "ỳýỷỹ",
    }.items():  # fmt: skip
        table |= {base + mark: one for mark, one in zip("øùûõï", letters, strict=False)}
    for base, letters in {"a": "âầấẩẫậ", "e": "êềếểễệ", "o": "ôồốổỗộ"}.items():
        table |= {base + mark: one for mark, one in zip("âàáåãä", letters, strict=True)}
    table |= {"a" + mark: one for mark, one in zip("êèéúüë", "ăằắẳẵặ", strict=True)}
    upper = {old.upper(): new.upper() for old, new in table.items()}
    mixed = {old[0].upper() + old[1]: new.upper() for old, new in table.items() if len(old) == 2}
    return table | upper | mixed


_VNI = _vni_table()
_VNI_RE = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_VNI_PAIR_RE = re.compile("|".join(re.escape(one) for one in _VNI if len(one) == 2))

_VISCII = dict(
    zip(
        bytes([0x02, 0x05, 0x06, 0x14, 0x19, 0x1E, *range(0x80, 0x100)]).decode("latin-1"),
        "ẲẴẪỶỸỴ"
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" "Õắằặấầẩậẽẹếềểễệố" "ồổỗỠƠộờởịỰỨỪỬơớƯ"
        "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" "ĐứÒÓÔạỷừửÙÚỹỵÝỡư" "àáâãảăữẫèéêẻìíĩỉ" "đựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)  # fmt: skip
_VISCII_TABLE = str.maketrans(_VISCII)
_TCVN3_TABLE = str.maketrans(_TCVN3)

_WORD_RE = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’…–—]+")
_SAMPLE = 40_000
_ENOUGH = 3


def _words(text: str) -> set[str]:
    """The different words with a letter beyond ASCII."""
    return {word for word in _WORD_RE.findall(text) if not word.isascii()}


def _evenly_cased(word: str) -> bool:
    """Not like kÕ and chÝnh, which are words only after conversion."""
    return word.islower() or word.isupper() or word.istitle()


def _known(text: str) -> tuple[int, int]:
    """How many different words beyond ASCII there are, and how many of them are syllables."""
    words = _words(text)
    return len(words), sum(map(is_syllable, words))


def detect_legacy(text: str) -> Legacy | None:
    """The encoding in which a text read as Latin-1 or cp1252 was written, or None.

    Judged by its words: most of those beyond ASCII must turn into Vietnamese syllables by the
    conversion and not be such already. Three different words are enough where a sign stands
    that no other language puts beside a letter, else six.
    """
    sample = text[:_SAMPLE]
    as_is = sum(is_syllable(word) and _evenly_cased(word) for word in _words(sample))
    best: tuple[int, Legacy] | None = None
    for encoding, sign in (("tcvn3", _TCVN3_SIGNS), ("vni", _VNI_PAIR_RE)):
        enough = _ENOUGH if sign.search(sample) else 2 * _ENOUGH
        name: Legacy = "tcvn3" if encoding == "tcvn3" else "vni"
        count, good = _known(convert_legacy(sample, name))
        if good >= enough and good >= 0.75 * count and 2 * good > 3 * as_is:
            best = max(best, (good, name)) if best else (good, name)
    return best[1] if best else None


def convert_legacy(text: str, encoding: str) -> str:
    """The text in Unicode (NFC) from ``tcvn3`` or ``vni`` read as Latin-1.

    Characters the encoding does not have stay. Raises ValueError for another encoding.
    """
    if encoding == "tcvn3":
        return nfc(text.translate(_TCVN3_TABLE))
    if encoding == "vni":
        return nfc(_VNI_RE.sub(lambda match: _VNI[match[0]], text))
    raise ValueError(f"unknown encoding: {encoding}")


def encode_legacy(text: str, encoding: str) -> str:
    """The inverse of ``convert_legacy``: the characters that old fonts and programs need.

    TCVN3 has no toned capitals, so those come out small. Letters the encoding lacks stay.
    """
    if encoding == "tcvn3":
        back = {new: old for old, new in _TCVN3.items()}
        return "".join(back.get(c) or back.get(c.lower(), c) for c in nfc(text))
    if encoding == "vni":
        table = {new: old for old, new in _VNI.items() if old in (old.lower(), old.upper())}
        return "".join(table.get(c, c) for c in nfc(text))
    raise ValueError(f"unknown encoding: {encoding}")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file in NFC, and the name of the encoding it was in. Never fails.

    Names: ``utf-8``, ``utf-16``, ``tcvn3``, ``vni``, ``viscii``, ``cp1258``, ``utf-8-damaged``
    (a few bytes replaced by U+FFFD) and, where nothing fits, ``latin-1``.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return nfc(data.decode("utf-16", errors="replace")), "utf-16"
    try:
        return nfc(data.decode("utf-8-sig")), "utf-8"
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8-sig", errors="replace")
    if damaged.count("\ufffd") * 20 < sum(not c.isascii() for c in damaged):
        return nfc(damaged), "utf-8-damaged"
    latin = data.decode("latin-1")
    candidates = [(latin, "latin-1")]
    legacy = detect_legacy(latin)
    if legacy:
        candidates.append((convert_legacy(latin, legacy), legacy))
    candidates.append((latin.translate(_VISCII_TABLE), "viscii"))
    candidates.append((unicodedata.normalize("NFC", data.decode("cp1258", "replace")), "cp1258"))
    return max(candidates[:1] + [c for c in candidates[1:] if _convincing(c[0])], key=_merit)


def _convincing(text: str) -> bool:
    total, good = _known(text[:_SAMPLE])
    return good >= _ENOUGH and good >= 0.75 * total


def _merit(candidate: tuple[str, str]) -> tuple[float, int]:
    """Share of Vietnamese syllables, then how many; Latin-1 wins only where it is as good."""
    total, good = _known(candidate[0][:_SAMPLE])
    return (good / total if total else 0.0), good
