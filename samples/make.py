"""Make the sample papers of xã Làng Mẫu: a plan in Word and a campaign in PDF.

``python samples/make.py`` writes both files beside itself; the PDF needs LibreOffice (``soffice``).
The third sample, ``kieu-mau-2025.txt``, is plain text and is its own source. The commune, its
district and its province do not exist; neither do the papers of theirs that are cited.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from layout import Paper, build  # noqa: E402

ADVANCED = Paper(
    parent="",
    issuer="ỦY BAN NHÂN DÂN\nXÃ LÀNG MẪU",
    number="01/KH-UBND",
    place_date="Làng Mẫu, ngày 15 tháng 01 năm 2025",
    kind="KẾ HOẠCH",
    subject="Xây dựng xã Làng Mẫu đạt chuẩn\nnông thôn mới nâng cao năm 2025",
    recipients=(
        "UBND huyện Bình Mẫu (để báo cáo);",
        "Văn phòng Điều phối NTM huyện;",
        "Thường trực Đảng ủy, HĐND xã;",
        "Ủy ban MTTQ Việt Nam và các đoàn thể xã;",
        "Công chức chuyên môn thuộc UBND xã;",
        "Trưởng các thôn;",
        "Lưu: VT, NTM.",
    ),
    signing=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    body="""
> Căn cứ Quyết định số 263/QĐ-TTg ngày 22 tháng 02 năm 2022 của Thủ tướng Chính phủ phê duyệt
    Chương trình mục tiêu quốc gia xây dựng nông thôn mới;
> Căn cứ Quyết định số 319/QĐ-TTg ngày 08 tháng 3 năm 2022 của Thủ tướng Chính phủ quy định xã
    nông thôn mới kiểu mẫu và ban hành Bộ tiêu chí xã nông thôn mới nâng cao;
> Căn cứ Quyết định số 9999/QĐ-UBND ngày 30 tháng 12 năm 2022 của UBND tỉnh An Mẫu ban hành
    Bộ tiêu chí xã nông thôn mới nâng cao của tỉnh (văn bản giả định);
> Thực hiện Nghị quyết số 99-NQ/ĐU ngày 06 tháng 01 năm 2025 của Đảng ủy xã Làng Mẫu về nhiệm vụ
    năm 2025 (văn bản giả định).
Ủy ban nhân dân xã Làng Mẫu ban hành Kế hoạch xây dựng xã đạt chuẩn nông thôn mới nâng cao
    năm 2025 như sau:
# HIỆN TRẠNG
Xã Làng Mẫu có 04 thôn, 1.860 hộ, 7.120 nhân khẩu; được công nhận đạt chuẩn nông thôn mới
    năm 2020. Tự đánh giá theo Bộ tiêu chí xã nông thôn mới nâng cao đến ngày 31/12/2024,
    xã đạt 14/19 tiêu chí.
## Các tiêu chí đã đạt
Gồm 14 tiêu chí: Quy hoạch (TC1), Thủy lợi và phòng, chống thiên tai (TC3), Điện (TC4),
    Giáo dục (TC5), Văn hóa (TC6), Cơ sở hạ tầng thương mại nông thôn (TC7), Nhà ở dân cư (TC9),
    Nghèo đa chiều (TC11), Lao động (TC12), Y tế (TC14), Hành chính công (TC15),
    Tiếp cận pháp luật (TC16), Chất lượng môi trường sống (TC18), Quốc phòng và An ninh (TC19).
## Các tiêu chí chưa đạt
Gồm 05 tiêu chí, còn thiếu những nội dung sau:
- Tiêu chí Giao thông (TC2): 1,4 km đường trục thôn Soi chưa có rãnh thoát nước; 02 đoạn đường
    trục xã chưa có đèn chiếu sáng.
- Tiêu chí Thông tin và Truyền thông (TC8): điểm sinh hoạt cộng đồng của thôn Bến và thôn Soi
    chưa có wifi miễn phí.
- Tiêu chí Thu nhập (TC10): năm 2024 mới đạt 62,5 triệu đồng/người, thấp hơn mức 70 triệu
    đồng/người/năm phải đạt trong năm 2025.
- Tổ chức sản xuất và phát triển kinh tế nông thôn (TC13): sản phẩm chủ lực chưa có
    mã số vùng trồng; chưa có mô hình truy xuất nguồn gốc.
- Tiêu chí Môi trường (TC17): mới có 41% số hộ phân loại chất thải rắn tại nguồn.
# MỤC TIÊU
## Mục tiêu chung
Giữ vững 14 tiêu chí đã đạt, hoàn thành 05 tiêu chí còn lại trước ngày 31 tháng 10 năm 2025;
    lập hồ sơ đề nghị công nhận xã đạt chuẩn nông thôn mới nâng cao trong quý IV năm 2025.
## Mục tiêu cụ thể
- Thu nhập bình quân đầu người đạt từ 70 triệu đồng/người/năm trở lên.
- Tỷ lệ hộ nghèo đa chiều dưới 1,2% (không tính hộ không còn khả năng lao động).
- Tỷ lệ lao động qua đào tạo đạt ≥ 75%; tỷ lệ người tham gia bảo hiểm y tế đạt trên 95%.
- Ít nhất 50% số hộ phân loại chất thải rắn tại nguồn.
- Có tối thiểu 02 sản phẩm OCOP được xếp hạng 3 sao trở lên.
- Không có công trình nợ đọng xây dựng cơ bản.
- Xây dựng thôn Đình đạt chuẩn thôn nông thôn mới kiểu mẫu.
# LỘ TRÌNH THỰC HIỆN
## Quý I/2025
- Tháng 1, 2/2025: rà soát từng chỉ tiêu, phân công người phụ trách, lập danh mục hồ sơ
    minh chứng.
- Tháng 3/2025: khảo sát, lập dự toán rãnh thoát nước thôn Soi và hệ thống chiếu sáng.
## Quý II/2025
- Tháng 4, 5/2025: lắp đặt wifi miễn phí tại thôn Bến và thôn Soi, hoàn thành tiêu chí số 8 về
    Thông tin và Truyền thông.
- Tháng 6/2025: được cấp mã số vùng trồng, vận hành mô hình truy xuất nguồn gốc, hoàn thành
    tiêu chí số 13 về Tổ chức sản xuất.
## Quý III/2025
- Tháng 7, 8/2025: xây dựng rãnh thoát nước, lắp đèn chiếu sáng, hoàn thành tiêu chí số 2 về
    Giao thông.
- Tháng 9/2025: nhân rộng phân loại chất thải tại nguồn ra 04 thôn, hoàn thành tiêu chí số 17
    về Môi trường.
## Quý IV/2025
- Tháng 10/2025: điều tra, công bố thu nhập bình quân đầu người, hoàn thành tiêu chí số 10 về
    Thu nhập; lấy ý kiến hài lòng của người dân.
- Tháng 11, 12/2025: hoàn thiện hồ sơ, trình cấp có thẩm quyền thẩm định.
# NHIỆM VỤ VÀ PHÂN CÔNG
|| 8 40 28 28 22
| TT | Nhiệm vụ | Chủ trì | Phối hợp | Hoàn thành
| 1 | Xây dựng 1,4 km rãnh thoát nước thôn Soi; lắp 46 bộ đèn chiếu sáng đường trục xã
     | Công chức Địa chính - Xây dựng | Thôn Soi | Trước 31/8/2025
| 2 | Lắp đặt wifi miễn phí tại nhà văn hóa thôn Bến, thôn Soi | Công chức Văn hóa - Xã hội
     | Thôn Bến, thôn Soi | Trước 31/5/2025
| 3 | Xây dựng mô hình truy xuất nguồn gốc, lập hồ sơ mã số vùng trồng | Công chức Nông nghiệp
     | Hợp tác xã Làng Mẫu | Tháng 6/2025
| 4 | Tập huấn phân loại rác cho 1.860 hộ, cấp 930 thùng rác hai ngăn | Hội Liên hiệp Phụ nữ
     | Các thôn | Quý III/2025
| 5 | Điều tra thu nhập bình quân đầu người | Công chức Văn phòng - Thống kê | Trưởng các thôn
     | 20/10/2025
| 6 | Lấy ý kiến về sự hài lòng của người dân | Ủy ban MTTQ Việt Nam xã | Các đoàn thể xã
     | 31/10/2025
# KINH PHÍ THỰC HIỆN
## Nhu cầu kinh phí
|| 8 36 56 26
| TT | Tiêu chí | Nội dung | Kinh phí (triệu đồng)
| 1 | Giao thông (TC2) | Rãnh thoát nước thôn Soi, đèn chiếu sáng đường trục xã | 4.900
| 2 | Thông tin và Truyền thông (TC8) | Wifi miễn phí tại hai nhà văn hóa thôn | 150
| 3 | Tổ chức sản xuất (TC13) | Mã số vùng trồng, truy xuất nguồn gốc | 700
| 4 | Môi trường (TC17) | Thùng rác, tập huấn, tuyên truyền | 1.700
|  | Tổng cộng |  | 7.450
## Nguồn vốn
- Ngân sách huyện hỗ trợ có mục tiêu: 3,5 tỷ đồng;
- Ngân sách xã: 1,2 tỷ đồng;
- Nhân dân đóng góp, doanh nghiệp tài trợ: 900 triệu đồng;
- Tiền thưởng của tỉnh sau khi xã được công nhận đạt chuẩn: 400 triệu đồng.
Tổng các nguồn vốn: 6,2 tỷ đồng.
## Cân đối
Tổng nhu cầu 7,45 tỷ đồng, tổng các nguồn 6,2 tỷ đồng, còn thiếu 1,25 tỷ đồng. Đề nghị
    UBND huyện Bình Mẫu xem xét bổ sung trong dự toán năm 2025.
# TỔ CHỨC THỰC HIỆN
## Ban Quản lý Chương trình xã
Điều hành chung; mỗi tháng họp một lần vào tuần cuối để đánh giá tiến độ và giao việc tháng sau.
## Công chức Địa chính - Xây dựng
Chủ trì thực hiện tiêu chí số 1, 2, 4, 9; tham mưu UBND xã hồ sơ các công trình.
## Công chức Nông nghiệp
Chủ trì thực hiện tiêu chí số 3, 7, 13, 17, 18; đôn đốc, tổng hợp tiến độ chung và báo cáo
    Văn phòng Điều phối NTM huyện trước ngày 20 hằng tháng.
## Công chức Văn hóa - Xã hội
Chủ trì thực hiện tiêu chí số 5, 6, 8, 11, 12; phối hợp với Trạm Y tế xã thực hiện tiêu chí số 14.
## Công chức Văn phòng - Thống kê
Chủ trì thực hiện tiêu chí số 10, 14, 15; tham mưu hồ sơ đề nghị công nhận.
## Công chức Tư pháp - Hộ tịch; Công an xã
Công chức Tư pháp - Hộ tịch chủ trì tiêu chí số 16; Công an xã chủ trì tiêu chí số 19.
## Công chức Tài chính - Kế toán
Tham mưu bố trí và quyết toán kinh phí; hằng quý báo cáo UBND xã tình hình giải ngân.
## Đề nghị Ủy ban MTTQ Việt Nam xã và các đoàn thể
Phối hợp vận động nhân dân hưởng ứng cuộc vận động “Làng Mẫu chung sức xây dựng
    nông thôn mới”; chủ trì lấy ý kiến hài lòng của người dân; Hội Liên hiệp Phụ nữ nhân rộng
    phong trào “Nhà sạch, vườn đẹp”.
## Trưởng các thôn
Tổ chức họp dân, công khai khoản đóng góp; báo cáo UBND xã kết quả trong tuần trước 16 giờ 00
    thứ Sáu hằng tuần qua nhóm Zalo của xã.
Trên đây là Kế hoạch xây dựng xã Làng Mẫu đạt chuẩn nông thôn mới nâng cao năm 2025. Vướng mắc
    phát sinh, các đơn vị, các thôn phản ánh về UBND xã để giải quyết./.
""",
)

CAMPAIGN = Paper(
    parent="UBND XÃ LÀNG MẪU",
    issuer="BAN CHỈ ĐẠO\nXÂY DỰNG NÔNG THÔN MỚI",
    number="02/KH-BCĐ",
    place_date="Làng Mẫu, ngày 03 tháng 3 năm 2025",
    kind="KẾ HOẠCH",
    subject="Phát động đợt cao điểm 90 ngày\nchung tay xây dựng nông thôn mới năm 2025",
    recipients=(
        "Ban Chỉ đạo huyện Bình Mẫu (để báo cáo);",
        "Thường trực Đảng ủy xã;",
        "Thành viên Ban Chỉ đạo xã;",
        "Ban Phát triển các thôn;",
        "Lưu: VT.",
    ),
    signing=("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"),
    body="""
> Thực hiện Kế hoạch số 01/KH-UBND ngày 15 tháng 01 năm 2025 của UBND xã Làng Mẫu về xây dựng xã
    đạt chuẩn nông thôn mới nâng cao năm 2025.
Ban Chỉ đạo xây dựng nông thôn mới xã Làng Mẫu phát động đợt cao điểm 90 ngày trên địa bàn
    04 thôn với các nội dung sau:
# MỤC ĐÍCH, YÊU CẦU
- Tạo khí thế thi đua sôi nổi, để mỗi gia đình có ít nhất một việc làm cụ thể làm đẹp thôn xóm.
- Giao khối lượng đến từng thôn, nghiệm thu từng việc; việc chưa xong trong ngày thì chuyển
    sang ngày kế tiếp.
# THỜI GIAN
Đợt cao điểm kéo dài 90 ngày, chia làm 02 đợt:
- Đợt 1: từ ngày 10/3/2025 đến ngày 30/4/2025.
- Đợt 2: từ ngày 15/5/2025 đến ngày 30/6/2025.
Lễ phát động tổ chức tại sân Đình làng vào 7 giờ 30 ngày 10/3/2025.
# KHỐI LƯỢNG CÔNG VIỆC
## Giao cho các thôn
|| 8 40 13 13 13 13 13 13
| TT | Nội dung | Đơn vị | Thôn Đình | Thôn Chợ | Thôn Bến | Thôn Soi | Toàn xã
| 1 | Trồng hàng rào cây xanh | m | 400 | 300 | 350 | 250 | 1.350
| 2 | Cải tạo vườn tạp | vườn | 12 | 8 | 15 | 10 | 45
| 3 | Xây hố ủ phân hữu cơ | hố | 20 | 16 | 24 | 20 | 80
| 4 | Mở rộng nền đường ngõ xóm | km | 0,3 | 0,2 | 0,4 | 0,35 | 1,25
| 5 | Hộ cam kết thu gom rác | hộ | 480 | 510 | 450 | 420 | 1.860
(Danh sách hộ tham gia tại Phụ lục II kèm theo Kế hoạch này)
## Yêu cầu chung
- 100% tuyến đường thôn được phát quang, dọn vệ sinh vào sáng Chủ nhật.
- Mỗi thôn có ít nhất 01 tuyến đường hoa dài từ 200 m trở lên.
- Không để rác tồn đọng quá 24 giờ tại điểm tập kết.
# CHÍNH SÁCH HỖ TRỢ
Thực hiện theo Nghị quyết số 9998/NQ-HĐND ngày 20/12/2024 của Hội đồng nhân dân xã Làng Mẫu
    (văn bản giả định):
- Hộ nghèo, hộ cận nghèo xây hố ủ phân hữu cơ: hỗ trợ 500.000 đồng/hố.
- Hộ cải tạo vườn tạp từ 500 m² trở lên: hỗ trợ 1,5 triệu đồng/hộ.
- Thôn mở rộng nền đường: hỗ trợ 50 triệu đồng/km.
# CHẾ ĐỘ BÁO CÁO
- Trước 17 giờ 00 hằng ngày, Ban Phát triển thôn gửi hình ảnh và khối lượng đã làm về Thường trực
    Ban Chỉ đạo xã qua nhóm Zalo “Làng Mẫu xanh”.
- Trước 14 giờ 30 thứ Năm hằng tuần, Ban Phát triển thôn báo cáo kết quả tuần và kế hoạch tuần
    sau về Thường trực Ban Chỉ đạo xã.
- Kết thúc mỗi đợt, Thường trực Ban Chỉ đạo xã báo cáo Ban Chỉ đạo huyện.
# TỔ CHỨC THỰC HIỆN
## Thường trực Ban Chỉ đạo xã
Chủ trì theo dõi, đôn đốc, nghiệm thu; tổng hợp kết quả; đề xuất khen thưởng thôn làm tốt.
## Đoàn Thanh niên, Hội Phụ nữ, Hội Nông dân, Hội Cựu chiến binh xã
Mỗi đoàn thể nhận giúp một thôn; Đoàn Thanh niên chủ trì phong trào “Ngày Chủ nhật xanh”.
## Công chức Văn hóa - Xã hội
Tham mưu tuyên truyền trên hệ thống truyền thanh 02 buổi mỗi ngày, đăng tin trên trang thông tin
    điện tử của xã.
## Ban Phát triển các thôn
Họp dân trước ngày 08/3/2025, ghi danh từng hộ; chấm công từng ngày; huy động mỗi hộ một lao động.
Yêu cầu các thành viên Ban Chỉ đạo, Ban Phát triển các thôn tổ chức thực hiện./.
""",
)


def make(folder: Path = HERE) -> None:
    """Write both papers into ``folder``."""
    build(ADVANCED).save(str(folder / "ke-hoach-nang-cao-2025.docx"))
    with tempfile.TemporaryDirectory() as workshop:
        word = Path(workshop) / "phat-dong-90-ngay-2025.docx"
        build(CAMPAIGN).save(str(word))
        shutil.move(to_pdf(word), folder / "phat-dong-90-ngay-2025.pdf")


def to_pdf(word: Path) -> Path:
    """The PDF that LibreOffice makes of a Word file, beside it; RuntimeError where it cannot."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise RuntimeError("Cần LibreOffice (lệnh soffice) để tạo bản PDF.")
    profile = (word.parent / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(word.parent), str(word)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return word.with_suffix(".pdf")


if __name__ == "__main__":
    make()
