"""More numbers of the sample commune: what the older sets ask for, and its villages. All made up.

With them the sets of 2021–2025 and the sample sets of villages show boards that say something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dinhlang.facts.attributes import REGION
from dinhlang.facts.periods import Period
from dinhlang.facts.services.entries import Entry

PAPER = "Số liệu mẫu"
ATTRIBUTES: Mapping[str, str] = {REGION: "DBSH", "schools": "3", "mountainous": "no"}
"""What the thresholds of the older sets depend on."""
SINCE = date(2020, 1, 1)

_REACHED = (
    "quy_hoach_co_khu_dich_vu_kinh_te", "quy_dinh_quan_ly_quy_hoach", "he_thong_dien_dat_chuan",
    "pctt_du_noi_dung_bat_buoc", "nha_van_hoa_xa_dat", "san_the_thao_xa_dat", "diem_vui_choi_dat",
    "noi_dung_chong_duoi_nuoc", "xa_co_cho", "cho_dat_chuan", "diem_buu_chinh",
    "dich_vu_vien_thong_internet", "dai_truyen_thanh_loa_thon", "mo_hinh_lien_ket_ben_vung",
    "truy_xuat_san_pham_chu_luc", "to_khuyen_nong_cong_dong", "pho_cap_mam_non_5_tuoi",
    "canh_quan_xanh_sach_dep", "mai_tang_hoa_tang_phu_hop", "can_bo_cong_chuc_dat_chuan",
    "binh_dang_gioi", "mo_hinh_phong_chong_bao_luc", "ke_hoach_boi_duong_ntm",
    "dan_quan_vung_manh", "hoan_thanh_chi_tieu_quan_su", "mo_hinh_phong_chong_toi_pham",
)  # fmt: skip
_LACKING = ("vung_nguyen_lieu_vietgap", "khong_ton_dong_nuoc_thai", "xa_co_lang_nghe")
_VALUES = {
    "diem_phong_chong_thien_tai": "82", "so_diem_vui_choi_doc_lap": "2", "thu_nhap_binh_quan": "64",
    "so_vu_bao_luc_gia_dinh": "0", "so_vu_xam_pham_an_ninh": "0", "so_vu_trong_an": "0",
    "so_vu_khieu_kien_dong_nguoi": "0",
}  # fmt: skip
_RATES = {
    "ty_le_duong_ngo_xom_sach": ("14.6", "15.2"), "ty_le_nha_kien_co": ("1784", "1872"),
    "ty_le_duong_noi_dong_thuan_tien": ("7.1", "9.4"), "ty_le_truong_csvc_muc_1": ("2", "3"),
    "ty_le_nuoc_sach_tap_trung": ("988", "1872"), "ty_le_to_chuc_hoan_thanh_tot": ("5", "5"),
    "ty_le_chat_thai_ran_thu_gom": ("1020", "1130"), "ty_le_tuan_thu_attp": ("212", "212"),
    "ty_le_bao_goi_thuoc_bvtv": ("0.9", "0.9"), "ty_le_chat_thai_y_te": ("0.4", "0.4"),
}  # fmt: skip
_GRADES = {
    "pho_cap_tieu_hoc": "Mức độ 3", "pho_cap_thcs": "Mức độ 2", "xoa_mu_chu": "Mức độ 2",
    "xep_loai_dang_bo": "Hoàn thành tốt nhiệm vụ",
    "xep_loai_chinh_quyen": "Hoàn thành tốt nhiệm vụ",
}  # fmt: skip


def of_older_sets(year: int) -> list[Entry]:
    """What the sets of 2021–2025 ask for beside the sample's own numbers."""
    period = Period("year", year)
    found = [Entry(measure=name, period=period, yes=True) for name in _REACHED]
    found += [Entry(measure=name, period=period, yes=False) for name in _LACKING]
    found += [Entry(measure=n, period=period, value=Decimal(v)) for n, v in _VALUES.items()]
    found += [Entry(measure=n, period=period, grade=words) for n, words in _GRADES.items()]
    return [*found, *(_rate(name, period, parts) for name, parts in _RATES.items())]


_OF_VILLAGES: Mapping[str, Mapping[str, bool | str | tuple[str, str]]] = {
    "Đình": {
        "thon_so_do_quy_hoach": True, "nen_duong_truc_thon": "6", "thon_co_cau_lac_bo": True,
        "ty_le_hang_rao_xanh": ("3.4", "4.1"), "ty_le_gia_dinh_5_co": ("371", "498"),
        "thon_van_hoa": True, "so_hoc_sinh_bo_hoc": "0", "khu_an_toan_an_ninh": True,
        "khu_camera_an_ninh": True, "thon_internet_cap_quang": True, "thon_song_3g_4g": True,
        "thon_wifi_nha_van_hoa": True, "thon_can_bo_dung_nen_tang_so": True,
        "thon_dung_dich_vu_so": ("642", "1010"), "thon_tai_khoan_thanh_toan": ("733", "1010"),
        "ty_le_ho_nghe_loa_truyen_thanh": ("498", "498"),
    },
    "Bến": {
        "thon_so_do_quy_hoach": True, "nen_duong_truc_thon": "4.5", "thon_co_cau_lac_bo": True,
        "ty_le_hang_rao_xanh": ("1.9", "3.2"), "thon_van_hoa": True, "so_hoc_sinh_bo_hoc": "0",
        "khu_an_toan_an_ninh": True, "khu_camera_an_ninh": False, "thon_internet_cap_quang": True,
        "thon_song_3g_4g": True, "thon_wifi_nha_van_hoa": False,
        "thon_dung_dich_vu_so": ("371", "862"),
    },
    "Soi": {
        "thon_so_do_quy_hoach": True, "nen_duong_truc_thon": "5", "thon_van_hoa": True,
        "so_hoc_sinh_bo_hoc": "1", "khu_an_toan_an_ninh": True, "thon_internet_cap_quang": True,
        "thon_song_3g_4g": True, "thon_wifi_nha_van_hoa": False,
    },
    "Chợ": {
        "thon_so_do_quy_hoach": False, "thon_van_hoa": True, "khu_an_toan_an_ninh": True,
        "thon_internet_cap_quang": True, "thon_song_3g_4g": True, "thon_wifi_nha_van_hoa": True,
        "thon_can_bo_dung_nen_tang_so": True,
    },
}  # fmt: skip
"""Nearly all reached, some lacking, much not known yet."""


def of_villages(year: int) -> Iterator[tuple[str, list[Entry]]]:
    """By name of the village: what it has for the year."""
    period = Period("year", year)
    for name, contents in _OF_VILLAGES.items():
        yield name, [_entry(measure, period, content) for measure, content in contents.items()]


def _entry(measure: str, period: Period, content: bool | str | tuple[str, str]) -> Entry:
    entry = Entry(measure=measure, period=period)
    if isinstance(content, bool):
        return replace(entry, yes=content)
    if isinstance(content, tuple):
        return _rate(measure, period, content)
    return replace(entry, value=Decimal(content))


def _rate(measure: str, period: Period, parts: tuple[str, str]) -> Entry:
    top, bottom = (Decimal(each) for each in parts)
    return Entry(measure=measure, period=period, numerator=top, denominator=bottom)
