"""The sample's plan by the set of 2026–2030, so that its board shows owners and claims. Made up.

It says of one criterion that it is reached which the numbers deny, and sets one target below what
the sample set demands: a reader sees how plan and facts are held against each other.
"""

from __future__ import annotations

FIRST_YEAR = 2026
"""The first year of the sample set."""

TEXT = """\
ỦY BAN NHÂN DÂN
XÃ LÀNG MẪU
Số: 02/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Làng Mẫu, ngày 20 tháng 02 năm {year}

KẾ HOẠCH
Xây dựng nông thôn mới xã Làng Mẫu năm {year}
theo Bộ tiêu chí xã nông thôn mới mẫu

Căn cứ Quyết định số 01/2026/QĐ-MẪU của UBND tỉnh An Mẫu ban hành bộ tiêu chí xã nông thôn mới \
(văn bản không có thật, dùng để xem thử).

I. HIỆN TRẠNG
Tự đánh giá theo Bộ tiêu chí xã nông thôn mới đến ngày 31/12/{before}, xã đạt 5/10 tiêu chí.
1. Các tiêu chí đã đạt
Gồm 05 tiêu chí: Quy hoạch (TC1), Hạ tầng kinh tế - xã hội (TC2), Giảm nghèo và an sinh xã hội \
(TC6), Xây dựng hệ thống chính trị và hành chính công (TC9), Tiếp cận pháp luật và an ninh, quốc \
phòng (TC10).
2. Các tiêu chí chưa đạt
Gồm 05 tiêu chí, còn thiếu những nội dung sau:
a) Phát triển kinh tế nông thôn (TC3): tốc độ tăng thu nhập còn thấp.
b) Đào tạo nguồn nhân lực nông thôn (TC4): lao động có bằng cấp, chứng chỉ còn ít.
c) Văn hóa, giáo dục, y tế (TC5): còn người dân chưa tham gia bảo hiểm y tế.
d) Khoa học công nghệ và chuyển đổi số (TC7): hồ sơ minh chứng chưa đủ.
đ) Môi trường và cảnh quan nông thôn (TC8): hộ dùng nước sạch, hộ phân loại rác còn ít.

II. MỤC TIÊU
1. Mục tiêu chung
Giữ vững 05 tiêu chí đã đạt, phấn đấu hoàn thành 05 tiêu chí còn lại trước ngày 30 tháng 11 năm \
{year}.
2. Mục tiêu cụ thể
Tiêu chí Đào tạo nguồn nhân lực nông thôn (TC4): Tỷ lệ lao động qua đào tạo đạt từ 77% trở lên.
Tiêu chí Văn hóa, giáo dục, y tế (TC5): Tỷ lệ người dân tham gia bảo hiểm y tế đạt từ 95,5% trở lên.
Tiêu chí Môi trường và cảnh quan nông thôn (TC8): Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn \
đạt từ 60% trở lên.

III. NHIỆM VỤ
1. Giao Công chức Văn hóa - Xã hội hoàn thiện hồ sơ minh chứng tiêu chí số 7 trước ngày \
15/12/{year}.
2. Giao Công chức Nông nghiệp vận động hộ dân đấu nối nước sạch tập trung, hoàn thành tiêu chí \
số 8 trước ngày 20/12/{year}.

IV. TỔ CHỨC THỰC HIỆN
1. Công chức Địa chính - Xây dựng
Chủ trì thực hiện tiêu chí số 1, 2.
2. Công chức Nông nghiệp
Chủ trì thực hiện tiêu chí số 3, 8.
3. Công chức Văn hóa - Xã hội
Chủ trì thực hiện tiêu chí số 4, 5, 6, 7.
4. Công chức Văn phòng - Thống kê
Chủ trì thực hiện tiêu chí số 9.
5. Công chức Tư pháp - Hộ tịch
Chủ trì thực hiện tiêu chí số 10.

Trên đây là Kế hoạch xây dựng nông thôn mới xã Làng Mẫu năm {year}./.
"""


def paper(year: int) -> tuple[str, bytes]:
    """Name and bytes of the plan as if written in February of the year."""
    text = TEXT.format(year=year, before=year - 1)
    return f"ke-hoach-ntm-bo-moi-{year}.txt", text.encode()
