"""Several offices said in one breath: “Công an xã và Hội Nông dân xã chủ trì” are two leads. Pure.

A name is divided only where each part is an office by itself: “Ban Văn hóa và Thông tin” stays
one, and so does “Công chức Địa chính - Xây dựng và Môi trường”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dinhlang.vietnamese import clean_spaces

from .offices import is_meant, office_key

_JOINTS = re.compile(r"\s*;\s*|\s*,\s*(?:và\s+|cùng\s+)?|\s+(?:và|cùng với|cùng|&)\s+")
_HEADS = re.compile(
    r"^(?:cong chuc|can bo|dong chi|cac dong chi|chu tich|pho chu tich|bi thu|truong (?!hoc)|hoi "
    r"|doan (?:thanh nien|tn|xa|the)|cac doan the|cac to chuc|cac hoi|cac nganh|cac ban|cong an"
    r"|tram y te|truong (?:mam non|tieu hoc|thcs|trung hoc|thpt)|uy ban|ubnd|hdnd|hoi dong"
    r"|mat tran|mttq|van phong|phong |ban (?:chi dao|chi huy|quan ly|phat trien|giam sat|cong tac)"
    r"|hop tac xa|htx|quan su|chi bo|to cong nghe|don vi|benh vien|trung tam|thon |khu |ap )"
)
_TAIL = re.compile(r"\s+(?:cùng\s+)?chủ trì(?:\s+thực hiện)?\.?$", re.IGNORECASE)


def together(name: str, known: Iterable[str] = ()) -> list[str]:
    """The offices that the name joins, in order; the name alone where it is one.

    ``known``: offices of the place, which are offices whatever they are called.
    """
    whole = _TAIL.sub("", clean_spaces(name)).strip(" ;,.")
    keys = [office_key(each) for each in known]
    if any(is_meant(office_key(whole), key) for key in keys):
        return [whole]
    found: list[str] = []
    rest = _JOINTS.split(whole)
    joints = _JOINTS.findall(whole)
    for at, part in enumerate(rest):
        if found and not _is_office(part, keys):
            # It belongs to the name before it: “Địa chính - Xây dựng và Môi trường”.
            found[-1] += joints[at - 1] + part
        else:
            found.append(part)
    if len(found) > 1 and all(_is_office(part, keys) for part in found):
        return list({office_key(part): part for part in reversed(found)}.values())[::-1]
    return [whole]


def _is_office(part: str, keys: Iterable[str]) -> bool:
    key = office_key(part)
    return bool(_HEADS.match(f"{key} ")) or any(is_meant(key, each) for each in keys)


def each_of(names: Iterable[str], known: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """The offices that these names are, and those of the names that joined several."""
    found, divided, known = [], [], list(known)
    for name in names:
        parts = together(name, known)
        found += parts
        if len(parts) > 1:
            divided.append(name)
    return found, divided
