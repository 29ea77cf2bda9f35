"""Offices and bodies of a commune and above it, found in running text.

An office is a head (``Công chức``, ``UBND``, ``Ban …``, ``Các thôn``) and the words after it up
to a verb, a comma or another stop. Persons' names after ``đồng chí`` are left out: the office
behind the dash stands for the person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dinhlang.papers.reading.letters import compile_vi

_HEADS = (
    r"(?:Các\s+)?(?:[Đđ]/[cC]|[Đđ]ồng chí)s?\s+(?:phụ trách|[Pp]hó [Cc]hủ tịch|[Cc]hủ tịch|"
    r"[Tt]rưởng|[Cc]ông chức|[Cc]án bộ|[Cc]ó tên|thành viên)",
    r"(?:Đồng chí |Đ/c )?(?:Phó )?(?:Chủ tịch|Bí thư|Trưởng ban|Trưởng Công an|Chỉ huy trưởng|"
    r"Hiệu trưởng|Giám đốc|Trạm trưởng)",
    r"(?:[Cc]ác\s+)?(?:[Tt]hành viên|[Ủủ]y viên)\s+(?:[Bb]an|BCĐ|BQL|Tổ)",
    r"(?:Các )?(?:đồng chí )?(?:Cán bộ,? |cán bộ,? )?(?:[Cc]ông chức|[Cc]án bộ|[Vv]iên chức)",
    r"[Cc]huyên trách",
    r"[Bb]ộ phận",
    r"(?:Thường trực |thường trực |TT\.? )?(?:UBND|HĐND|HĐND-UBND|Đảng ủy|Đảng uỷ|[Hh]uyện ủy|"
    r"[Hh]uyện uỷ|[Tt]hành ủy|[Tt]ỉnh ủy|[Ủủ]y ban nhân dân|[Uu]ỷ ban nhân dân|[Hh]ội đồng nhân "
    r"dân)",
    r"(?:[Đđ]ề nghị )?(?:UB ?MTTQ|UBMTTQ|MTTQ|[Ủủ]y ban Mặt trận|[Uu]ỷ ban Mặt trận|[Ủủ]y ban "
    r"MTTQ|[Uu]ỷ ban MTTQ|Mặt trận)",
    r"(?:BCĐ|BCD|BQL|BPT|BTCB|TBCTMT|VPĐP|VP ?ĐP)",
    r"(?:Thường trực |thường trực )?[Bb]an (?:[Cc]hỉ đạo|[Qq]uản lý|[Pp]hát triển|[Cc]án sự|"
    r"[Mm]ặt trận|[Cc]ông tác|[Cc]hỉ huy|[Vv]ăn hóa|[Vv]ăn hoá|[Gg]iám sát|[Nn]hân dân|[Tt]ự "
    r"quản|[Đđ]iều hành)",
    r"[Bb]an,? ngành",
    r"Công an",
    r"Quân sự",
    r"[Vv]ăn phòng",
    r"(?:Các )?[Pp]hòng(?: ban)? (?:[A-ZĐ]|chuyên môn)",
    r"(?:Các )?[Ss]ở (?:[A-ZĐ])",
    r"[Hh]ội đồng",
    r"(?:Các )?[Hh]ội (?:[Ll]iên hiệp|LHPN|[Nn]ông dân|[Cc]ựu|CCB|[Pp]hụ nữ|[Nn]gười cao tuổi|"
    r"[Kk]huyến học|[Cc]hữ thập|ND|PN)",
    r"(?:Đoàn (?:[Tt]hanh niên|TN|xã|Thanh niên)|Đoàn TNCS)",
    r"(?:[Cc]ác )?(?:[Cc]hi hội|[Đđ]oàn thể|[Tt]ổ chức (?:chính trị|đoàn thể|CT-XH)|[Tt]ổ chức, "
    r"đoàn thể|ngành, đoàn thể|ban, ngành|ngành|ban ngành)",
    r"(?:[Cc]ác )?[Tt]rạm (?:[Yy] tế|[Kk]huyến nông|[Tt]hú y)",
    r"(?:[Cc]ác )?(?:\d+ )?(?:nhà )?[Tt]rường (?:[Mm]ẫu giáo|học|[Tt]iểu học|THCS|[Mm]ầm non|TH|"
    r"MN|trên)",
    r"(?:Các )?(?:[Hh]ợp tác xã|HTX|[Tt]ổ hợp tác)",
    r"[Đđ]ài [Tt]ruyền thanh",
    r"[Bb]ưu điện",
    r"(?:Điện lực|[Cc]hi nhánh (?:[Đđ]iện|[Vv]iễn|[Nn]gân))",
    r"(?:[Đđ]ồn|[Bb]ộ đội) [Bb]iên phòng|(?:[Hh]ạt|[Tt]rạm) [Kk]iểm lâm|[Vv]iễn thông [A-ZĐ]"
    r"|(?:VNPT|Viettel)\b|[Tt]rạm (?:[Cc]ấp nước|[Tt]hủy nông|[Qq]uản lý)"
    r"|(?:[Cc]ông ty|[Xx]í nghiệp) [A-ZĐ]",
    r"[Tt]ổ (?:[Bb]iên tập|[Cc]ông nghệ|[Cc]ông tác|[Kk]huyến nông|[Hh]òa giải|[Gg]iúp việc|"
    r"[Đđ]ội|[Tt]ự quản)",
    r"(?:Các )?(?:[Tt]rưởng|[Bb]í thư chi bộ|[Cc]hi bộ)(?:,? trưởng)? (?:thôn|khu|bản|ấp|buôn|"
    r"xóm|khóm|tổ)",
    r"(?:[Cc]ác|[Nn]hân dân các|\d+) (?:đơn vị |cơ sở )?(?:thôn|khu|bản|ấp|buôn|xóm|khóm|tổ dân "
    r"phố|cơ quan|đơn vị|khu dân cư|KDC)",
    r"(?:Địa chính|Tư pháp|Tài chính|Kế toán|Văn hóa|Văn hoá|Thống kê|Nông nghiệp|Kinh tế|Lao "
    r"động)(?= ?[-–,&]| xã| và)",
    r"(?:Các )?(?:cơ quan|đơn vị|Cơ quan|Đơn vị) (?:được|chủ trì|chuyên môn|liên quan)",
    r"(?:Chánh |Phó )?[Tt]rung tâm (?:[A-ZĐ]|[Pp]hục vụ|[Dd]ịch vụ|[Yy] tế|[Vv]ăn hóa)",
    r"[Cc]hi (?:bộ|hội|đoàn|ủy)",
    r"(?:Các )?[Tt]rưởng (?:các )?(?:thôn|xóm|bản|ấp|buôn|khu|khóm|phòng|ban)|[Xx]óm trưởng|"
    r"[Tt]hôn trưởng|[Kk]hu trưởng",
    r"(?:Các )?[Tt]ổ (?:liên gia|trưởng|tự quản|nhân dân)",
    r"Các (?:ngành|lĩnh vực)[^.;:]{0,60}còn lại",
    r"Quỹ tín dụng|Ngân hàng|Doanh nghiệp",
)
_VERBS = (
    r"đột xuất|cài |thu |gom |tình hình|kết quả|số liệu|tiến độ|danh sách|đưa |cấp |lấy |nắm |"
    r"bàn |ghi |rà |lắp |lát |"
    r"dựng |mua |kê |cử |chuyển |nạo |trồng |sửa |đắp |đổ |vẽ |quét |dọn |xử lý |phát triển(?! "
    r"thôn| khu| bản| ấp| xóm| buôn| khóm| nông)|họp |bảo đảm|chịu |giúp |tham mưu|phối hợp|chủ "
    r"trì|chủ động|xây dựng|thực hiện|tổ chức(?! chính| đoàn| hội| CT| đảng)|tăng cường|tiếp "
    r"tục|hoàn thành|"
    r"hoàn thiện|báo cáo|theo dõi|đôn đốc|kiểm tra|triển khai|hướng dẫn|tuyên truyền|vận động|chịu|"
    r"căn cứ|có trách nhiệm|có kế hoạch|có nhiệm vụ|giao|rà soát|đẩy mạnh|là |làm|tập trung|"
    r"tham gia|nâng cao|duy trì|"
    r"đảm bảo|bảo đảm|quan tâm|chỉ đạo(?! nông| NTM| xây| chương| Chương| các| xã| huyện| tỉnh| "
    r"cấp)|đề nghị|yêu cầu|để |trong |được|cùng |với |về |"
    r"theo |thông báo|xem xét|bố trí|phân công|phân bổ|hỗ trợ|đề xuất|gửi|nộp|trước |hàng |hằng "
    r"|định kỳ|kịp thời|"
    r"thường xuyên|sẽ |phải |cần |có (?!tên)|nghiêm|khẩn trương|tự |lồng ghép|huy động|quản lý "
    r"(?!xây)|giám sát|"
    r"đăng ký|tổng hợp(?! NTM| nông thôn)|thẩm định|trình |ban hành|phát động|thành lập|củng cố|"
    r"kiện toàn|chủ tịch "
    r"quyết|căn cứ|qua |vào |mỗi |từ |bám sát|phụ trách(?! lĩnh| nông| kinh| văn| các| NTM| "
    r"công)|"
    r"thống nhất|soát|cụ thể|đóng góp|lắp đặt|hiến|rồi|đã |không |chưa |cũng |để|nhằm|đạt|tại |"
    r"ở |khảo sát|lập |mở |phổ biến|giúp|giữ |quyết định|hằng|hàng|chậm|gắn |ra mắt|ra quân|"
    r"xây |dặm |vá |đào |cắm |dỡ |tháo |san |kéo |thay |chỉnh trang|cải tạo|nâng cấp|mở rộng|"
    r"ký |tập huấn|tặng |trao |bàn giao|phát quang|khơi |chụp |chấm |xóa |xoá |dán |treo |xin |"
    r"cung cấp|vận hành|chuẩn bị|cập nhật|công khai|niêm yết|khởi công"
)
_OFFICE = compile_vi(rf"(?<![\w/])(?:{'|'.join(_HEADS)})")
_STOP = compile_vi(
    rf"[;:.!?()“”\"]|,\s*(?!ban |ngành |đoàn thể|công chức|viên chức|HĐND|UBND)|"
    rf"(?<![Xx]ây)(?<![Cc]hương)(?<![Vv]ụ)(?<![Tt]hống)(?<!-(?=\sxây dựng))(?<!–(?=\sxây dựng))"
    rf"\s(?=(?:{_VERBS}))|\s+(?=(?:và|cùng|"
    rf",)\s+(?:các\s+)?(?:{_VERBS}))"
)
_PERSON = compile_vi(
    r"(?:[Cc]ho\s+)?(?:đ/c|Đ/c|[Đđ]ồng chí|ông|bà|Ông|Bà)\s+"
    r"(?P<name>[A-ZÀ-Ỹ][a-zà-ỹ]*(?:\s+[A-ZÀ-Ỹ][a-zà-ỹ]*){1,4})\s*[-–—,]\s*"
)
_PERSON_BEGINS = "CcĐđÔôOoBb"
MAX_WORDS = 16


@dataclass(slots=True, frozen=True)
class Office:
    """An office in a text: ``text[start:end]`` is ``name``."""

    start: int
    end: int
    name: str


def skip_person(text: str, at: int) -> int:
    """Where the office begins behind ``đ/c Họ Tên – ``; ``at`` where no person is named there."""
    if text[at : at + 1] not in _PERSON_BEGINS:
        return at
    match = _PERSON.match(text, at)
    return match.end() if match else at


def office_at(text: str, at: int) -> Office | None:
    """The office that begins at ``at``, a person's name before it skipped."""
    start = skip_person(text, at)
    match = _OFFICE.match(text, start)
    if not match:
        return None
    stop = _STOP.search(text, match.end())
    end = stop.start() if stop else len(text)
    end = _trim(text, start, end)
    return Office(start, end, text[start:end]) if end > start else None


def _trim(text: str, start: int, end: int) -> int:
    words = text[start:end].split(" ")
    if len(words) > MAX_WORDS:
        end = start + len(" ".join(words[:MAX_WORDS]))
    kept = text[start:end].rstrip(" ,-–—&")
    kept = re.sub(r"\s+(?:và|cùng|với|các|cho|của|liên quan để)$", "", kept)
    return start + len(kept)


def find_offices(text: str, start: int = 0, end: int | None = None) -> list[Office]:
    """Every office named in ``text[start:end]``, in order, none inside another."""
    out: list[Office] = []
    at = start
    stop = len(text) if end is None else end
    while True:
        match = _OFFICE.search(text, at, stop)
        if not match:
            return out
        office = office_at(text, match.start())
        if office and office.end <= stop + 1:
            out.append(office)
            at = max(office.end, match.end())
        else:
            at = match.end()


_AND = compile_vi(r"\s*(?:,|;|\bvà\b|\bcùng\b)\s*")


def split_offices(text: str) -> list[str]:
    """A list of offices in words (``A, B và C``) to its members; one office stays one.

    A comma inside an office (``ban, ngành, đoàn thể``) does not part it.
    """
    out: list[str] = []
    end = 0
    for match in [*_AND.finditer(text), None]:
        stop = match.start() if match else len(text)
        part = text[end:stop].strip(" .;:-–")
        begin = end
        end = match.end() if match else len(text)
        if not part:
            continue
        if out and (part.startswith(_MEMBERS) or not _OFFICE.match(part)):
            gap = text[text.rfind(out[-1], 0, begin) + len(out[-1]) : text.find(part, begin)]
            out[-1] += gap + part
        else:
            out.append(part)
    return out


_MEMBERS = ("ngành", "đoàn thể", "các đoàn thể", "công chức", "viên chức", "đơn vị")


def split_list(text: str) -> list[str]:
    """A plain list of bodies (a cell of a table, what stands behind “Phối hợp:”) to its members.

    ``ban, ngành, đoàn thể`` and names joined inside (``Văn phòng HĐND và UBND``) stay whole.
    """
    out: list[str] = []
    for part in re.split(r"\s*[;,]\s*|\s+và\s+(?=[A-ZĐ]|các )", text):
        part = part.strip(" .:-–")
        if not part:
            continue
        if out and out[-1].endswith("HĐND") and part.startswith("UBND"):
            out[-1] += f" và {part}"
            continue
        if out and (
            part in ("ngành", "đoàn thể", "đơn vị", "UBND", "HĐND")
            or part.startswith(("ngành ", "đoàn thể "))
        ):
            joint = text[text.find(out[-1]) + len(out[-1]) : text.find(part, text.find(out[-1]))]
            out[-1] += (joint or ", ") + part
        else:
            out.append(part)
    return out


_VERB_NEXT = compile_vi(rf"\s+(?:{_VERBS})")


def verb_follows(text: str, office: Office) -> bool:
    """Whether a verb follows the office: then the words behind it are no part of its name."""
    return bool(_VERB_NEXT.match(text, office.end))


def stop_of_list(text: str, start: int) -> int:
    """Where a list of bodies that begins at ``start`` ends: before a verb or a full stop."""
    verb = _VERB_NEXT.search(text, start)
    mark = re.search(r"[;:.(]", text[start:])
    ends = [verb.start() if verb else len(text), start + mark.start() if mark else len(text)]
    return min(ends)
