"""Bodies of a commune and above it, known in all their names: “Đ/c Kế toán”, “Công chức Tài chính”.

``bodies_in`` gives the keys of the bodies a text names; two names of one body have one key.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import any_in, guarded

VILLAGE = r"thon|khu dan cu|kdc|ban|ap|xom|buon|khom|khu pho|to dan pho|lang"
# Key, what to call it, its names folded. More special names stand first and hide the others.
BODIES: tuple[tuple[str, str, str], ...] = (
    ("chutich", "Chủ tịch UBND", r"(?<!pho )chu tich (?:ubnd|uy ban nhan dan|uy ban|xa)"),
    ("phochutich", "Phó Chủ tịch UBND",
     r"pho chu tich(?: thuong truc)? (?:ubnd|uy ban nhan dan|uy ban|xa|phu trach)"),
    ("bcd-phu", "Trưởng, phó ban chỉ đạo", r"(?:truong|pho)(?: truong)? (?:ban chi dao|bcd"
     r"|ban)\b"),
    ("vpdp", "Văn phòng Điều phối", r"van phong dieu phoi|vp ?dp|vpdp(?: ntm)?"),
    ("giupviec", "Tổ giúp việc", r"to giup viec|to cong tac|to tham muu"),
    ("giamsat", "Ban giám sát cộng đồng", r"(?:ban )?giam sat (?:dau tu cua )?cong dong"),
    ("thon", "thôn", rf"(?<!uy )ban (?:phat trien|can su|nhan dan|dieu hanh|cong tac mat tran"
     rf"|mat tran"
     rf"|tu quan|van dong)"
     rf"(?: cac| \d+| 0\d)*(?: (?:{VILLAGE}))?"
     rf"|(?:bi thu(?: chi bo)?,? )?(?:va )?truong (?:cac )?(?:{VILLAGE})\b(?! (?:tieu|mam|thcs))"
     rf"|(?:thon|xom|ap|khu|ban) truong|bi thu chi bo|chi bo (?:cac )?(?:{VILLAGE})"
     rf"|(?:cac|\d+|tung|moi)(?: co so| don vi)? (?:thon|khu dan cu|kdc|ap|xom|buon|khom|khu pho"
     rf"|to dan pho|khu|ban)\b(?! (?:chi|quan|nganh))"
     r"|to lien gia|to tu quan"),
    ("bcd", "Ban Chỉ đạo", r"ban chi dao|\bbcd\b"),
    ("bql", "Ban Quản lý", r"ban quan ly|\bbql\b"),
    ("mttq", "Mặt trận Tổ quốc", r"mat tran|mttq|ub ?mttq|ubmt\b|\bmt to quoc"),
    ("phunu", "Hội Phụ nữ", r"phu nu|h?lhpn|\bh?pn\b"),
    ("nongdan", "Hội Nông dân", r"hoi nong dan|\bhnd\b|hoi nd\b|chi hoi nong dan"),
    ("ccb", "Hội Cựu chiến binh", r"cuu chien binh|\bh?ccb\b"),
    ("doan", "Đoàn Thanh niên", r"thanh nien|doan tncs|\bdtn\b|doan xa|chi doan|tncs|doan tn\b"),
    ("nct", "Hội Người cao tuổi", r"nguoi cao tuoi|\bh?nct\b"),
    ("khuyenhoc", "Hội Khuyến học", r"khuyen hoc"),
    ("ctd", "Hội Chữ thập đỏ", r"chu thap do"),
    ("congan", "Công an", r"cong an|\bca xa\b"),
    ("quansu", "Ban Chỉ huy Quân sự", r"quan su|chi huy truong|\bb?chqs\b"),
    ("taichinh", "Tài chính - Kế toán", r"tai chinh|ke toan|\btc ?- ?kt\b"),
    ("vanphong", "Văn phòng - Thống kê", r"van phong(?: (?:hdnd|ubnd|dang uy|uy ban nhan dan"
     r"|hoi dong nhan dan)(?: ?(?:-|va|,|&)"
     r" ?(?:ubnd|hdnd|uy ban nhan dan))?)?|thong ke(?! so)"),
    ("tuphap", "Tư pháp - Hộ tịch", r"tu phap|ho tich|\btp ?- ?ht\b"),
    ("nongnghiep", "Nông nghiệp", r"(?:cong chuc|can bo|phu trach|bo phan|chuyen mon"
     r"|nganh)\s+(?:\S+ ){0,3}?nong(?: |-)(?:nghiep|lam)"
     r"|khuyen nong|thu y|nong nghiep -|^nong nghiep|tram khuyen nong"),
    ("diachinh", "Địa chính - Xây dựng", r"dia chinh|\bdc ?- ?(?:nn|xd)\b|xay dung - do thi"
     r"|do thi va moi truong"),
    ("laodong", "Lao động - Thương binh và Xã hội", r"lao dong(?: -|,| thuong binh|-tb)|ldtb"
     r"|ld ?- ?tb"
     r"|(?:cong chuc|can bo|nganh|bo phan) lao dong"
     r"|thuong binh"),
    ("vanhoa", "Văn hóa - Xã hội", r"van hoa|vh ?- ?xh|\bvhxh\b"),
    ("ttvh", "Trung tâm Văn hóa", r"trung tam (?:van hoa|truyen thong|vh)[^;.:|]{0,50}?"
     r"(?=huyen|thi xa|tinh|,|;|$| (?:dung|to chuc|phat|chu tri|phoi hop|lam|ho tro|bien))"),
    ("tttyt", "Trung tâm Y tế", r"trung tam y te"),
    ("ttkn", "Trung tâm, trạm khuyến nông", r"trung tam (?:khuyen nong|dich vu nong nghiep"
     r"|ky thuat nong nghiep)"),
    ("bienphong", "Đồn Biên phòng", r"don bien phong|(?:bo doi )?bien phong"),
    ("kiemlam", "Kiểm lâm", r"(?:hat |tram |cong chuc )?kiem lam"),
    ("vienthong", "đơn vị viễn thông", r"(?:chi nhanh |trung tam |doanh nghiep )?vien thong"
     r"|\bvnpt\b|\bviettel\b|mobifone"),
    ("thuynong", "đơn vị thủy nông", r"(?:xi nghiep|cong ty|tram|chi nhanh|to|cum) "
     r"(?:tnhh )?(?:mtv )?(?:khai thac |quan ly )?(?:cong trinh )?thuy (?:loi|nong)"),
    ("capnuoc", "đơn vị cấp nước", r"(?:tram|cong ty|xi nghiep|nha may|chi nhanh) (?:co phan )?"
     r"(?:cap nuoc|nuoc sach)"),
    ("tocn", "Tổ công nghệ số cộng đồng", r"to cong nghe so|\btcnscd\b"),
    ("lamvuon", "Hội Làm vườn", r"hoi lam vuon"),
    ("dongy", "Hội Đông y", r"hoi dong y"),
    ("daitt", "Đài Truyền thanh", r"truyen thanh|dai xa|ban bien tap"),
    ("tramyte", "Trạm Y tế", r"tram y te|tram truong|y te (?:xa|co so)|^y te\b"),
    ("truong", "trường học", r"(?:cac |\d+ )?(?:nha )?truong (?:hoc|mam non|mau giao|tieu hoc"
     r"|thcs|th\b|mn\b|trung hoc|pho thong)"
     r"|hieu truong|nha truong|cac truong|\d+ truong"),
    ("htx", "hợp tác xã", r"hop tac xa|\bhtx|to hop tac"),
    ("buudien", "Bưu điện", r"buu dien(?: ?(?:-|va)? ?van hoa(?: xa)?)?"),
    ("dienluc", "Điện lực", r"dien luc|chi nhanh dien"),
    ("nganhang", "ngân hàng, quỹ tín dụng", r"ngan hang|quy tin dung|nhcsxh|\bagribank"),
    ("ttpvhcc", "Trung tâm Phục vụ hành chính công", r"phuc vu hanh chinh cong|mot cua"),
    ("ttdv", "Trung tâm Dịch vụ", r"trung tam (?:cung ung )?dich vu"),
    ("kinhte", "Phòng Kinh tế", r"phong kinh te"),
    ("chuyentrach", "cán bộ chuyên trách nông thôn mới", r"chuyen trach"
     r"|can bo (?:phu trach )?(?:ntm|nong thon moi)"
     r"|cong chuc (?:phu trach )?(?:ntm|nong thon moi)"),
    ("ubnd", "UBND", r"\bubnd\b|uy ban nhan dan"),
    ("hdnd", "HĐND", r"\bhdnd\b|hoi dong nhan dan"),
    ("du", "Đảng ủy", r"dang uy|huyen uy|tinh uy|\bdu\b"),
    ("doanthe", "các đoàn thể", r"doan the|to chuc (?:chinh tri|ct)|ct-xh|cac hoi\b"),
    ("bannganh", "các ban, ngành", r"ban,? nganh|cac nganh|cac bo phan|cac co quan"),
)  # fmt: skip
# A blank and a verb of work: where the name of a body ends.
VERB_OF_WORK = re.compile(
    r"\s(?=(?:chủ trì|phối hợp|tổ chức|thực hiện|hướng dẫn|giải ngân|thu mua|mở|lắp|sửa|vận hành"
    r"|cung ứng|hỗ trợ|tuyên truyền|vận động|giám sát|xây dựng|triển khai|phụ trách|đảm nhận|nhận"
    r"|lập|giúp|trồng|huy động|cử|thay|cấp|cho vay|thành lập|bao tiêu|ký|tập huấn|khám|rà soát"
    r"|kiểm tra|chịu|có trách nhiệm|bảo đảm|đảm bảo|phát|duy trì|thu gom|quản lý|tham gia|làm|nạo"
    r"|tiếp|sắp xếp|trực|ghi|đón|soạn|in|gắn|vẽ|quét|bàn giao|giữ|canh|nhắc|soát|chấm"
    r"|đầu tư|kéo|cải tạo"
    r"|nâng cấp|bảo trì|theo dõi|chuyển giao|tư vấn|lấy|bố trí|đăng"
    r"|hoàn thành|tham mưu|chỉ đạo|phân công|ra (?:quân|nghị|mắt)|dọn|chăm sóc|ươm|đo|cắm"
    r"|xác nhận|bình xét"
    r"|cam kết|tài trợ|ủng hộ|đóng góp|thi công|khảo sát|thẩm định|nghiệm thu|dạy|tuần tra"
    r"|được giao"
    r"|trực tiếp|xử lý|đôn đốc|biên tập|treo|sản xuất|chế biến|tiêu thụ|giới thiệu|trao)\b)"
)
_HIGHER = re.compile(r"\b(?:huyen|tinh|thanh pho|thi xa|trung uong|cap tren|tp)\b")
NAMES = {key: name for key, name, _ in BODIES}


@lru_cache(maxsize=2048)
def bodies_in(text: str) -> tuple[tuple[str, str], ...]:
    """The bodies a text names, in order, as (key, level); the level is ``tren`` above the commune.

    A word of a higher level counts for the body it stands behind.
    """
    folded = fold(text)
    matches = _found(folded)
    out: list[tuple[str, str]] = []
    for at, (named, match) in enumerate(matches):
        stop = matches[at + 1][1].start() if at + 1 < len(matches) else len(folded)
        behind = re.split(r"[,;]", folded[match.end() : stop])[0]
        level = "tren" if _HIGHER.search(f"{match[0]} {behind[:60]}") else "xa"
        room = folded[max(0, match.start() - 6) : match.start()].endswith("phong ")
        if room and BODIES[named][0] not in ("kinhte", "vanhoa"):
            level = "tren"  # a room of the district; the rooms of a commune are known by name
        elif re.search(r"\b(?:xa|phuong)\b", behind[:24]) and not re.search(
            r"^\W*(?:huyen|tinh)", behind
        ):
            level = "xa"
        if (BODIES[named][0], level) not in out:
            out.append((BODIES[named][0], level))
    return tuple(out)


def name_of(key: str) -> str:
    """What to call a body."""
    return NAMES.get(key, key)


def mentions_in(folded: str) -> list[tuple[int, int]]:
    """Where each body begins and ends in a folded text."""
    return [match.span() for _, match in _found(folded)]


@cache
def _each() -> tuple[tuple[int, tuple[str, ...], re.Pattern[str]], ...]:
    """The bodies by their place in ``BODIES``, with words of which one stands in any such name."""
    # A body's name begins with a word.
    every = [guarded(rf"(?<![^\W_])(?:{words})") for _, _, words in BODIES]
    return tuple((at, each.words, each.pattern) for at, each in enumerate(every))


@lru_cache(maxsize=2048)
def _found(folded: str) -> tuple[tuple[int, re.Match[str]], ...]:
    """The names of bodies from left to right, each with its place in ``BODIES``.

    As one pattern of all of them would find them, the first of those that begin at one letter; but
    only those are looked for that may be there, which is a tenth of the time.
    """
    ahead = [
        (match.start(), at, match, pattern)
        for at, words, pattern in _each()
        if any_in(words, folded) and (match := pattern.search(folded))
    ]
    out: list[tuple[int, re.Match[str]]] = []
    while ahead:
        _, named, found, _ = min(ahead, key=lambda each: each[:2])
        out.append((named, found))
        later = []
        for start, at, match, pattern in ahead:
            if start >= found.end():
                later.append((start, at, match, pattern))
            elif again := pattern.search(folded, found.end()):
                later.append((again.start(), at, again, pattern))
        ahead = later
    return tuple(out)
