"""Two made-up sets for villages, so that model and smart villages have boards in the sample.

Their numbers say that they are samples; they replace nothing and stand under no real decision.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from dinhlang.law.library import shipped
from dinhlang.lawbook import services, template
from dinhlang.lawbook.models import Origin
from dinhlang.lawbook.sheet.columns import Row
from dinhlang.people.models import User

SAMPLES = UUID("0b9d6a1e-53a5-4d3f-8a57-6d1d4f0e2c11")
Indicator = tuple[str, str, str, str, str]
"""Name, unit, kind, threshold, measure."""
Criterion = tuple[str, str, tuple[Indicator, ...]]

_R = "Đạt"
MODEL: tuple[Criterion, ...] = (
    ("1", "Quy hoạch, đường thôn", (
        ("Thôn có sơ đồ quy hoạch tổng thể", "", _R, "", "thon_so_do_quy_hoach"),
        ("Chiều rộng nền đường trục thôn", "m", "≥", "5", "nen_duong_truc_thon"),
    )),
    ("2", "Cảnh quan", (
        ("Tỷ lệ hàng rào xanh hoặc được phủ xanh", "%", "≥", "70", "ty_le_hang_rao_xanh"),
    )),
    ("3", "Văn hóa, giáo dục", (
        ("Thôn đạt tiêu chuẩn văn hóa", "", _R, "", "thon_van_hoa"),
        ("Thôn có đội, câu lạc bộ văn hóa hoặc thể thao", "", _R, "", "thon_co_cau_lac_bo"),
        ("Tỷ lệ hộ đạt gia đình 5 có", "%", "≥", "60", "ty_le_gia_dinh_5_co"),
        ("Số học sinh tự ý bỏ học", "học sinh", "= 0 (không có)", "", "so_hoc_sinh_bo_hoc"),
    )),
    ("4", "An ninh", (
        ("Thôn đạt tiêu chuẩn an toàn về an ninh, trật tự", "", _R, "", "khu_an_toan_an_ninh"),
        ("Thôn có mô hình camera an ninh", "", _R, "", "khu_camera_an_ninh"),
    )),
)  # fmt: skip
SMART: tuple[Criterion, ...] = (
    ("1", "Hạ tầng số", (
        ("Thôn có internet cáp quang", "", _R, "", "thon_internet_cap_quang"),
        ("Thôn có sóng 3G/4G", "", _R, "", "thon_song_3g_4g"),
        ("Nhà văn hóa thôn có wifi miễn phí", "", _R, "", "thon_wifi_nha_van_hoa"),
    )),
    ("2", "Người dân số", (
        ("Tỷ lệ người trong độ tuổi lao động dùng dịch vụ công trực tuyến", "%", "≥", "50",
         "thon_dung_dich_vu_so"),
        ("Tỷ lệ người trong độ tuổi lao động có tài khoản thanh toán điện tử", "%", "≥", "70",
         "thon_tai_khoan_thanh_toan"),
    )),
    ("3", "Quản lý thôn", (
        ("Cán bộ thôn dùng nền tảng số để thông tin", "", _R, "", "thon_can_bo_dung_nen_tang_so"),
        ("Tỷ lệ hộ nghe được loa truyền thanh", "%", "≥", "90", "ty_le_ho_nghe_loa_truyen_thanh"),
    )),
)  # fmt: skip


def load(user: User, approver: User) -> None:
    """Both sets, loaded by one person and approved by another."""
    for number, title, short, level, table in (
        ("02/2026/QĐ-MẪU", "Bộ tiêu chí mẫu về thôn nông thôn mới kiểu mẫu",
         "Thôn kiểu mẫu (mẫu)", "Khu dân cư, thôn kiểu mẫu", MODEL),
        ("03/2026/QĐ-MẪU", "Bộ tiêu chí mẫu về thôn thông minh", "Thôn thông minh (mẫu)",
         "Thôn thông minh", SMART),
    ):  # fmt: skip
        rows = _rows(table)
        said = {
            "number": number, "issuer": "UBND tỉnh An Mẫu (không có thật)", "date": "05/01/2026",
            "title": f"Quyết định mẫu ban hành {title[:1].lower()}{title[1:]}, dùng để xem thử",
            "valid_from": "15/02/2026", "mode": "Bộ mới", "set_title": title, "short": short,
            "level": level, "subject": "Thôn", "years": "2026 - 2030",
            "criteria": str(len(table)), "indicators": str(len(rows)),
            "note": "Số liệu mẫu: mọi ngưỡng đều do chương trình đặt ra để xem thử.",
        }  # fmt: skip
        library = shipped()
        content = template.workbook(rows, said, library.measures, list(library.sets.values()))
        given = services.Given(Origin.XLSX, content, f"{short}.xlsx")
        loading = services.load(user, uuid5(SAMPLES, number), None, given)
        text = services.send(user, loading.pk, loading.revision)
        services.approve(approver, text.pk)


def _rows(table: tuple[Criterion, ...]) -> list[Row]:
    found: list[Row] = []
    for number, name, indicators in table:
        for place, (words, unit, kind, threshold, measure) in enumerate(indicators, 1):
            row: Row = {
                "number": f"{number}.{place}" if len(indicators) > 1 else number, "name": words,
                "unit": unit, "kind": kind, "common": threshold, "measure": measure,
                "source": "Phụ lục mẫu",
            }  # fmt: skip
            if place == 1:
                row |= {"criterion": number, "criterion_name": name}
            found.append({key: value for key, value in row.items() if value})
    return found
