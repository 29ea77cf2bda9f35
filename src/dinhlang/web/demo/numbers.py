"""Numbers of the sample commune and its neighbours, last year's and this year's. All made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dinhlang.facts.periods import Period
from dinhlang.facts.services.entries import Entry

Parts = tuple[str, str]
Content = bool | str | Parts
"""Yes or no; a number; numerator and denominator."""

NEIGHBOURS = ("Làng Chanh", "Làng Quýt", "Làng Bòng")
GROUPS = {"Làng Mẫu": "2", "Làng Chanh": "2", "Làng Quýt": "1", "Làng Bòng": "3"}


@dataclass(frozen=True, slots=True)
class Number:
    """One measure: who enters it, last year's and this year's content (None: not yet).

    ``confirmed``: a second person looked at this year's.
    """

    measure: str
    by: str
    before: Content | None
    now: Content | None
    confirmed: bool = True


LAND, CULTURE, FARM = "congchuc", "vanhoa", "nongnghiep"

NUMBERS = (
    Number("quy_hoach_chung_duoc_duyet_cong_bo", LAND, True, True),
    Number("quy_che_quan_ly_xay_dung", LAND, True, True),
    Number("ty_le_duong_xa_cung_hoa", LAND, ("9.2", "9.2"), ("9.2", "9.2")),
    Number("ty_le_duong_thon_cung_hoa", LAND, ("10.4", "12.4"), ("11.1", "12.4"), False),
    Number("ty_le_tuoi_tieu_chu_dong", FARM, ("301", "348"), ("305", "348")),
    Number("ty_le_ho_dung_dien_an_toan", LAND, ("1860", "1860"), ("1872", "1872")),
    Number("ty_le_thon_co_nha_van_hoa", CULTURE, ("3", "4"), ("4", "4")),
    Number("toc_do_tang_thu_nhap", FARM, "7.4", "8.3", False),
    Number("ke_hoach_ocop", FARM, True, True),
    Number("htx_hoat_dong_hieu_qua", FARM, True, True),
    Number("ty_le_lao_dong_qua_dao_tao", CULTURE, ("2790", "3805"), ("2931", "3842")),
    Number("ty_le_lao_dong_co_bang_cap", CULTURE, ("1084", "3805"), ("1171", "3842"), False),
    Number("ty_le_truong_csvc_toi_thieu", CULTURE, ("3", "3"), ("3", "3")),
    Number("ty_le_bao_hiem_y_te", CULTURE, ("6692", "7120"), ("6838", "7164")),
    Number("tieu_chi_quoc_gia_y_te", CULTURE, True, True),
    Number("ty_le_ngheo_da_chieu", CULTURE, ("67", "1860"), ("49", "1872")),
    Number("so_nha_tam_dot_nat", LAND, "2", "0"),
    Number("ty_le_thue_bao_smartphone", CULTURE, ("3120", "3905"), ("3410", "4012")),
    Number("ung_dung_cntt_quan_ly", CULTURE, True, True),
    Number("ty_le_nuoc_sach", FARM, ("1197", "1860"), ("1301", "1872")),
    Number("ty_le_phan_loai_chat_thai", LAND, ("763", "1860"), ("861", "1872"), False),
    Number("bao_dam_an_toan_thuc_pham", FARM, True, None),
    Number("thu_tuc_dung_quy_dinh", CULTURE, True, True),
    Number("dat_chuan_tiep_can_phap_luat", CULTURE, True, True),
    Number("an_toan_an_ninh_trat_tu", LAND, None, None),
)
"""Reached, lacking and not yet known, so that a board shows all of them."""

MISSING_AT: dict[str, tuple[str, ...]] = {
    "Làng Chanh": ("ty_le_nuoc_sach", "ty_le_phan_loai_chat_thai"),
    "Làng Quýt": (),
    "Làng Bòng": ("toc_do_tang_thu_nhap", "ty_le_thue_bao_smartphone", "ke_hoach_ocop"),
}
"""What a neighbour has not entered."""


def entries(year: int, by: str | None = None) -> Iterator[tuple[Number, Entry]]:
    """The numbers of the year and of the year before it as entries."""
    for number in NUMBERS:
        if by is None or number.by == by:
            for at, content in ((year - 1, number.before), (year, number.now)):
                if content is not None:
                    yield number, _entry(number, at, content)


def neighbour(name: str, year: int) -> list[Entry]:
    """A neighbour's numbers: the sample's, a little better or worse, some of them missing."""
    shift = NEIGHBOURS.index(name)
    return [
        _entry(number, at, _shifted(content, shift))
        for number in NUMBERS
        if number.measure not in MISSING_AT[name]
        for at, content in ((year - 1, number.before), (year, number.now or number.before))
        if content is not None
    ]


def _shifted(content: Content, shift: int) -> Content:
    if isinstance(content, tuple) and shift != 1:
        top, base = Decimal(content[0]), Decimal(content[1])
        return (str(round(top * (Decimal("0.97") if shift else Decimal("0.99")))), str(round(base)))
    return content


def _entry(number: Number, year: int, content: Content) -> Entry:
    valid = date(year + 2, 12, 31) if number.measure.startswith("dat_chuan") else None
    entry = Entry(measure=number.measure, period=Period("year", year), valid_to=valid)
    if isinstance(content, bool):
        return replace(entry, yes=content)
    if isinstance(content, tuple):
        return replace(entry, numerator=Decimal(content[0]), denominator=Decimal(content[1]))
    return replace(entry, value=Decimal(content))
