"""Offices by name: two spellings of one office, and whether a person's office is meant.

``is_meant`` knows one office under two names. ``concerns`` goes further: several joined by “và”,
all organisations or civil servants at once, somebody called by their own name. ``answers`` is what
every room asks: an office has a title and may have other names (``keys_of``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dinhlang.vietnamese import fold

_SHORT = (
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\bhdnd\b", "hoi dong nhan dan"),
    (r"\bmttq\b", "mat tran to quoc"),
    (r"\bntm\b", "nong thon moi"),
    (r"\bbcd\b", "ban chi dao"),
    (r"\bbql\b", "ban quan ly"),
    (r"\btc-?kt\b", "tai chinh ke toan"),
    (r"\bvh-?xh\b", "van hoa xa hoi"),
    (r"\bvp\b", "van phong"),
    (r"\bcc\b", "cong chuc"),
)
_FILLER = frozenset(
    [
        "can",
        "bo",
        "cong",
        "chuc",
        "xa",
        "thon",
        "phu",
        "trach",
        "dong",
        "chi",
        "dc",
        "ong",
        "ba",
        "cac",
        "va",
    ]
)

_ORGANISATIONS = (
    (r"\b(hoi )?(lhpn|(lien hiep )?phu nu)( viet nam)?\b", "hoi phu nu"),
    (r"\bhoi (nong dan|nd)( viet nam)?\b", "hoi nong dan"),
    (r"\bhoi (cuu chien binh|ccb)( viet nam)?\b", "hoi cuu chien binh"),
    (r"\b(uy ban )?mat tran( to quoc)?( viet nam)?\b", "mat tran"),
    (
        r"\b(doan (tncs|thanh nien|tn)( cong san)?( ho chi minh| hcm)?|doan xa)\b",
        "doan thanh nien",
    ),
)
_HEAD = re.compile(r"^(?:chu tich|bi thu) (?=hoi (?!dong)|doan |mat tran)")
_ORGANISATION = re.compile(r"^(?:hoi (?!dong)|doan thanh nien|mat tran)")
_SERVANT = re.compile(r"^(?:cong chuc|can bo) ")
_PEOPLE = r"(?:(?:(?:can bo|cong chuc|nganh|bo phan|chuyen mon|linh vuc|va) ?)+)"
_ALL_SERVANTS = re.compile(
    rf"^(?:cac )?{_PEOPLE}(?:xa )?(?:(?:truc tiep )?(?:phu trach|theo doi) .*tieu chi.*)$"
    rf"|^cac {_PEOPLE}(?:xa|cua xa|lien quan|co lien quan)?$"
)
_ALL_ORGANISATIONS = re.compile(
    r"^(?:cac )?(?:(?:to chuc|hoi|ban nganh|nganh)? ?)doan the"
    r"(?: chinh tri(?: xa hoi)?| nhan dan)?(?: xa| cua xa)?$"
    r"|^cac to chuc chinh tri xa hoi(?: xa| cua xa)?$"
)
_TITLES = re.compile(r"^(?:dong chi|dc|d c|ong|ba|anh|chi) ")
_VILLAGES = (
    *("truong cac thon", "cac truong thon", "truong thon cac thon", "cac thon", "truong thon"),
    *("ban phat trien cac thon", "ban phat trien thon", "cac ban phat trien thon"),
    *("truong ban phat trien cac thon", "cac ong ba truong thon", "cac dong chi truong thon"),
    *("bi thu chi bo truong cac thon", "can bo cac thon", "ban phat trien thon cac thon"),
)
VILLAGE_KEYS = frozenset(
    f"{name}{where}"
    for name in _VILLAGES
    for where in ("", " xa", " cua xa", " trong xa", " toan xa", " tren dia ban xa")
)
"""The keys by which a plan charges the heads of all villages of the place at once."""


@lru_cache(maxsize=4096)
def office_key(name: str) -> str:
    """The name folded, abbreviations written out, without signs; at most 200 letters."""
    text = fold(name)
    for pattern, full in _SHORT:
        text = re.sub(pattern, full, text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())[:200]


@lru_cache(maxsize=65536)
def is_meant(key: str, held: str) -> bool:
    """Whether an office named in a plan is the one a person holds; both are ``office_key``.

    It is where the names are equal but for words like cán bộ, công chức, xã. An organisation and
    who presides over it are one: work of the Hội Liên hiệp Phụ nữ is its chairwoman's.
    """
    ours, theirs = _core(held), _core(key)
    return key == held or (bool(ours) and ours == theirs)


@lru_cache(maxsize=65536)
def concerns(key: str, held: str, person: str = "") -> bool:
    """Whether work given to these words is that of who holds the office; keys of ``office_key``.

    Beside ``is_meant``: each of several joined by “và”; a name cut short (“công chức địa chính”);
    all mass organisations; all civil servants; the ``person`` by name (their ``office_key``).
    """
    if is_meant(key, held):
        return True
    if _ALL_ORGANISATIONS.match(key):
        return is_organisation(held)
    if _ALL_SERVANTS.match(key):
        return bool(_SERVANT.match(held))
    if key in VILLAGE_KEYS:
        return held.startswith("truong thon")
    if person and _is_called(key, person):
        return True
    parts = key.split(" va ")
    if len(parts) > 1 and any(concerns(part, held, person) for part in parts):
        return True
    ours, theirs = _core(held), _core(key)
    return bool(_SERVANT.match(held)) and len(theirs) > 1 and ours[: len(theirs)] == theirs


def keys_of(title: str, other_names: str = "") -> tuple[str, ...]:
    """The keys of an office: of its title, then of its other names, which stand one a line."""
    return _keys(f"{title}\n{other_names}" if other_names else title)


@lru_cache(maxsize=4096)
def _keys(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for name in names.split("\n") if (key := office_key(name))))


def answers(key: str, held: Iterable[str], person: str = "") -> bool:
    """Whether work given to these words is that of the office of these keys; see ``concerns``."""
    return any(concerns(key, each, person) for each in held)


def the_one(key: str, offices: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The title of the one office that is called so, of pairs of title and keys; else empty.

    Who bears the very name comes before who is known under it. Work of many (“các đoàn thể”, two
    joined by “và”) is nobody's alone; a name cut short is an office's where only one begins so.
    """
    known = list(offices)
    for title, keys in known:
        if key in keys:
            return title
    for title, keys in known:
        if any(is_meant(key, each) for each in keys):
            return title
    if " va " in key or _is_of_many(key):
        return ""
    found = dict.fromkeys(title for title, keys in known if answers(key, keys))
    return next(iter(found)) if len(found) == 1 else ""


def _is_of_many(key: str) -> bool:
    return bool(_ALL_ORGANISATIONS.match(key) or _ALL_SERVANTS.match(key)) or key in VILLAGE_KEYS


def is_organisation(key: str) -> bool:
    """Whether the office presides over a mass organisation (or is one)."""
    return bool(_ORGANISATION.match(" ".join(_core(key))))


def _is_called(key: str, person: str) -> bool:
    """Whether the words begin with the person's full name, a title before it or not."""
    name = _TITLES.sub("", key)
    return " " in person and (name == person or name.startswith(f"{person} "))


@lru_cache(maxsize=4096)
def _core(key: str) -> tuple[str, ...]:
    for pattern, plain in _ORGANISATIONS:
        key = re.sub(pattern, plain, key)
    key = _HEAD.sub("", key)
    return tuple(word for word in key.split() if word not in _FILLER)
