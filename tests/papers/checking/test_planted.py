"""Each check on a sound plan with one fault planted, and with something that only looks like it."""

import pytest

from dinhlang.papers.checking import registry
from tests.papers.checking.sound import SOUND, found, planted

BASIS = "Căn cứ Kế hoạch số 31/KH-UBND ngày 12/01/2024 của UBND huyện Hải Khê"
GOAL = "- Thôn Đông đạt thôn nông thôn mới kiểu mẫu trong tháng 10/2024."
DUTY = "- Vận động nhân dân giữ gìn vệ sinh đường làng, báo cáo UBND xã trước ngày 20 hằng tháng."
NEED = "+ Tiêu chí Giao thông: lắp biển báo, gờ giảm tốc, đậy nắp rãnh thoát nước: 5 tỷ đồng."
CLOSING = "Công chức Nông nghiệp tổng hợp, báo cáo UBND huyện trước ngày 25 hằng tháng."
DATE_318 = "318/QĐ-TTg ngày 08/3/2022"
PURPOSE = "- Giữ vững các tiêu chí đã đạt, hoàn thành các tiêu chí còn lại."
FIRST_DUTY = "1. Công chức Địa chính - Xây dựng"


def plus(line: str, *more: str) -> tuple[str, str]:
    """A change that puts more paragraphs behind a line."""
    return line, "\n\n".join([line, *more])


def instead(line: str, other: str) -> tuple[str, str]:
    """A change that puts one line for another."""
    return line, other


MUST = [
    ("CITE-FORM", [instead("31/KH-UBND ngày", "31/2024KH-UBND ngày")]),
    ("CITE-FORM", [plus(PURPOSE, "- Giữ vững 10 tiêu chí theo QĐ 33 của UBND tỉnh.")]),
    ("CITE-SUFFIX", [instead("31/KH-UBND ngày 12/01/2024 của UBND huyện", "31/KH-UBND ngày 12/01/2024 của HĐND huyện")]),
    ("CITE-SUFFIX", [plus(BASIS.split(" của")[0], ""), instead("Căn cứ Kế hoạch số 31/KH-UBND", "Căn cứ Nghị quyết số 31/KH-UBND")]),
    ("CITE-SUFFIX", [instead(BASIS, "Căn cứ Quyết định số 741/QĐ-TTg ngày 26/7/2022 về việc quy định chỉ tiêu trên địa bàn tỉnh Bắc Giang;\n\n" + BASIS)]),
    ("CITE-TITLE", [instead(DATE_318, "318/QĐ-TTg ngày 08/3/2021")]),
    ("CITE-TITLE", [instead("về xã nông thôn mới và Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao", "về thôn nông thôn mới và Bộ tiêu chí quốc gia về thôn nông thôn mới nâng cao")]),
    ("CITE-TWICE", [plus(PURPOSE, "- Theo Kế hoạch số 31/KH-UBND ngày 15/01/2024 của UBND huyện Hải Khê.")]),
    ("CITE-TWICE", [plus(PURPOSE, "- Theo Kế hoạch số 31/KH-BCĐ ngày 12/01/2024.")]),
    ("CITE-AMENDED", [instead("; Quyết định số 211/QĐ-TTg ngày 01/3/2024 của Thủ tướng Chính phủ sửa đổi một số tiêu chí", "")]),
    ("CITE-FUTURE", [instead("31/KH-UBND ngày 12/01/2024", "31/KH-UBND ngày 12/10/2024")]),
    ("CITE-PERIOD", [instead("về xây dựng nông thôn mới năm 2024;", "về xây dựng nông thôn mới giai đoạn 2016 - 2020;")]),
    ("CITE-SECTION", [plus(PURPOSE, "- Thực hiện mục 2.3 trong Kế hoạch số 31/KH-UBND.")]),
    ("REPORT-SELF", [instead(DUTY, "- Tổ chức họp dân. Định kỳ báo cáo kết quả về Ban phát triển 6 thôn."), instead("7. Ban phát triển 6 thôn", "7. Ban Chỉ đạo xã"), instead("về Ban phát triển 6 thôn.", "về Ban Chỉ đạo xã.")]),
    ("REPORT-RECEIVER", [instead(CLOSING, "Các thôn báo cáo cho UBND xã trước 14 giờ thứ Năm hằng tuần nộp cho Ban Chỉ đạo xã.")]),
    ("REPORT-PERIOD", [instead(CLOSING, "Công chức Nông nghiệp định kỳ báo cáo UBND huyện theo quy định.")]),
    ("REPORT-NONE", [instead(CLOSING, ""), instead(", báo cáo UBND xã trước ngày 20 hằng tháng", "")]),
    ("REPORT-WEEK", [instead(CLOSING, "Các thôn báo cáo UBND xã trước 14 giờ thứ Năm hằng tuần."), plus(PURPOSE, "- Cuối mỗi tuần có đánh giá, biểu dương.")]),
    ("RECIPIENT-MISSING", [instead("- UB MTTQ và các tổ chức chính trị - xã hội xã;\n", "")]),
    ("RECIPIENT-MISSING", [instead("- Các thôn;\n", "")]),
    ("GAP-SCHEDULE", [instead("; đậy nắp rãnh thoát nước đường thôn hoàn thành", " hoàn thành")]),
    ("GOAL-PROCEDURE", [instead("trước ngày 31/12/2024", "trước ngày 30/9/2024"), instead("+ Tháng 10/2024 lấy ý kiến sự hài lòng của người dân; tháng 11/2024 lập hồ sơ đề nghị công nhận, trình huyện thẩm tra.", "+ Tháng 10/2024 giữ vững các tiêu chí.")]),
    ("STEP-MISSING", [instead("+ Tháng 10/2024 lấy ý kiến sự hài lòng của người dân; tháng 11/2024 lập hồ sơ", "+ Tháng 11/2024 lập hồ sơ"), instead("của người dân trong tháng 10/2024.", "của người dân.")]),
    ("TASK-AFTER-GOAL", [plus(PURPOSE, "- Giao công chức Nông nghiệp chủ trì xây dựng vùng trồng rau, xong trong tháng 02/2025.")]),
    ("PRECONDITION-LATE", [instead(GOAL, "- Xã Xuân Thủy đạt nông thôn mới kiểu mẫu trong tháng 9/2024.\n\n- Thôn Đông đạt thôn thông minh trong tháng 11/2024.")]),
    ("DATE-BEFORE", [plus(PURPOSE, "- Giao công chức Nông nghiệp chủ trì rà soát vùng trồng rau, xong trước ngày 31/01/2024.")]),
    ("MONTH-QUARTER", [instead("+ Tháng 5,6/2024", "+ Tháng 6,7/2024")]),
    ("MONTH-QUARTER", [plus(PURPOSE, "- Quý III (tháng 6, 7, 8): làm đường.")]),
    ("GOAL-OPEN", [instead(GOAL, "- Phấn đấu đến hết năm 2024 và các năm tiếp theo, mỗi thôn đạt thêm 02 tiêu chí.")]),
    ("GOAL-UNDATED", [instead("nâng cao trước ngày 31/12/2024", "nâng cao")]),
    ("GOAL-UNDATED", [plus(GOAL, "- 05 thôn còn lại phải hoàn thiện các tiêu chí.")]),
    ("COMMITMENT-DATE", [plus(PURPOSE, "- Hoàn thành tiêu chí số 17 theo cam kết với tỉnh.")]),
    ("FUND-COVERAGE", [instead("+ Tiêu chí Thu nhập: mở rộng vùng trồng rau: 0,6 tỷ đồng.\n\n", "")]),
    ("FUND-SCOPE", [instead("- Rãnh thoát nước đường thôn chưa có nắp đậy", "- Trường học, trạm y tế và nhà văn hóa chưa có biển báo"), instead(NEED, "+ Tiêu chí Giao thông: lắp biển báo cho trường học, trạm y tế: 5 tỷ đồng.")]),
    ("FUND-TIMING", [instead("- Ngân sách huyện 4 tỷ đồng.", "- Tiền đấu giá đất 4 tỷ đồng."), instead("Quý III/2024", "+ Tháng 6/2024 tổ chức đấu giá đất.\n\nQuý III/2024")]),
    ("FUND-DOUBLE", [instead(DUTY, "- Vận động xã hội hóa để lắp biển báo, gờ giảm tốc, đậy nắp rãnh thoát nước.")]),
    ("FUND-SHARE", [instead("- Ngân sách xã 1,5 tỷ đồng.", "- Ngân sách xã 1,5 tỷ đồng, chiếm 35%.")]),
    ("FUND-SHARE", [plus(PURPOSE, "- Xã được hưởng 15% của 40 tỷ đồng là 8 tỷ đồng.")]),
    ("FUND-HEADING", [instead("1. Nhu cầu kinh phí", "1. Dự kiến nguồn vốn")]),
    ("RATIO-VALUE", [plus(PURPOSE, "- Có 850/1.000 hộ dùng nước sạch, đạt 95%.")]),
    ("PART-WHOLE", [plus(PURPOSE, "- Toàn xã có 120 hộ, trong đó 80 hộ nghèo, 60 hộ cận nghèo.")]),
    ("COUNT-PARTITION", [plus(PURPOSE, "- Đến nay xã đạt 16/19 tiêu chí, còn 4 tiêu chí chưa đạt.")]),
    ("COUNT-PARTITION", [instead("Tiêu chí Giao thông (TC2); Tiêu chí Thu nhập", "Tiêu chí Điện (TC4); Tiêu chí Thu nhập")]),
    ("COUNT-MINIMUM", [plus(PURPOSE, "- Trồng hàng rào xanh: 400 m.", "- Mỗi thôn trồng hàng rào xanh ít nhất 100 m, 6/6 thôn thực hiện.")]),
    ("COUNT-SET", [instead("II. MỤC TIÊU", "II. MỤC TIÊU\n\nThực hiện Bộ tiêu chí thôn kiểu mẫu (14 tiêu chí, 39 chỉ tiêu). Cụ thể:")]),
    ("TARGET-NOVALUE", [plus(PURPOSE, "- Nâng cao tỷ lệ cứng hóa đường nội đồng.")]),
    ("TARGET-COMPARATOR", [instead("đạt từ 70 triệu đồng/người/năm", "đạt trên 70 triệu đồng/người/năm")]),
    ("TARGET-CONFLICT", [plus(PURPOSE, "- Tỷ lệ hộ sử dụng nước sạch tập trung đạt 65%."), plus(GOAL, "- Tỷ lệ hộ sử dụng nước sạch tập trung đạt 70%.")]),
    ("TARGET-GROWTH", [instead("mới đạt 66,5 triệu", "mới đạt 59,5 triệu")]),
    ("TASK-WEAKER", [plus(PURPOSE, "- Chỉ tiêu 2.1. Không có hộ nghèo.", "- Giao công chức Văn hóa xây dựng kế hoạch giảm nghèo thấp hơn mức bình quân của huyện.")]),
    ("GROUP-CHOICE", [plus(PURPOSE, "2.2. Quy định: đạt tối thiểu 01/3 chỉ tiêu", "- Chỉ tiêu 2.1. Có hợp tác xã công nghệ cao.", "- Chỉ tiêu 2.2. Có vùng sản xuất tập trung.", "- Chỉ tiêu 2.3. Có sản phẩm OCOP.")]),
    ("QUANTITY-SHARE", [plus(PURPOSE, "- 100% vườn hộ được cải tạo, cải tạo 35 vườn, chỉnh trang 121 vườn.")]),
    ("UNIT-LABEL", [plus(PURPOSE, "- Hệ thống xử lý nước thải (cái): 88 hộ.")]),
    ("TERM-STANDARD", [plus(PURPOSE, "- Trường tiểu học đạt chuẩn quốc gia mức độ 2.", "- Kiểm định trường tiểu học đạt chuẩn cơ sở vật chất mức độ 2.")]),
    ("SUPPORT-COUNT", [plus(PURPOSE, "- Hỗ trợ hộ nghèo làm nhà vệ sinh 3 triệu đồng/hộ.")]),
    ("LEVEL-SCOPE", [plus(PURPOSE, "- Nâng tỷ lệ xã có đường ô tô được bê tông 40%.")]),
    ("LEVEL-SCOPE", [plus(PURPOSE, "- Đảm bảo 100% các tiêu chí tại các xã đạt chuẩn.")]),
    ("SET-MIXED", [plus(PURPOSE, "- Tiêu chí Hành chính công: giữ vững.", "- Tiêu chí Cơ sở vật chất văn hóa: giữ vững.")]),
    ("CRITERION-DUP", [instead(DUTY, "- Vận động nhân dân hoàn thành tiêu chí số 2; báo cáo UBND xã trước ngày 20 hằng tháng.")]),
    ("DUTY-SHARED", [instead("7. Ban phát triển 6 thôn", "7. Công an xã, Quân sự, Địa chính, Tư pháp, Trạm y tế")]),
    ("ROLE-TOPIC", [instead("4. Công chức Tư pháp - Hộ tịch", "4. Công chức Tư pháp - Hộ tịch\n\n- Tham mưu phát triển trồng trọt, chăn nuôi.")]),
    ("TASK-PARTNER", [plus(PURPOSE, "- Giao cán bộ nông nghiệp phối hợp với thôn Đông làm mô hình.")]),
    ("STATUS-VERB", [plus(FIRST_DUTY, "- Hoàn thành các tiêu chí Quy hoạch, Điện.")]),
    ("VILLAGE-BODY", [plus(PURPOSE, "- Ban mặt trận các thôn soát xét khối lượng; Ban cán sự các thôn họp dân.")]),
    ("VILLAGE-LIST", [plus(GOAL, "- Các thôn còn lại phấn đấu đạt thêm 02 tiêu chí.")]),
    ("TEXT-NOISE", [plus(PURPOSE, "- Phân đầu đạt chuẩn sớm.")]),
    ("TEXT-NOISE", [plus(PURPOSE, "- Thành lập các các tổ công tác.")]),
    ("TEXT-NOISE", [plus(PURPOSE, "- Hoàn thành tiêu số 17 về Môi trường.")]),
    ("TEXT-MARKUP", [plus(PURPOSE, "*** Các hạng mục còn thiếu của các tiêu chí:**")]),
    ("TEXT-BREAK", [plus(PURPOSE, "- Phát huy vai trò chủ thể của người dân trong xây dựng cảnh quan môi", "trường nông thôn xanh, sạch, đẹp.")]),
    ("TEXT-ABBREVIATION", [plus(PURPOSE, "- Hội đồng QHTXVNN chịu trách nhiệm.")]),
    ("TEXT-REPEATED", [plus(PURPOSE, PURPOSE)]),
    ("FORM-END", [instead("tổ chức thực hiện./.", "tổ chức thực hiện.")]),
    ("FORM-SIGN", [instead("TM. ỦY BAN", "TM.ỦY BAN")]),
    ("FORM-BASIS", [instead("về xây dựng nông thôn mới năm 2024;", "về xây dựng nông thôn mới năm 2024")]),
    ("OUTLINE-MIX", [instead("1. Các tiêu chí đã đạt", "2.1. Các tiêu chí đã đạt")]),
]  # fmt: skip

MUST_NOT = [
    ("CITE-FORM", [plus(PURPOSE, "- Theo Nghị quyết số 20-NQ/ĐU của Đảng ủy xã, trang 33 của tài liệu.")]),
    ("CITE-SUFFIX", [plus(BASIS.split(" ngày")[0], ""), plus(PURPOSE, "- Theo Văn bản số 1619/SNN-VPĐP ngày 10/10/2022 của Sở Nông nghiệp tỉnh Phú Thọ.")]),
    ("CITE-TITLE", [instead("về việc ban hành Bộ tiêu chí quốc gia về xã nông thôn mới và Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao", "ban hành tiêu chí xã NTM, xã NTM nâng cao")]),
    ("CITE-TWICE", [plus(PURPOSE, "- Theo Kế hoạch số 31/KH-UBND ngày 15/01/2023 của UBND huyện Hải Khê.")]),
    ("CITE-TWICE", [plus(PURPOSE, "- Theo Kế hoạch số 31/KH-UBND ngày 19/02/2024 của UBND tỉnh.")]),
    ("CITE-AMENDED", [instead("ngày 09 tháng 4 năm 2024", "ngày 09 tháng 01 năm 2024"), instead("; Quyết định số 211/QĐ-TTg ngày 01/3/2024 của Thủ tướng Chính phủ sửa đổi một số tiêu chí", "")]),
    ("CITE-FUTURE", [instead("31/KH-UBND ngày 12/01/2024", "31/KH-UBND ngày 09/4/2024")]),
    ("CITE-SECTION", [plus(PURPOSE, "- Thực hiện Kế hoạch số 31/KH-UBND của UBND huyện, mục tiêu năm 2024.")]),
    ("REPORT-SELF", [instead("7. Ban phát triển 6 thôn", "7. Ban Chỉ đạo xã"), instead(DUTY, "- Định kỳ hằng tháng báo cáo Ban Chỉ đạo huyện trước ngày 20.")]),
    ("REPORT-RECEIVER", [instead(CLOSING, "Các thôn báo cáo UBND xã trước ngày 20 hằng tháng để tổng hợp gửi cho UBND huyện.")]),
    ("REPORT-PERIOD", [plus(PURPOSE, "- Có vướng mắc thì báo cáo ngay UBND xã.")]),
    ("RECIPIENT-MISSING", [instead("- UB MTTQ và các tổ chức chính trị - xã hội xã;", "- Như mục V;")]),
    ("GAP-SCHEDULE", [instead("lắp biển báo, gờ giảm tốc đường trục xã; đậy nắp rãnh thoát nước đường thôn hoàn thành", "thi công hoàn thành")]),
    ("GOAL-PROCEDURE", [instead("trước ngày 31/12/2024", "trong tháng 12/2024")]),
    ("TASK-AFTER-GOAL", [plus(PURPOSE, "- Giao công chức Nông nghiệp chủ trì tổng kết, xong trong tháng 02/2025.")]),
    ("DATE-BEFORE", [plus(PURPOSE, "- Giao công chức Nông nghiệp chủ trì rà soát vùng trồng rau, xong trong quý II/2024.")]),
    ("MONTH-QUARTER", [plus(PURPOSE, "- Quý III (tháng 7, 8, 9): làm đường.")]),
    ("FUND-COVERAGE", [instead("+ Tiêu chí Thu nhập: mở rộng vùng trồng rau: 0,6 tỷ đồng.", "+ Tiêu chí Thu nhập không cần kinh phí.")]),
    ("FUND-TIMING", [instead("- Ngân sách huyện 4 tỷ đồng.", "- Tiền đấu giá đất 4 tỷ đồng."), instead("lập hồ sơ đề nghị công nhận", "lập hồ sơ đề nghị công nhận")]),
    ("FUND-SHARE", [instead("- Ngân sách xã 1,5 tỷ đồng.", "- Ngân sách xã 1,5 tỷ đồng, chiếm 25%.")]),
    ("RATIO-VALUE", [plus(PURPOSE, "- Có 71/76 hộ hài lòng, đạt 93,4%; phấn đấu từ 60/80 hộ lên đạt 90%.")]),
    ("RATIO-VALUE", [plus(PURPOSE, "- Ngày 12/3 có 5 thôn, đạt 50% kế hoạch; theo Kế hoạch 12/KH-UBND đạt 60%.")]),
    ("PART-WHOLE", [plus(PURPOSE, "- Toàn xã có 120 hộ, trong đó 30 hộ nghèo, 20 hộ cận nghèo.")]),
    ("COUNT-PARTITION", [plus(PURPOSE, "- Đến nay xã đạt 16/19 tiêu chí, còn 3 tiêu chí chưa đạt.")]),
    ("COUNT-MINIMUM", [plus(PURPOSE, "- Trồng hàng rào xanh: 3.200 m.", "- Mỗi thôn trồng hàng rào xanh ít nhất 100 m, 6/6 thôn thực hiện.")]),
    ("TARGET-NOVALUE", [plus(PURPOSE, "- Nâng tỷ lệ cứng hóa đường nội đồng lên 85%.", "- Giảm tỷ lệ hộ nghèo thấp hơn mức bình quân của huyện.")]),
    ("TARGET-CONFLICT", [plus(PURPOSE, "- Tỷ lệ hộ sử dụng nước sạch tập trung đạt 65%."), plus(GOAL, "- Tỷ lệ hộ có nhà tiêu hợp vệ sinh đạt 70%.")]),
    ("GROUP-CHOICE", [plus(PURPOSE, "2.2. Quy định: đạt tối thiểu 01/3 chỉ tiêu", "- Chỉ tiêu 2.1. Có hợp tác xã công nghệ cao.", "- Chỉ tiêu 2.2. Có vùng sản xuất tập trung.", "- Chỉ tiêu 2.3. Có sản phẩm OCOP.", "Xã chọn thực hiện chỉ tiêu 2.2.")]),
    ("QUANTITY-SHARE", [plus(PURPOSE, "- 100% vườn hộ (156/156 vườn) được cải tạo.")]),
    ("UNIT-LABEL", [plus(PURPOSE, "- Hệ thống xử lý nước thải (cái): 88 cái.")]),
    ("LEVEL-SCOPE", [plus(PURPOSE, "- Phấn đấu cao hơn so với những xã khác; học tập các xã bạn trong huyện.")]),
    ("LEVEL-SCOPE", [plus(PURPOSE, "- Xét tặng danh hiệu “xã, phường, thị trấn tiêu biểu”; 100% thôn có nhà văn hóa.")]),
    ("CRITERION-DUP", [instead(DUTY, "- Phối hợp hoàn thành tiêu chí số 2; báo cáo UBND xã trước ngày 20 hằng tháng.")]),
    ("DUTY-SHARED", [instead("7. Ban phát triển 6 thôn", "7. Các ban, ngành, đoàn thể, trường học")]),
    ("TASK-PARTNER", [plus(PURPOSE, "- Giao cán bộ nông nghiệp chủ trì, phối hợp với thôn Đông làm mô hình.")]),
    ("VILLAGE-LIST", [plus(GOAL, "- 02 thôn còn lại (thôn Tây, thôn Nam) phấn đấu đạt thêm 02 tiêu chí trong năm 2024.")]),
    ("TEXT-NOISE", [plus(PURPOSE, "- Ngày ngày luôn luôn giữ sạch; phần đầu của kế hoạch, các chỉ tiêu, tiêu chí.")]),
    ("TEXT-BREAK", [plus(PURPOSE, "- Phát huy vai trò chủ thể của người dân trong xây dựng nông thôn mới, gồm", "a) họp dân bàn bạc;", "b) góp ngày công.")]),
    ("TEXT-ABBREVIATION", [plus(PURPOSE, "- UBND, HĐND, UBMTTQ và HTX cùng thực hiện.")]),
    ("FORM-BASIS", [instead("về xây dựng nông thôn mới năm 2024;", "về xây dựng nông thôn mới năm 2024.")]),
]  # fmt: skip

NAMES = [f"{code} {index}" for index, (code, _) in enumerate(MUST)]


def test_a_sound_plan_is_left_alone():
    assert [(each.code, each.message) for each in found(SOUND) if each.severity != "note"] == []


@pytest.mark.parametrize(("code", "changes"), MUST, ids=NAMES)
def test_a_planted_fault_is_found_with_words_that_stand_there(code, changes):
    text = planted(*changes)
    hits = found(text, code)
    assert hits
    lines = text.split("\n")
    for hit in hits:
        assert hit.message
        assert hit.advice
        for (first, last), quote in zip(hit.lines, hit.quotes, strict=True):
            assert quote
            assert quote in "\n".join(lines[first - 1 : last])
        if hit.fix:
            assert lines[hit.fix.line - 1].count(hit.fix.old) >= 1


@pytest.mark.parametrize(
    ("code", "changes"), MUST_NOT, ids=[f"{code} {n}" for n, (code, _) in enumerate(MUST_NOT)]
)
def test_what_only_looks_like_a_fault_is_left_alone(code, changes):
    hits = [each.message for each in found(planted(*changes), code) if each.severity != "note"]
    noted = code.startswith(("TEXT-", "FORM-")) and found(planted(*changes), code)
    assert (hits, noted or []) == ([], [])


def test_every_check_has_a_page_with_both_kinds_of_example():
    for check in registry.values():
        assert "Bị báo:" in check.page, check.code
        assert "Không bị báo:" in check.page, check.code
