"""Chains of work: what comes before what, in whatever trade, and the words that say each stage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_CHAINS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("build", (
        ("khảo sát", r"khảo sát|đo đạc|kiểm đếm|đo vẽ"),
        ("lập thiết kế, dự toán", r"(?:lập|làm|thuê)\b[^;.]{0,30}?\b(?:dự toán|thiết kế|phương án"
         r"|dự án|báo cáo kinh tế|bản vẽ)|thiết kế|(?:xin|trình"
         r"|đề nghị)\b[^;.]{0,24}?\b(?:chủ trương"
         r"|phê duyệt)"),
        ("phê duyệt", r"phê duyệt|thông qua(?! hồ sơ)|chấp thuận|cấp (?:giấy )?phép|xin phép"
         r"|cho phép"
         r"|giao vốn"
         r"|ra nghị quyết|quyết nghị|bố trí (?:vốn|đất)|thẩm định (?:dự toán|thiết kế|phương án"
         r"|dự án)"),
        ("chuẩn bị thi công", r"giải phóng mặt bằng|GPMB|đấu thầu|(?:lựa )?chọn (?:nhà thầu|đơn vị)"
         r"|chỉ định thầu|ký hợp đồng (?:thi công|xây)|hiến đất|cắm mốc|bàn giao (?:mặt bằng|đất)"
         r"|thu hồi đất|bồi thường|vận chuyển vật liệu|mua vật (?:liệu|tư)|san (?:nền|lấp|gạt)"
         r"|(?:cấp|nhận|giao)\b[^;.]{0,12}?\bxi măng|mở nền|phát quang|tháo dỡ"
         r"|(?:mặt bằng|đất)\b[^;.]{0,50}?\b(?:thu hồi|bàn giao|giải phóng)"),
        ("thi công", r"khởi công|động thổ|thi công|đổ bê tông|bê tông hóa"
         r"|gắn (?:camera|biển|đèn|bảng|pa nô)"
         r"|dựng (?:cổng|cột|trạm|tường|biển)|khoan|đắp|thảm nhựa"
         r"|xây(?! dựng (?:kế hoạch|phương án"
         r"|quy chế|cơ bản|nông thôn|NTM"
         r"|hồ sơ|dự toán))|lắp(?: đặt| dựng)?\b|cứng hóa|rải nhựa|cải tạo|nâng cấp|sửa chữa"
         r"|kéo điện"
         r"|làm (?:đường|cầu|kè|nhà|sân|rãnh|mương)"),
        ("hoàn thành", r"hoàn thành|làm xong|xây xong"),
        ("nghiệm thu", r"nghiệm thu|kiểm tra chất lượng"),
        ("đưa vào sử dụng", r"bàn giao(?! (?:mặt bằng|đất))|đưa\b[^;.]{0,70}?\bvào\s+(?:sử dụng"
         r"|khai thác|vận hành|hoạt động)|khánh thành|cắt băng|vận hành|đóng điện"
         r"|sử dụng chính thức|mở nước|(?:cấp|phát|thu|gom|phục vụ)\b[^;.]{0,20}?\bchính thức"),
        ("quyết toán", r"quyết toán|tất toán|(?<!tài khoản )thanh toán(?! (?:không|theo|đợt|qua))"),
    )),
    ("money", (
        ("họp dân thống nhất", r"họp (?:dân|thôn|bản|ấp|xóm|bàn|các hộ|nhân dân)|(?:bàn"
         r"|thống nhất)\b"
         r"[^;.]{0,24}?\b(?:mức|việc|đóng góp|phương án)|lấy ý kiến (?:nhân dân|người dân|cộng đồng"
         r"|các hộ)|(?:ban hành|công khai|thông qua|duyệt) (?:mức|quy chế|định mức)"),
        ("thu, huy động", r"thu (?:tiền|đóng góp|quỹ|góp)|(?:huy động"
         r"|vận động)\b[^;.]{0,20}?\b(?:đóng góp"
         r"|ủng hộ|góp)|nộp (?:tiền|đối ứng)|góp đủ"),
        ("chi, làm", r"chi trả|chi tiền|giải ngân|khởi công|thi công|mua sắm|phân bổ|tặng|trao"),
    )),
    ("list", (
        ("rà soát, lập danh sách", r"rà soát(?! hộ nghèo)|bình xét|(?:lập|chốt|duyệt"
         r"|xét) (?:duyệt )?danh sách|đăng ký"
         r"|thống kê|điều tra|xét chọn|chọn hộ|xác định (?:hộ|đối tượng)|bình chọn hộ"),
        ("phê duyệt danh sách", r"phê duyệt|niêm yết|công khai danh sách|quyết định hỗ trợ"),
        ("hỗ trợ, cấp phát", r"hỗ trợ|cấp phát|cấp \d+|trao|chi trả|xóa|xoá|bàn giao"
         r"|giao (?:bò|giống|nhà|vốn)|phát (?:thẻ|quà|giống)|cho vay|giải ngân|tặng|khởi công"
         r"|cấp thẻ"),
    )),
    ("training", (
        ("mua, lắp thiết bị", r"mua(?: sắm)?|đặt mua|trang bị|lắp(?: đặt)?|cài đặt"
         r"|xây dựng phần mềm"),
        ("tập huấn", r"tập huấn|đào tạo|hướng dẫn (?:sử dụng|vận hành|thao tác|cách)|bồi dưỡng"),
        ("vận hành", r"vận hành|đưa\b[^;.]{0,70}?\bvào\s+(?:sử dụng|khai thác|vận hành|hoạt động)"
         r"|sử dụng chính thức|bắt đầu (?:tiếp nhận|hoạt động|dùng|sử dụng)|100% hồ sơ"),
    )),
    ("body", (
        ("thành lập", r"thành lập|(?:họp|hội nghị) (?:thành|sáng) lập|kiện toàn"
         r"|ra quyết định lập|lập (?:tổ|ban|đội|câu lạc bộ|hợp tác xã|hội)"
         r"|đại hội (?:thành lập|sáng lập)|cấp (?:giấy )?(?:chứng nhận )?đăng ký (?:kinh doanh"
         r"|hợp tác)"
         r"|bầu"),
        ("hoạt động", r"ra mắt|tập huấn|họp|ra quân|hoạt động|ký (?:kết )?hợp đồng|tuần tra"
         r"|sinh hoạt"
         r"|phân công|giao ban|chấm|thu gom|vận hành|tổ chức|kiểm tra|kết nạp|góp vốn|đi vào"),
    )),
    ("class", (
        ("tuyển sinh", r"tuyển (?:sinh|học viên|chọn)|chiêu sinh|đăng ký học|khảo sát nhu cầu"
         r"|lập danh sách"
         r" (?:lao động|học viên)"),
        ("mở lớp", r"mở (?:\d+ )?lớp|khai giảng|dạy nghề|tổ chức lớp|đào tạo|học nghề"),
        ("cấp chứng chỉ", r"bế giảng|cấp (?:chứng chỉ|chứng nhận|bằng)|thi (?:lấy|cuối khóa"
         r"|tốt nghiệp)"
         r"|trao (?:chứng chỉ|bằng)|kiểm tra cuối khóa|giới thiệu việc làm"),
    )),
    ("crop", (
        ("chuẩn bị giống, đất", r"(?:cấp|mua|nhận|phát|ươm|chuẩn bị|đặt"
         r"|gieo ươm)\b[^;.]{0,16}?\b(?:giống"
         r"|cây|con)|làm đất|đào hố|cày ải|(?:cải tạo|xử lý|vệ sinh"
         r"|tiêu độc)\b[^;.]{0,20}?\b(?:ao|hồ|đáy|đất|chuồng)"),
        ("trồng, nuôi", r"trồng|thả (?:nuôi|giống|cá)|xuống giống|thả\b[^;.]{0,16}?\b(?:cá|tôm"
         r"|giống)|gieo (?:sạ|cấy|trồng)|cấy|nuôi"),
        ("thu hoạch", r"thu hoạch|thu hái|gặt|xuất (?:bán|chuồng)|nghiệm thu"),
        ("tiêu thụ", r"tiêu thụ|bán|đóng gói|chế biến|giao hàng"),
    )),
    ("product", (
        ("xây dựng hồ sơ sản phẩm", r"(?:lập|làm|hoàn thiện|xây dựng)\b[^;.]{0,12}?\bhồ sơ"
         r"|kiểm nghiệm|in (?:tem"
         r"|bao bì|nhãn)|thiết kế (?:bao bì|nhãn|mẫu)|đăng ký (?:ý tưởng|sản phẩm|nhãn hiệu|mã)"
         r"|hoàn thiện sản phẩm"),
        ("nộp, dự thi", r"(?:nộp|gửi|trình)\b[^;.]{0,20}?\b(?:hồ sơ|sản phẩm|dự thi)"
         r"|đề nghị (?:đánh giá"
         r"|phân hạng|công nhận|cấp)"),
        ("đánh giá", r"đánh giá,? phân hạng|phân hạng|chấm (?:điểm|sao)|thẩm định"),
        ("công nhận", r"công nhận|cấp (?:giấy|mã|sao|chứng nhận)|đạt \d sao"),
        ("công bố, quảng bá", r"công bố|trao (?:giấy|chứng nhận|bằng)|quảng bá|giới thiệu sản phẩm"
         r"|đưa\b[^;.]{0,40}?\blên sàn|ra mắt sản phẩm"),
    )),
    ("recognition", (
        ("tự đánh giá", r"tự (?:đánh giá|chấm|rà soát)"),
        ("lấy ý kiến", r"lấy ý kiến|khảo sát (?:sự )?hài lòng|đánh giá sự hài lòng"),
        ("lập hồ sơ", r"(?:lập|hoàn thiện|hoàn chỉnh|chuẩn bị|hoàn tất|làm|xây dựng"
         r"|tập hợp)\b[^;.]{0,12}?"
         r"\bhồ sơ|họp\b[^;.]{0,20}?\bđề nghị"),
        ("nộp hồ sơ", r"(?:trình|nộp|gửi|chuyển)\b[^;.]{0,30}?\bhồ sơ"
         r"|hồ sơ\b[^;.]{0,70}?\b(?:trình|nộp|gửi"
         r"|về|chuyển)\b|tờ trình|đề nghị\b[^;.]{0,20}?\b(?:thẩm|công nhận|xét)"),
        ("thẩm tra", r"thẩm tra|phúc tra"),
        ("thẩm định", r"thẩm định|hội đồng\b[^;.]{0,16}?\bhọp"),
        ("công nhận", r"công nhận"),
        ("công bố", r"công bố|lễ (?:công bố|đón|trao)|đón (?:nhận )?(?:bằng|danh hiệu)|gắn biển"
         r"|treo biển"),
    )),
    ("contest", (
        ("phát động, hướng dẫn", r"phát động|hướng dẫn|ban hành (?:thể lệ|kế hoạch|bộ tiêu chí"
         r"|thang điểm)"
         r"|cải tạo|chỉnh trang|đăng ký (?:thi|tham gia|dự thi|mô hình)|làm điểm|thực hiện"),
        ("chấm, kiểm tra", r"chấm (?:điểm|thi|giải)|chấm\b|phúc tra|bình chọn|bình xét|kiểm tra"
         r"|nghiệm thu|đánh giá"),
        ("khen thưởng, công nhận", r"công nhận|công bố kết quả|trao (?:giải|thưởng|chứng nhận"
         r"|danh hiệu|bằng|biển)|khen thưởng|biểu dương|cấp giấy"
         r"|tuyên dương|gắn biển|tổng kết|vinh danh"),
    )),
    ("report", (
        ("gửi báo cáo, số liệu", r"(?:gửi|nộp)\b[^;.]{0,24}?\b(?:báo cáo|số liệu|kết quả|biểu)"
         r"|báo cáo\b[^;.]"
         r"{0,40}?\bvề\b|báo cáo\b[^;.]{0,24}?\b(?:gửi|nộp)|thống kê|kiểm kê|chốt số liệu"),
        ("tổng hợp", r"tổng hợp|xây dựng báo cáo|dự thảo báo cáo"),
        ("hội nghị", r"(?:hội nghị|họp)\b[^;.]{0,30}?\b(?:sơ kết|tổng kết|đánh giá|kiểm điểm"
         r"|giao ban)"),
        ("khen thưởng", r"khen thưởng|trao giấy khen|công bố kết quả"),
    )),
    ("paper", (
        ("dự thảo", r"dự thảo|soạn(?: thảo)?|xây dựng (?:quy chế|quy ước|hương ước|đề án|kế hoạch)"
         r"|lập (?:kế hoạch|đề án|quy hoạch)|sửa đổi (?:hương|quy) ước"),
        ("lấy ý kiến, họp bàn", r"lấy ý kiến|(?:họp|hội nghị) (?:nhân )?(?:dân|thôn|xóm|ấp|bàn|lấy)"
         r"|góp ý"),
        ("trình, thẩm định", r"trình|thẩm định"),
        ("phê duyệt, ban hành", r"phê duyệt|ban hành|công nhận|thông qua|ký|duyệt"),
        ("công bố, thực hiện", r"công bố|niêm yết|phổ biến|triển khai|thực hiện|cắm mốc|quán triệt"
         r"|áp dụng|có hiệu lực|ký cam kết"),
    )),
)  # fmt: skip


@dataclass(slots=True, frozen=True)
class Stage:
    """A stage of a chain that words say: its rank in the chain and where its words stand."""

    chain: str
    rank: int
    name: str
    start: int
    end: int


CHAINS = tuple(
    (chain, tuple((name, guarded(rf"\b(?:{words})", re.IGNORECASE)) for name, words in stages))
    for chain, stages in _CHAINS
)
_NOT_DONE_HERE = guarded(
    r"\b(?:sau khi|khi đã|khi có|trên cơ sở|căn cứ|theo|để|nhằm|phục vụ|chờ|đã|chưa|trước khi"
    r"|kết quả|cho)\s+(?:\S+\s+){0,2}$",
    re.IGNORECASE,
)


# A place named behind a word for a thing: “đường Gò Đậu”, “hồ Đồng Mỏ”.
_NAME = re.compile(
    r"\b(?:đường|cầu|ngõ|chợ|trường|tuyến|kênh|bơm|đập|cống|hồ|kè) (?!Thi |Xây |Hội |Ban |Ủy "
    r"|Trung )"
    r"[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?:\s+[A-ZÀ-ỸĐ][a-zà-ỹđ]+)*"
)


def names_of(words: str) -> frozenset[str]:
    """The roads, bridges, markets … that words name, folded."""
    return frozenset(fold(match[0]) for match in _NAME.finditer(words))


def stages(words: str) -> dict[str, Stage]:
    """The stage of each chain that words say first, as the work done; not what it hangs on."""
    found: dict[str, Stage] = {}
    for chain, steps in CHAINS:
        best: Stage | None = None
        for rank, (name, pattern) in enumerate(steps):
            for match in pattern.finditer(words):
                if best is not None and match.start() > best.start:
                    break
                same = best is not None and match.start() == best.start
                if same and best is not None and match.end() <= best.end:
                    break
                if match.start() and _NOT_DONE_HERE.search(words[: match.start()]):
                    continue
                best = Stage(chain, rank, name, match.start(), match.end())
                break
        if best is not None:
            found[chain] = best
    return found
