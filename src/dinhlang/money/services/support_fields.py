"""The fields of policies, beneficiaries, pledges and receipts that a person may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import clean_spaces, nfc

from ..eligible import masked, share
from ..models import Beneficiary, Pledge, Policy, Source
from ..typed import LARGEST
from .trouble import BadRow

MOST_QUANTITY = 10**9
"""Thousandths: a million of anything."""
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySaid:
    """Everything a person may say of a policy; ``amount`` and ``total`` in đồng, ``source`` pk."""

    name: str
    amount: int
    basis: str
    year: int
    last_year: int | None = None
    kind: str = ""
    groups: tuple[str, ...] = ()
    technical: str = ""
    per: str = "hộ"
    most: int | None = None
    total: int | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiarySaid:
    """Everything a person may say of a household or a work; ``quantity`` in thousandths."""

    name: str
    village: int | None = None
    identity: str = ""
    address: str = ""
    group: str = ""
    quantity: int = 1000
    note: str = ""
    double_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeSaid:
    """What somebody promises: cash is an ``amount``, the rest ``quantity`` × ``price`` a unit."""

    giver: str
    kind: str
    amount: int | None = None
    quantity: int | None = None
    unit: str = ""
    price: int | None = None
    village: int | None = None
    purpose: str = ""
    due: date | None = None
    note: str = ""
    is_public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSaid:
    """What came, on which day; of a pledge (pk) or by itself."""

    giver: str
    kind: str
    day: date
    amount: int | None = None
    quantity: int | None = None
    unit: str = ""
    price: int | None = None
    village: int | None = None
    purpose: str = ""
    pledge: int | None = None
    source: int | None = None
    is_public: bool = True


Said = PolicySaid | BeneficiarySaid | PledgeSaid
Row = Policy | Beneficiary | Pledge
SAID_OF: dict[type[Row], type[Said]] = {
    Policy: PolicySaid, Beneficiary: BeneficiarySaid, Pledge: PledgeSaid,
}  # fmt: skip
LABELS = {
    "name": "Tên", "amount": "Số tiền", "basis": "Căn cứ", "year": "Năm", "last_year": "Đến năm",
    "kind": "Loại", "groups": "Đối tượng", "technical": "Điều kiện kỹ thuật", "per": "Tính theo",
    "most": "Số lượng tối đa", "total": "Tổng tiền tối đa", "source": "Nguồn vốn",
    "village": "Thôn", "identity": "Số định danh/CCCD", "address": "Địa chỉ", "group": "Đối tượng",
    "quantity": "Số lượng", "note": "Ghi chú", "double_reason": "Lý do nhận trùng",
    "giver": "Người đóng góp", "unit": "Đơn vị", "price": "Đơn giá", "purpose": "Mục đích",
    "due": "Hẹn đến ngày", "is_public": "Công khai tên", "day": "Ngày", "checked_on": "Ngày kiểm "
    "tra đạt", "paid_on": "Ngày chi", "paper": "Văn bản", "thanked_on": "Ngày cảm ơn",
}  # fmt: skip
FOREIGN = ("village", "source", "pledge")
LONGEST = {
    "name": 300, "basis": 300, "kind": 80, "technical": 300, "per": 30, "address": 200,
    "group": 120, "note": 300, "double_reason": 300, "giver": 160, "unit": 30, "purpose": 300,
}  # fmt: skip


def attribute(name: str) -> str:
    """The row's attribute that holds a field."""
    return f"{name}_id" if name in FOREIGN else name


def said_of(row: Row) -> dict[str, Any]:
    """The row's fields as its ``…Said`` has them."""
    names = SAID_OF[type(row)].__slots__
    found = {name: getattr(row, attribute(name)) for name in names}
    if "groups" in found:
        found["groups"] = tuple(found["groups"])
    return found


def kept(name: str, value: Any) -> Any:
    """The value as the history keeps it: JSON, and never a whole identity number."""
    if name == "identity":
        return masked(value or "")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def merged(row: Row, changes: Mapping[str, Any]) -> Any:
    """What the row says with these changes. Raises ``BadRow`` for a field that cannot be set."""
    known = said_of(row)
    if unknown := set(changes) - set(known):
        raise BadRow(f"Không sửa được: {', '.join(sorted(unknown))}.")
    return SAID_OF[type(row)](**(known | dict(changes)))


def tidy(said: Said | ReceiptSaid) -> dict[str, Any]:
    """The fields with their spaces in order. Raises ``BadRow`` for one that is too long."""
    found = asdict(said)
    for name, longest in LONGEST.items():
        if name not in found:
            continue
        found[name] = clean_spaces(nfc(found[name]))
        most = 160 if name == "name" and isinstance(said, BeneficiarySaid) else longest
        if len(found[name]) > most:
            raise BadRow(f"{LABELS[name]} dài quá {most} chữ cái, hãy viết gọn.", name)
    return found


def policy(said: PolicySaid, place: Unit) -> dict[str, Any]:
    """The fields of a policy as they are written. Raises ``BadRow``."""
    found = tidy(said)
    if not found["name"]:
        raise BadRow("Hãy ghi tên chính sách.", "name")
    if not found["basis"]:
        raise BadRow("Hãy ghi văn bản quy định mức hỗ trợ (số, ngày, cơ quan ban hành).", "basis")
    _money(found["amount"], "amount", least=1)
    _money(found["total"], "total")
    if found["most"] is not None and not 1 <= found["most"] <= 10**6:
        raise BadRow("Số lượng tối đa từ 1 đến 1.000.000.", "most")
    _year(found["year"], "year")
    if found["last_year"] is not None:
        _year(found["last_year"], "last_year")
        if found["last_year"] < found["year"]:
            raise BadRow("Năm cuối phải từ năm đầu trở đi.", "last_year")
    found["per"] = found["per"] or "hộ"
    found["kind"] = found["kind"] or found["name"][:80]
    found["groups"] = _groups(found["groups"])
    _source(found, place)
    return found


def _groups(given: tuple[str, ...]) -> list[str]:
    groups = [clean_spaces(nfc(each)) for each in given]
    groups = list(dict.fromkeys(each for each in groups if each))
    if len(groups) > 30 or any(len(each) > 120 for each in groups):
        raise BadRow("Mỗi đối tượng ghi gọn trên một dòng, tối đa 30 dòng.", "groups")
    return groups


def beneficiary(said: BeneficiarySaid, row: Beneficiary) -> dict[str, Any]:
    """The fields of a household of ``row``'s policy. Raises ``BadRow``."""
    found = tidy(said)
    if not found["name"]:
        raise BadRow("Hãy ghi họ và tên chủ hộ hoặc tên công trình.", "name")
    found["identity"] = digits(found["identity"])
    _quantity(found["quantity"])
    _village(found, row.policy.place)
    found["amount"] = share(row.policy.amount, found["quantity"])
    _money(found["amount"], "quantity", least=1)
    return found


def digits(identity: str) -> str:
    """The digits of an identity number. Raises ``BadRow`` where they are not 12 (or, old, 9)."""
    found = "".join(each for each in identity if each.isascii() and each.isdigit())
    strange = any(each.isalpha() for each in identity)
    if identity.strip() and (strange or len(found) not in (9, 12)):
        raise BadRow("Số định danh/CCCD gồm 12 chữ số (CMND cũ 9 chữ số).", "identity")
    return found


def gift(said: PledgeSaid | ReceiptSaid, place: Unit) -> dict[str, Any]:
    """The fields of a gift: cash as it is, the rest by its price. Raises ``BadRow``."""
    found = tidy(said)
    if not found["giver"]:
        raise BadRow("Hãy ghi tên người đóng góp.", "giver")
    if found["kind"] not in {kind.value for kind in Pledge.KINDS}:
        raise BadRow("Hãy chọn loại đóng góp.", "kind")
    _village(found, place)
    if is_cash(found["kind"]) and not found["quantity"]:
        if not found["amount"]:
            raise BadRow("Hãy ghi số tiền.", "amount")
        found |= {"quantity": None, "unit": "", "price": None}
        _money(found["amount"], "amount", least=1)
        return found
    if not found["quantity"]:
        raise BadRow("Hãy ghi số lượng.", "quantity")
    _quantity(found["quantity"])
    found["unit"] = found["unit"] or default_unit(found["kind"])
    if not found["unit"]:
        raise BadRow("Hãy ghi đơn vị tính (tấn, m3, cây).", "unit")
    _money(found["price"], "price")
    # Without a stated price nothing is worth anything in the sums; the quantity still counts.
    found["amount"] = share(found["price"] or 0, found["quantity"])
    _money(found["amount"], "price")
    return found


def is_cash(kind: str) -> bool:
    """Whether this kind is given as money unless a quantity is said."""
    return kind in ("people_cash", "enterprise")


def default_unit(kind: str) -> str:
    """What the kind is counted in: days, square metres; empty where that must be said."""
    return {"people_labour": "ngày công", "people_land": "m2"}.get(kind, "")


def _quantity(value: int) -> None:
    if not 1 <= value <= MOST_QUANTITY:
        raise BadRow("Số lượng phải lớn hơn 0 và không quá một triệu.", "quantity")


def _money(value: int | None, field: str, least: int = 0) -> None:
    if value is not None and not least <= value <= LARGEST:
        raise BadRow("Số tiền phải lớn hơn 0 và không quá 100.000 tỷ đồng.", field)


def _year(value: int, field: str) -> None:
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise BadRow("Năm từ 2000 đến 2100.", field)


def _village(found: dict[str, Any], place: Unit) -> None:
    if found["village"] is None:
        return
    rows = Unit.objects.filter(pk=found["village"], parent=place, level=Level.VILLAGE)
    if not rows.exists():
        raise BadRow("Thôn này không thuộc xã.", "village")


def _source(found: dict[str, Any], place: Unit) -> None:
    if found["source"] is None:
        return
    rows = Source.objects.filter(pk=found["source"], place=place, removed_at=None)
    if not rows.exists():
        raise BadRow("Không có nguồn vốn này.", "source")
