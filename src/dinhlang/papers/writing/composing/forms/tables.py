"""Decisions, report, list of evidence as templates: fields, values, our own papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dinhlang.vietnamese import format_number

from ...templates import Field
from ...tree import Annex, Column, Heading, Paragraph, Run
from ..decisions import TO_FILL, Charge, Member
from ..letters import Proof, proofs_words
from ..report import (
    FUND_FIGURES,
    Contents,
    change_words,
    fund_figures,
    fund_groups,
    fund_total,
    gained,
    ledger_words,
    tally_words,
    until_words,
)
from .base import ANNEX, BASES, BLANK, EVERY_BASE, HEAD, LINE, Form, field, lines, only_if, rows

_NUMBER = ("tt", "Số thứ tự", "1")
_PROGRAMME = Field("chuong_trinh", "Chương trình", "nông thôn mới nâng cao")
CHARGE = (
    ("so", "Số tiêu chí", "10"),
    ("ten", "Tên tiêu chí", "Thu nhập"),
    ("chu_tri", "Chủ trì", "Công chức Nông nghiệp"),
    ("phoi_hop", "Phối hợp", "Hội Nông dân xã"),
    ("thoi_han", "Thời hạn", "30/11/2026"),
)
MEMBER = (
    _NUMBER,
    ("ho_ten", "Họ và tên, để trống thì có dòng chấm", "…………………"),
    ("chuc_vu", "Chức vụ, cơ quan", "Chủ tịch UBND xã"),
    ("nhiem_vu", "Nhiệm vụ trong Ban Chỉ đạo", "Trưởng ban"),
)
CRITERION = (
    ("so", "Số tiêu chí", "10"),
    ("ten", "Tên tiêu chí", "Thu nhập"),
    ("truoc", "Kỳ trước", "Chưa đạt"),
    ("nay", "Kỳ này", "Đạt"),
    ("ghi_chu", "Còn thiếu, ghi chú", "Chờ số liệu của Chi cục Thống kê"),
)
AMOUNT = (
    _NUMBER,
    ("noi_dung", "Nội dung", "Đường trục thôn"),
    ("don_vi", "Đơn vị tính", "km"),
    ("ke_hoach", "Kế hoạch", "2,4"),
    ("truoc", "Đến kỳ trước", "0,8"),
    ("nay", "Đến kỳ này", "1,6"),
    ("trong_ky", "Trong kỳ", "0,8"),
)
FUND = (
    _NUMBER,
    ("noi_dung", "Nguồn vốn, cuối mỗi nhóm là dòng tổng", "Ngân sách xã"),
    ("so_von", "Số vốn, triệu đồng", "1.200"),
    ("phan_bo", "Đã phân bổ, triệu đồng", "900"),
    ("truoc", "Giải ngân đến kỳ trước, triệu đồng", "300"),
    ("nay", "Giải ngân đến kỳ này, triệu đồng", "520"),
    ("trong_ky", "Giải ngân trong kỳ, triệu đồng", "220"),
    ("ty_le", "Tỷ lệ giải ngân", "43,3%"),
    ("quyet_toan", "Đã quyết toán, triệu đồng", "0"),
)
WORK = (
    _NUMBER,
    ("noi_dung", "Nhiệm vụ", "Hoàn thành đường trục thôn"),
    ("chu_tri", "Chủ trì", "Công chức Địa chính"),
    ("ket_qua", "Kết quả", "Đang làm"),
)
PROOF = (
    _NUMBER,
    ("tieu_chi", "Tiêu chí", "10. Thu nhập"),
    ("chi_tieu", "Chỉ tiêu", "10.1"),
    ("ten_chi_tieu", "Tên chỉ tiêu", "Thu nhập bình quân đầu người"),
    ("ten", "Tên văn bản, tài liệu", "Báo cáo thu nhập bình quân"),
    ("so_ngay", "Số, ngày", "15/BC-UBND, 12/11/2026"),
    ("co_quan", "Cơ quan ban hành", "UBND xã"),
)


def charge_values(charges: Sequence[Charge], programme: str) -> dict[str, Any]:
    """The fields of the decision that assigns criteria."""
    return {
        "chuong_trinh": programme,
        "so_tieu_chi": str(len(charges)),
        "tieu_chi": [
            {
                "so": each.number,
                "ten": each.name,
                "chu_tri": each.lead,
                "phoi_hop": each.partners,
                "thoi_han": each.due,
            }
            for each in charges
        ],
    }


def member_values(members: Sequence[Member], programme: str, place: str) -> dict[str, Any]:
    """The fields of the decision that sets up the committee."""
    return {
        "chuong_trinh": programme,
        "ten_xa": place,
        "so_thanh_vien": str(len(members)),
        "thanh_vien": [
            {
                "tt": str(number),
                "ho_ten": each.name or TO_FILL,
                "chuc_vu": each.office or TO_FILL,
                "nhiem_vu": each.role,
            }
            for number, each in enumerate(members, 1)
        ],
    }


def report_values(contents: Contents, receiver: str) -> dict[str, Any]:
    """The fields of a report; the reader of the template leaves out what is empty."""
    before, now, total = contents.reached or (0, 0, 0)
    amounts = {
        name: [
            {
                "tt": str(number),
                "noi_dung": each.name,
                "don_vi": each.unit,
                "ke_hoach": format_number(each.planned) if each.planned is not None else "",
                "truoc": format_number(each.before) if each.before is not None else "",
                "nay": format_number(each.now) if each.now is not None else "",
                "trong_ky": format_number(done) if (done := gained(each)) is not None else "",
            }
            for number, each in enumerate(found, 1)
        ]
        for name, found in (("khoi_luong", contents.amounts), ("nguon_von", contents.money))
    }
    listed = {
        "kho_khan": contents.obstacles,
        "nhiem_vu_toi": contents.following,
        "kien_nghi": contents.proposals,
    }
    return {
        "kinh_gui": receiver,
        "ky": contents.period.words,
        "ky_toi": contents.period.next_words,
        "den_ngay": until_words(contents.until),
        "so_dat": str(now),
        "tong_so": str(total) if contents.reached else "",
        "so_sanh": f", {change_words(before, now)}" if contents.compared else "",
        "tieu_chi": [
            {
                "so": each.number,
                "ten": each.name,
                "truoc": each.before,
                "nay": each.now,
                "ghi_chu": each.note,
            }
            for each in contents.criteria
        ],
        "cong_viec": [
            {"tt": str(number), "noi_dung": each.text, "chu_tri": each.lead, "ket_qua": each.state}
            for number, each in enumerate(contents.work, 1)
        ],
        **amounts,
        **_ledger_values(contents),
        **{
            name: [{"dong": line.strip().rstrip(".;") + "."} for line in found if line.strip()]
            for name, found in listed.items()
        },
    }


def _ledger_values(contents: Contents) -> dict[str, Any]:
    """The money of the year in words and by source; the tasks of the year in words."""
    found, tally = contents.ledger, contents.tally
    said = ledger_words(found, contents.until) if found is not None else []
    rows = []
    names = ("so_von", "phan_bo", "truoc", "nay", "trong_ky", "ty_le", "quyet_toan")
    for title, funds in fund_groups(found) if found is not None else []:
        for number, each in enumerate(funds, 1):
            figures = dict(zip(names, fund_figures(each), strict=True))
            rows.append({"tt": str(number), "noi_dung": each.name} | figures)
        total = dict(zip(names, fund_figures(fund_total(funds)), strict=True))
        rows.append({"tt": "", "noi_dung": title} | total)
    return {
        "kinh_phi": [{"dong": line} for line in said],
        "giai_ngan": rows,
        "tong_viec": tally_words(tally, contents.until) if tally and tally.total else "",
    }


def proof_values(proofs: Sequence[Proof], programme: str) -> dict[str, Any]:
    """The fields of the list of evidence."""
    found = []
    number = 0
    for each in proofs:
        number += bool(each.title)
        found.append(
            {
                "tt": str(number) if each.title else "",
                "tieu_chi": each.criterion,
                "chi_tieu": each.indicator,
                "ten_chi_tieu": each.name,
                "ten": each.said,
                "so_ngay": each.numbered,
                "co_quan": each.issuer,
            }
        )
    return {
        "chuong_trinh": programme,
        "minh_chung": found,
        "tong_hop": proofs_words(proofs),
    }


def _article(number: int, words: str) -> Paragraph:
    return Paragraph(text=(Run(f"Điều {number}. ", bold=True), Run(words)))


_PROPOSED = "Xét đề nghị của công chức tổng hợp chương trình xây dựng nông thôn mới"
_DECISION = replace(
    BLANK,
    kind="Quyết định",
    authority=field("ten_co_quan"),
    bases=(*EVERY_BASE, _PROPOSED),
    resolves="Quyết định:",
)
_AMOUNT_COLUMNS = (
    Column(title="TT", share=0.6, align="center"),
    Column(title="Nội dung", share=4),
    Column(title="Đơn vị tính", share=1.3, align="center"),
    Column(title="Kế hoạch", share=1.5, align="right"),
)
_AMOUNT_NAMES = ("tt", "noi_dung", "don_vi", "ke_hoach")
_DONE_COLUMNS = (
    *_AMOUNT_COLUMNS,
    Column(title="Nghiệm thu đến kỳ trước", share=1.5, align="right"),
    Column(title="Nghiệm thu đến kỳ này", share=1.5, align="right"),
)
_DONE_NAMES = (*_AMOUNT_NAMES, "truoc", "nay")
_FUND_COLUMNS = (
    Column(title="TT", share=0.6, align="center"),
    Column(title="Nguồn vốn (triệu đồng)", share=2.6),
    *(Column(title=each, share=1.15, align="right") for each in FUND_FIGURES),
)
_FUND_NAMES = tuple(name for name, _, _ in FUND)

FORMS = (
    Form(
        kind="bao-cao",
        title="Báo cáo",
        fields=(
            *HEAD,
            Field("kinh_gui", "Nơi nhận báo cáo", "Ủy ban nhân dân tỉnh An Mẫu"),
            Field("ky", "Kỳ báo cáo", "tháng 11 năm 2026"),
            Field("ky_toi", "Kỳ sau", "tháng tới"),
            Field("den_ngay", "Tính đến khi nào", "Đến hết kỳ báo cáo"),
            Field("so_dat", "Số tiêu chí đã đạt", "15"),
            Field("tong_so", "Số tiêu chí của bộ", "19"),
            Field("so_sanh", "So với kỳ trước, sau dấu phẩy", ", tăng 1 tiêu chí so với kỳ trước"),
            Field("tieu_chi", "Từng tiêu chí", columns=CRITERION),
            Field("khoi_luong", "Khối lượng theo kế hoạch, đã nghiệm thu", columns=AMOUNT),
            Field(
                "nguon_von", "Nguồn vốn theo kế hoạch, khi chưa có sổ kinh phí", columns=AMOUNT
            ),
            Field("kinh_phi", "Nhu cầu, nguồn, giải ngân, nợ theo sổ kinh phí", columns=LINE),
            Field("giai_ngan", "Từng nguồn vốn theo sổ kinh phí", columns=FUND),
            Field(
                "tong_viec",
                "Số nhiệm vụ đã xong, chậm hạn",
                "Đến hết kỳ báo cáo, đã hoàn thành 12/20 nhiệm vụ có hạn trong năm 2026.",
            ),
            Field("cong_viec", "Nhiệm vụ trong kỳ", columns=WORK),
            Field("kho_khan", "Khó khăn, vướng mắc", columns=LINE),
            Field("nhiem_vu_toi", "Nhiệm vụ kỳ sau", columns=LINE),
            Field("kien_nghi", "Kiến nghị, đề xuất", columns=LINE),
        ),
        paper=replace(
            BLANK,
            kind="Báo cáo",
            about="Kết quả xây dựng nông thôn mới {{ ky }}",
            blocks=(
                *only_if(
                    "kinh_gui",
                    Paragraph(text="Kính gửi: {{ kinh_gui }}.", align="center", indent=False),
                ),
                Paragraph(
                    text="{{ ten_co_quan }} báo cáo kết quả xây dựng nông thôn mới {{ ky }} như "
                    "sau:"
                ),
                Heading(level=1, label="I.", text="Kết quả thực hiện"),
                *only_if(
                    "tong_so",
                    Paragraph(
                        text="{{ den_ngay }}, xã đạt {{ so_dat }}/{{ tong_so }} tiêu chí"
                        "{{ so_sanh }}."
                    ),
                ),
                *only_if(
                    "tieu_chi",
                    rows(
                        "tieu_chi",
                        (
                            Column(title="Tiêu chí", share=0.9, align="center"),
                            Column(title="Tên tiêu chí", share=2.8),
                            Column(title="Kỳ trước", share=1.3, align="center"),
                            Column(title="Kỳ này", share=1.3, align="center"),
                            Column(title="Còn thiếu, ghi chú", share=3),
                        ),
                        ("so", "ten", "truoc", "nay", "ghi_chu"),
                    ),
                ),
                *only_if(
                    "khoi_luong",
                    Paragraph(text=(Run("Khối lượng:", bold=True),)),
                    rows("khoi_luong", _DONE_COLUMNS, _DONE_NAMES),
                ),
                *only_if(
                    "nguon_von",
                    Paragraph(text=(Run("Nguồn vốn theo kế hoạch:", bold=True),)),
                    rows("nguon_von", _AMOUNT_COLUMNS, _AMOUNT_NAMES),
                ),
                *only_if(
                    "kinh_phi",
                    Paragraph(text=(Run("Nguồn vốn và giải ngân:", bold=True),)),
                    *lines("kinh_phi"),
                ),
                *only_if("giai_ngan", rows("giai_ngan", _FUND_COLUMNS, _FUND_NAMES)),
                *only_if("tong_viec", Paragraph(text=field("tong_viec"))),
                *only_if(
                    "cong_viec",
                    Paragraph(text=(Run("Nhiệm vụ trong kỳ:", bold=True),)),
                    rows(
                        "cong_viec",
                        (
                            Column(title="TT", share=0.6, align="center"),
                            Column(title="Nhiệm vụ", share=4),
                            Column(title="Chủ trì", share=2),
                            Column(title="Kết quả", share=2),
                        ),
                        ("tt", "noi_dung", "chu_tri", "ket_qua"),
                    ),
                ),
                *only_if(
                    "kho_khan",
                    Paragraph(text=(Run("Khó khăn, vướng mắc:", bold=True),)),
                    *lines("kho_khan"),
                ),
                *only_if(
                    "nhiem_vu_toi",
                    Paragraph(text=(Run("Nhiệm vụ {{ ky_toi }}:", bold=True),)),
                    *lines("nhiem_vu_toi"),
                ),
                *only_if(
                    "kien_nghi",
                    Paragraph(text=(Run("Kiến nghị, đề xuất:", bold=True),)),
                    *lines("kien_nghi"),
                ),
                Paragraph(text="{{ ten_co_quan }} trân trọng báo cáo."),
            ),
        ),
    ),
    Form(
        kind="phan-cong",
        title="Quyết định phân công tiêu chí",
        fields=(
            *HEAD,
            BASES,
            ANNEX,
            _PROGRAMME,
            Field("so_tieu_chi", "Số tiêu chí được phân công", "19"),
            Field("tieu_chi", "Từng tiêu chí", columns=CHARGE),
        ),
        paper=replace(
            _DECISION,
            about="Về việc phân công phụ trách các tiêu chí {{ chuong_trinh }} năm {{ nam }}",
            blocks=(
                _article(1, "Phân công các cơ quan, cá nhân phụ trách {{ so_tieu_chi }} tiêu chí "
                    "{{ chuong_trinh }} năm {{ nam }} theo danh sách kèm theo Quyết định này."),
                _article(2, "Người phụ trách tiêu chí lập danh mục việc phải làm, theo dõi số "
                    "liệu và minh chứng của tiêu chí, báo cáo tiến độ đúng kỳ; cơ quan phối hợp "
                    "cung cấp số liệu thuộc phần mình."),
                _article(3, "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, cá nhân có "
                    "tên trong danh sách và trưởng các thôn chịu trách nhiệm thi hành."),
            ),
            annexes=(
                Annex(
                    title="Danh sách phân công phụ trách tiêu chí",
                    blocks=(
                        rows(
                            "tieu_chi",
                            (
                                Column(title="Tiêu chí", share=0.8, align="center"),
                                Column(title="Tên tiêu chí", share=2.6),
                                Column(title="Chủ trì", share=2),
                                Column(title="Phối hợp", share=2),
                                Column(title="Thời hạn", share=1.2),
                            ),
                            ("so", "ten", "chu_tri", "phoi_hop", "thoi_han"),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Form(
        kind="ban-chi-dao",
        title="Quyết định thành lập Ban Chỉ đạo",
        fields=(
            *HEAD,
            BASES,
            ANNEX,
            _PROGRAMME,
            Field("ten_xa", "Tên xã", "xã Làng Mẫu"),
            Field("so_thanh_vien", "Số thành viên", "12"),
            Field("thanh_vien", "Từng thành viên", columns=MEMBER),
        ),
        paper=replace(
            _DECISION,
            about="Về việc thành lập Ban Chỉ đạo {{ chuong_trinh }} {{ ten_xa }}",
            blocks=(
                _article(1, "Thành lập Ban Chỉ đạo {{ chuong_trinh }} {{ ten_xa }} gồm "
                    "{{ so_thanh_vien }} thành viên theo danh sách kèm theo Quyết định này."),
                _article(2, "Ban Chỉ đạo giúp Ủy ban nhân dân chỉ đạo việc lập và thực hiện kế "
                    "hoạch, kiểm tra từng tiêu chí, họp định kỳ và khi cần; thành viên làm việc "
                    "theo chế độ kiêm nhiệm."),
                _article(3, "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan liên quan và "
                    "các thành viên có tên trong danh sách chịu trách nhiệm thi hành."),
            ),
            annexes=(
                Annex(
                    title="Danh sách thành viên Ban Chỉ đạo",
                    blocks=(
                        rows(
                            "thanh_vien",
                            (
                                Column(title="TT", share=0.6, align="center"),
                                Column(title="Họ và tên", share=2.6),
                                Column(title="Chức vụ, cơ quan", share=3.2),
                                Column(title="Nhiệm vụ trong Ban Chỉ đạo", share=2),
                            ),
                            ("tt", "ho_ten", "chuc_vu", "nhiem_vu"),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Form(
        kind="danh-muc",
        title="Danh mục minh chứng",
        fields=(
            *HEAD,
            _PROGRAMME,
            Field("minh_chung", "Từng chỉ tiêu, minh chứng", columns=PROOF),
            Field(
                "tong_hop", "Câu tổng hợp", "Danh mục có 12 văn bản, tài liệu của 8 chỉ tiêu."
            ),
        ),
        paper=replace(
            BLANK,
            kind="Danh mục",
            about="Hồ sơ minh chứng các tiêu chí {{ chuong_trinh }} năm {{ nam }}",
            blocks=(
                rows(
                    "minh_chung",
                    (
                        Column(title="TT", share=0.6, align="center"),
                        Column(title="Tiêu chí", share=1.8),
                        Column(title="Chỉ tiêu", share=0.9, align="center"),
                        Column(title="Tên văn bản, tài liệu", share=3),
                        Column(title="Số, ngày", share=1.7),
                        Column(title="Cơ quan ban hành", share=1.7),
                    ),
                    ("tt", "tieu_chi", "chi_tieu", "ten", "so_ngay", "co_quan"),
                ),
                Paragraph(text=field("tong_hop")),
            ),
        ),
    ),
)  # fmt: skip
