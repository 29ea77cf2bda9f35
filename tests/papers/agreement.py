"""When an answer agrees with a key: the tests of words, numbers, places, offices, by kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

Item = Mapping[str, Any]
Test = Callable[[Any, Any], bool]

ANY = "*"
HALF = Fraction(1, 2)


def differences(kind: str, read: Item, wanted: Item) -> list[str]:
    """The fields in which a read item differs from a key item; empty when it answers it."""
    wrong = [] if _touches(read, wanted) else ["lines"]
    if kind == "criteria":
        return wrong + _criterion_differs(read, wanted)
    if kind == "targets":
        return wrong + _target_differs(read, wanted)
    if kind == "document":
        return wrong + _document_differs(read, wanted)
    tests = dict(FIELDS[kind])
    if kind == "legal_bases" and wanted.get("number") is None:
        tests["kind"] = same_words
    return wrong + [name for name, test in tests.items() if not _agrees(read, wanted, name, test)]


def _agrees(read: Item, wanted: Item, name: str, test: Test) -> bool:
    if name not in wanted:
        return True
    others = (wanted.get("also") or {}).get(name, [])
    value = read.get(name)
    if name == "from" and value is None:
        value = read.get("from_")
    return others == ANY or any(test(value, one) for one in [wanted[name], *others])


def _touches(read: Item, wanted: Item) -> bool:
    """Do the lines overlap; an item without lines may stand anywhere."""
    lines = read.get("lines")
    if not lines or "lines" not in wanted:
        return True
    others = (wanted.get("also") or {}).get("lines", [])
    return others == ANY or any(
        lines[0] <= last and first <= lines[1] for first, last in [wanted["lines"], *others]
    )


def _criterion_differs(read: Item, wanted: Item) -> list[str]:
    wrong = []
    if not _agrees(read, wanted, "number", _same_number):
        unnumbered = read.get("number") is None or wanted.get("number") is None
        if not (unnumbered and _agrees(read, wanted, "name", same_name)):
            wrong.append("number")
    elif read.get("number") is None and not _agrees(read, wanted, "name", same_name):
        wrong.append("name")
    return wrong + [name for name in ("level", "status") if not _agrees(read, wanted, name, _equal)]


def _target_differs(read: Item, wanted: Item) -> list[str]:
    wrong = [] if _agrees(read, wanted, "comparator", _equal) else ["comparator"]
    if read.get("code") and wanted.get("code") and not _agrees(read, wanted, "code", _same_label):
        wrong.append("code")
    if read.get("comparator") == "yes":
        return wrong if _agrees(read, wanted, "text", share_words) else [*wrong, "text"]
    tests: dict[str, Test] = {"value": _same_number, "unit": same_unit}
    return wrong + [name for name, test in tests.items() if not _agrees(read, wanted, name, test)]


def _document_differs(read: Item, wanted: Item) -> list[str]:
    if read["field"] != wanted["field"]:
        return ["field"]
    test = DOCUMENT_TESTS.get(read["field"], same_words)
    return [] if _agrees(read, wanted, "value", test) else ["value"]


def fold(text: str | None) -> str:
    """Lower case without diacritics or punctuation, words apart by one space."""
    bare = unicodedata.normalize("NFKD", (text or "").replace("đ", "d").replace("Đ", "D"))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


SHORT = (
    ("uy ban nhan dan", "ubnd"),
    ("uy ban mat tran to quoc", "mttq"),
    ("mat tran to quoc", "mttq"),
    ("ban chi dao", "bcd"),
    ("ban quan ly", "bql"),
    ("nong thon moi", "ntm"),
)


def fold_name(text: str | None) -> str:
    """``fold`` with the long names of offices written short."""
    name = fold(text)
    for long, short in SHORT:
        name = name.replace(long, short)
    return name


def share_words(read: str | None, wanted: str | None) -> bool:
    """Is at least half of the shorter text's words in the other."""
    return _share(set(fold_name(read).split()), set(fold_name(wanted).split()))


IDLE = frozenset(("tieu", "chi", "so"))  # tiêu chí số
CALLED = frozenset(
    ("phong", "trao", "cuoc", "van", "dong", "thi", "dua")
)  # phong trào, cuộc vận động, thi đua


def same_name(read: str | None, wanted: str | None) -> bool:
    """``share_words`` leaving aside the words every criterion's name begins with."""
    one, other = (set(fold_name(name).split()) for name in (read, wanted))
    return _share(one - IDLE or one, other - IDLE or other)


def same_movement(read: str | None, wanted: str | None) -> bool:
    """Three quarters of the shorter name, for many movements begin with the same words."""
    one, other = (set(fold_name(name).split()) for name in (read, wanted))
    return _share(one - CALLED or one, other - CALLED or other, Fraction(3, 4))


def _share(one: set[str], other: set[str], least: Fraction = HALF) -> bool:
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) >= least * smaller


def same_words(read: str | None, wanted: str | None) -> bool:
    """The same text but for case, diacritics, punctuation and spaces."""
    return read is not None and wanted is not None and fold_name(read) == fold_name(wanted)


def same_office(read: str | None, wanted: str | None) -> bool:
    """Does one name contain the other, whole words; nobody is only nobody."""
    one, other = fold_name(read), fold_name(wanted)
    if not one or not other:
        return one == other
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def same_offices(read: Sequence[str] | None, wanted: Sequence[str] | None) -> bool:
    """Has every office its like on the other side."""
    ours, theirs = list(read or ()), list(wanted or ())
    return all(any(same_office(a, b) for b in theirs) for a in ours) and all(
        any(same_office(a, b) for a in ours) for b in theirs
    )


def same_unit(read: str | None, wanted: str | None) -> bool:
    """Equal units; ``%`` is ``phần trăm``, ``m²`` is ``m2``; none is only none.

    A counted noun may be given short: ``thùng`` is ``thùng rác``.
    """
    one, other = _unit(read), _unit(wanted)
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and " tren " not in long and long.startswith(short + " ")


def _unit(text: str | None) -> str:
    named = (text or "").replace("%", " phần trăm ").replace("/", " trên ")
    return fold(named)


def _contains(read: str | None, wanted: str | None) -> bool:
    return bool(read and wanted) and f" {fold_name(wanted)} " in f" {fold_name(read)} "


def _same_title(read: str | None, wanted: str | None) -> bool:
    """Is it the title, any words in place of ``…``."""
    pieces = [fold(piece) for piece in (wanted or "").split("…")]
    pattern = ".*".join(re.escape(piece) for piece in pieces)
    return bool(read and wanted) and re.fullmatch(pattern, fold(read)) is not None


def _same_place(read: str | None, wanted: str | None) -> bool:
    kinds = r"^(xa|phuong|thi tran|huyen|thi xa|thanh pho|tp|quan|tinh|thon|xom|khu|ban|to) "
    one, other = (re.sub(kinds, "", fold(text)) for text in (read, wanted))
    return bool(one) and one == other


def _same_code(read: str | None, wanted: str | None) -> bool:
    one, other = (re.sub(r"\s", "", text or "").strip("/").upper() for text in (read, wanted))
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def _same_label(read: str | None, wanted: str | None) -> bool:
    return fold(read) == fold(wanted)


def _same_number(read: Any, wanted: Any) -> bool:
    if read is None or wanted is None:
        return read is wanted
    try:
        return Decimal(str(read)) == Decimal(str(wanted))
    except InvalidOperation:
        return False


def _same_set(read: Iterable[Any] | None, wanted: Iterable[Any] | None) -> bool:
    return set(read or ()) == set(wanted or ())


def _same_end(read: Item | None, wanted: Item | None) -> bool:
    return (read or {}).get("end") == (wanted or {}).get("end")


def _same_parts(read: Item | None, wanted: Item | None) -> bool:
    """Equal objects; a part without a value is as good as none."""
    one, other = (
        {name: value for name, value in (part or {}).items() if value is not None}
        for part in (read, wanted)
    )
    return one == other


def _equal(read: Any, wanted: Any) -> bool:
    return bool(read == wanted)


DOCUMENT_TESTS: dict[str, Test] = {
    "kind": _equal,
    "number": _same_code,
    "symbol": _same_code,
    "issuer": _contains,
    "place": _same_place,
    "date": _equal,
    "title": _same_title,
    "commune": _same_place,
    "district": _same_place,
    "province": _same_place,
    "authority": same_office,
    "years": _same_set,
}

FIELDS: dict[str, dict[str, Test]] = {
    "levels": {"value": _equal},
    "legal_bases": {"number": _same_code, "date": _equal},
    "outline": {"label": _same_label, "title": share_words, "level": _equal},
    "gaps": {"text": share_words},
    "groups": {"rule": _same_parts, "targets": _same_set},
    "quantities": {"value": _same_number, "unit": same_unit},
    "tasks": {
        "text": share_words,
        "lead": same_offices,
        "partners": same_offices,
        "deadline": _same_end,
    },
    "duties": {"office": same_office, "role": _equal},
    "schedule": {"period": _equal, "months": _same_set, "completes": _same_set},
    "campaign": {"field": _equal, "value": _same_number, "start": _equal, "end": _equal},
    "funding-needs": {"amount": _same_number, "criterion": _equal},
    "funding-sources": {"amount": _same_number, "conditional": _equal},
    "funding-totals": {"field": _equal, "value": _same_number},
    "support": {"amount": _same_number, "per": same_unit},
    "reporting": {"from": same_office, "to": same_office, "period": _equal, "due": _same_parts},
    "villages": {"name": _same_place, "goal": _equal},
    "movements": {"name": same_movement},
    "recipients": {"text": share_words},
}
