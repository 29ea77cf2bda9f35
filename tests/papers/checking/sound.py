"""A sound plan of a made-up commune: every check leaves it alone, and each fault is planted in it."""

from __future__ import annotations

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Finding
from dinhlang.papers.reading import read

SOUND = """ỦY BAN NHÂN DÂN
XÃ XUÂN THỦY

Số: 15/KH-UBND

Xuân Thủy, ngày 09 tháng 4 năm 2024

KẾ HOẠCH
Xây dựng xã Xuân Thủy đạt chuẩn nông thôn mới nâng cao năm 2024

Căn cứ Quyết định số 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ về việc ban hành Bộ tiêu chí quốc gia về xã nông thôn mới và Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao giai đoạn 2021 - 2025; Quyết định số 211/QĐ-TTg ngày 01/3/2024 của Thủ tướng Chính phủ sửa đổi một số tiêu chí;

Căn cứ Kế hoạch số 31/KH-UBND ngày 12/01/2024 của UBND huyện Hải Khê về xây dựng nông thôn mới năm 2024;

UBND xã Xuân Thủy xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

- Giữ vững các tiêu chí đã đạt, hoàn thành các tiêu chí còn lại.

II. MỤC TIÊU

- Xã Xuân Thủy đạt chuẩn nông thôn mới nâng cao trước ngày 31/12/2024.

- Thôn Đông đạt thôn nông thôn mới kiểu mẫu trong tháng 10/2024.

1. Các tiêu chí đã đạt gồm 16 tiêu chí sau:

Tiêu chí Quy hoạch (TC1); Tiêu chí Thủy lợi (TC3); Tiêu chí Điện (TC4); Tiêu chí Giáo dục (TC5); Tiêu chí Văn hóa (TC6); Tiêu chí Cơ sở hạ tầng thương mại nông thôn (TC7); Tiêu chí Thông tin và truyền thông (TC8); Tiêu chí Nhà ở dân cư (TC9); Tiêu chí Nghèo đa chiều (TC11); Tiêu chí Lao động (TC12); Tiêu chí Y tế (TC14); Tiêu chí Hành chính công (TC15); Tiêu chí Tiếp cận pháp luật (TC16); Tiêu chí Môi trường (TC17); Tiêu chí Chất lượng môi trường sống (TC18); Tiêu chí Quốc phòng và an ninh (TC19).

2. Các tiêu chí chưa đạt gồm 3 tiêu chí sau:

Tiêu chí Giao thông (TC2); Tiêu chí Thu nhập (TC10); Tiêu chí Tổ chức sản xuất và phát triển kinh tế nông thôn (TC13).

1/ Tiêu chí Giao thông

- Đường trục xã chưa có biển báo và gờ giảm tốc
- Rãnh thoát nước đường thôn chưa có nắp đậy

2/ Tiêu chí Thu nhập

- Thu nhập năm 2023 mới đạt 66,5 triệu đồng (yêu cầu của tiêu chí năm 2024: ≥ 70 triệu đồng/người/năm)

3/ Tiêu chí Tổ chức sản xuất và phát triển kinh tế nông thôn

- Xã chưa có sản phẩm chủ lực được cấp mã vùng trồng

III. LỘ TRÌNH THỰC HIỆN

Quý II/2024

+ Tháng 5,6/2024 lắp biển báo, gờ giảm tốc đường trục xã; đậy nắp rãnh thoát nước đường thôn hoàn thành tiêu chí số 2 về Giao thông.

Quý III/2024

+ Tháng 7,8/2024 lập hồ sơ cấp mã vùng trồng cho sản phẩm chủ lực hoàn thành tiêu chí số 13 về Tổ chức sản xuất và phát triển kinh tế nông thôn.

+ Tháng 9/2024 mở rộng vùng trồng rau, điều tra thu nhập đạt từ 70 triệu đồng/người/năm hoàn thành tiêu chí số 10 về Thu nhập.

Quý IV/2024

+ Tháng 10/2024 lấy ý kiến sự hài lòng của người dân; tháng 11/2024 lập hồ sơ đề nghị công nhận, trình huyện thẩm tra.

IV. KINH PHÍ

1. Nhu cầu kinh phí

+ Tiêu chí Giao thông: lắp biển báo, gờ giảm tốc, đậy nắp rãnh thoát nước: 5 tỷ đồng.

+ Tiêu chí Thu nhập: mở rộng vùng trồng rau: 0,6 tỷ đồng.

+ Tiêu chí Tổ chức sản xuất và phát triển kinh tế nông thôn: cấp mã vùng trồng: 0,4 tỷ đồng.

(Tổng nhu cầu là 6 tỷ đồng)

2. Nguồn vốn

- Ngân sách huyện 4 tỷ đồng.

- Ngân sách xã 1,5 tỷ đồng.

- Nhân dân đóng góp 0,5 tỷ đồng.

(Tổng nguồn vốn là 6 tỷ đồng)

V. TỔ CHỨC THỰC HIỆN

1. Công chức Địa chính - Xây dựng

- Chủ trì thực hiện tiêu chí số 1, tiêu chí số 2, tiêu chí số 4, tiêu chí số 7, tiêu chí số 17 và tiêu chí số 18.

2. Công chức Nông nghiệp

- Chủ trì thực hiện tiêu chí số 3, tiêu chí số 10 và tiêu chí số 13.

3. Công chức Văn hóa - Xã hội

- Chủ trì thực hiện tiêu chí số 5, tiêu chí số 6, tiêu chí số 8, tiêu chí số 11, tiêu chí số 12 và tiêu chí số 14.

4. Công chức Tư pháp - Hộ tịch

- Chủ trì thực hiện tiêu chí số 15 và tiêu chí số 16.

5. Công an xã

- Chủ trì thực hiện tiêu chí số 19.

6. Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội xã

- Chủ trì thực hiện tiêu chí số 9; lấy ý kiến sự hài lòng của người dân trong tháng 10/2024.

7. Ban phát triển 6 thôn

- Vận động nhân dân giữ gìn vệ sinh đường làng, báo cáo UBND xã trước ngày 20 hằng tháng.

Công chức Nông nghiệp tổng hợp, báo cáo UBND huyện trước ngày 25 hằng tháng.

Trên đây là kế hoạch xây dựng nông thôn mới nâng cao năm 2024, đề nghị các đơn vị tổ chức thực hiện./.

Nơi nhận:
- UBND huyện;
- TT Đảng ủy, HĐND xã;
- UB MTTQ và các tổ chức chính trị - xã hội xã;
- Các thôn;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""


def planted(*changes: tuple[str, str]) -> str:
    """The sound plan with some words changed; each must stand there, the first is changed."""
    text = SOUND
    for old, new in changes:
        if old not in text:
            raise ValueError(f"not in the sound plan: {old}")
        text = text.replace(old, new, 1)
    return text


def found(text: str, *codes: str) -> list[Finding]:
    """What the checks find in a text read as a file."""
    return check(read(text.encode(), name="ke-hoach.txt"), codes or None)
