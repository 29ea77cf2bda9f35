"""The table of the made-up set of 2026, as an official would have filled it.

The ten criteria are named as in 51/2025/QĐ-TTg; indicators and thresholds are made up, and the
number of the decision says so. It replaces nothing: the real set stands beside it.
"""

from __future__ import annotations

from dinhlang.law.library import shipped

from . import template
from .sheet.columns import Row

NUMBER = "01/2026/QĐ-MẪU"
FILENAME = "bo-tieu-chi-mau.xlsx"

ABOUT = {
    "number": NUMBER,
    "issuer": "UBND tỉnh An Mẫu (không có thật)",
    "date": "05/01/2026",
    "title": "Quyết định mẫu ban hành bộ tiêu chí xã nông thôn mới, dùng để xem thử",
    "valid_from": "15/02/2026",
    "mode": "Bộ mới",
    "set_title": "Bộ tiêu chí mẫu về xã nông thôn mới giai đoạn 2026 - 2030",
    "short": "Xã NTM 2026–2030 (mẫu)",
    "level": "Nông thôn mới",
    "subject": "Xã",
    "years": "2026 - 2030",
    "criteria": "10",
    "indicators": "26",
    "note": "Số liệu mẫu: mọi ngưỡng đều do chương trình đặt ra để xem thử.",
}

_R = "Đạt"
_TABLE: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = (
    ("1", "Quy hoạch", (
        ("Có quy hoạch chung xã được phê duyệt và công bố", "", _R, "", "", "",
         "quy_hoach_chung_duoc_duyet_cong_bo"),
        ("Có quy chế quản lý xây dựng theo quy hoạch", "", _R, "", "", "",
         "quy_che_quan_ly_xay_dung"),
    )),
    ("2", "Hạ tầng kinh tế - xã hội", (
        ("Tỷ lệ đường xã được nhựa hóa hoặc bê tông hóa", "%", "≥", "100", "100", "90",
         "ty_le_duong_xa_cung_hoa"),
        ("Tỷ lệ đường thôn được cứng hóa", "%", "≥", "100", "90", "70",
         "ty_le_duong_thon_cung_hoa"),
        ("Tỷ lệ diện tích đất nông nghiệp được tưới và tiêu nước chủ động", "%", "≥",
         "90", "85", "75", "ty_le_tuoi_tieu_chu_dong"),
        ("Tỷ lệ hộ được sử dụng điện an toàn, ổn định", "%", "≥", "99", "98", "95",
         "ty_le_ho_dung_dien_an_toan"),
        ("Tỷ lệ thôn có nhà văn hóa hoặc nơi sinh hoạt cộng đồng", "%", "≥", "100", "100", "90",
         "ty_le_thon_co_nha_van_hoa"),
    )),
    ("3", "Phát triển kinh tế nông thôn", (
        ("Tốc độ tăng thu nhập bình quân đầu người", "%", "≥", "8", "9", "10",
         "toc_do_tang_thu_nhap"),
        ("Có và thực hiện hiệu quả kế hoạch phát triển sản phẩm OCOP", "", _R, "", "", "",
         "ke_hoach_ocop"),
        ("Có hợp tác xã hoạt động hiệu quả", "", _R, "", "", "", "htx_hoat_dong_hieu_qua"),
        ("Có kế hoạch bảo tồn, phát triển làng nghề", "", _R, "", "", "",
         "ke_hoach_bao_ton_lang_nghe"),
    )),
    ("4", "Đào tạo nguồn nhân lực nông thôn", (
        ("Tỷ lệ lao động qua đào tạo", "%", "≥", "80", "75", "60",
         "ty_le_lao_dong_qua_dao_tao"),
        ("Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ", "%", "≥", "35", "30", "22",
         "ty_le_lao_dong_co_bang_cap"),
    )),
    ("5", "Văn hóa, giáo dục, y tế", (
        ("Tỷ lệ trường học đạt tiêu chuẩn cơ sở vật chất tối thiểu", "%", "≥",
         "100", "100", "80", "ty_le_truong_csvc_toi_thieu"),
        ("Tỷ lệ người dân tham gia bảo hiểm y tế", "%", "≥", "96", "95", "93",
         "ty_le_bao_hiem_y_te"),
        ("Xã đạt tiêu chí quốc gia về y tế", "", _R, "", "", "", "tieu_chi_quoc_gia_y_te"),
    )),
    ("6", "Giảm nghèo và an sinh xã hội", (
        ("Tỷ lệ nghèo đa chiều", "%", "≤", "1,5", "3", "10", "ty_le_ngheo_da_chieu"),
        ("Số nhà tạm, nhà dột nát", "nhà", "= 0 (không có)", "", "", "",
         "so_nha_tam_dot_nat"),
    )),
    ("7", "Khoa học công nghệ và chuyển đổi số", (
        ("Tỷ lệ thuê bao sử dụng điện thoại thông minh", "%", "≥", "85", "80", "65",
         "ty_le_thue_bao_smartphone"),
        ("Ứng dụng công nghệ thông tin trong quản lý, điều hành của xã", "", _R, "", "", "",
         "ung_dung_cntt_quan_ly"),
    )),
    ("8", "Môi trường và cảnh quan nông thôn", (
        ("Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn", "%", "≥", "80", "65", "40",
         "ty_le_nuoc_sach"),
        ("Tỷ lệ hộ phân loại chất thải rắn tại nguồn", "%", "≥", "60", "50", "30",
         "ty_le_phan_loai_chat_thai"),
        ("Bảo đảm an toàn thực phẩm trên địa bàn", "", _R, "", "", "",
         "bao_dam_an_toan_thuc_pham"),
    )),
    ("9", "Xây dựng hệ thống chính trị và hành chính công", (
        ("Giải quyết thủ tục hành chính đúng quy định", "", _R, "", "", "",
         "thu_tuc_dung_quy_dinh"),
    )),
    ("10", "Tiếp cận pháp luật và an ninh, quốc phòng", (
        ("Xã đạt chuẩn tiếp cận pháp luật", "", "Được công nhận", "", "", "",
         "dat_chuan_tiep_can_phap_luat"),
        ("Xã đạt tiêu chuẩn “An toàn về an ninh, trật tự”", "", _R, "", "", "",
         "an_toan_an_ninh_trat_tu"),
    )),
)  # fmt: skip
"""Criterion by criterion: name, unit, kind, thresholds of groups 1, 2, 3, and the measure."""


def rows() -> list[Row]:
    """The table of the sample, as a person would have filled it."""
    found: list[Row] = []
    for number, name, indicators in _TABLE:
        for place, (words, unit, kind, g1, g2, g3, measure) in enumerate(indicators, 1):
            row: Row = {
                "number": f"{number}.{place}" if len(indicators) > 1 else number,
                "name": words, "unit": unit, "kind": kind, "g1": g1, "g2": g2, "g3": g3,
                "measure": measure, "source": "Phụ lục mẫu",
            }  # fmt: skip
            if place == 1:
                row |= {"criterion": number, "criterion_name": name}
            if measure == "ke_hoach_bao_ton_lang_nghe":
                row["if_present"] = "Xã có làng nghề, làng nghề truyền thống"
            found.append({key: value for key, value in row.items() if value})
    return found


def workbook() -> bytes:
    """The sample as a filled workbook, as ``samples/bo-tieu-chi-mau.xlsx`` holds it."""
    library = shipped()
    return template.workbook(rows(), ABOUT, library.measures, list(library.sets.values()))
