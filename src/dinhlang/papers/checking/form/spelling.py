"""Misspelt words: syllables that cannot be, words of the field with a wrong mark or first letter.

A word is called misspelt where one of its syllables differs from a common word of two syllables
only by its marks, or only by a first letter that sounds alike, and the pair is no word itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Generic, TypeVar

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.places import at, numbered, words_in_lines
from dinhlang.papers.plan import Fix, Plan
from dinhlang.vietnamese import fold, is_syllable, tone_key

_WORDS_TEXT = """
phấn đấu|thực hiện|nông thôn|xây dựng|tiêu chí|chỉ tiêu|kế hoạch|hoàn thành|triển khai|tổ chức
tuyên truyền|vận động|nhân dân|người dân|phát triển|sản xuất|kinh tế|văn hóa|xã hội|giáo dục
môi trường|giao thông|thủy lợi|thu nhập|lao động|việc làm|chất lượng|nâng cao|hiệu quả|quản lý
giám sát|kiểm tra|đánh giá|báo cáo|tổng hợp|phối hợp|chủ trì|tham mưu|phụ trách|trách nhiệm
nhiệm vụ|giải pháp|mục tiêu|mục đích|yêu cầu|nội dung|thời gian|tiến độ|lộ trình|kinh phí
ngân sách|nguồn vốn|nguồn lực|huy động|đóng góp|hỗ trợ|đầu tư|hạ tầng|công trình|xử lý|sử dụng
đảm bảo|bảo đảm|bảo vệ|giữ vững|giữ gìn|củng cố|duy trì|tăng cường|đẩy mạnh|tập trung|chú trọng
quan tâm|lãnh đạo|chỉ đạo|điều hành|chính quyền|chính sách|chính trị|đoàn thể|cán bộ|công chức
đảng viên|hội viên|đoàn viên|phụ nữ|thanh niên|nông dân|cựu chiến|mặt trận|tổ quốc|an ninh
trật tự|quốc phòng|an toàn|thực phẩm|vệ sinh|nước sạch|chất thải|rác thải|nước thải|thu gom
phân loại|cây xanh|cảnh quan|chiếu sáng|đường trục|nội đồng|bê tông|cứng hóa|mặt đường|thoát nước
nhà ở|dân cư|khu dân|hộ gia|gia đình|hộ nghèo|cận nghèo|đa chiều|y tế|bảo hiểm|sức khỏe|trẻ em
học sinh|trường học|mầm non|tiểu học|phổ cập|đào tạo|thông tin|truyền thông|truyền thanh|chuyển đổi
công nghệ|trực tuyến|dịch vụ|hành chính|pháp luật|tiếp cận|hòa giải|tư pháp|quy hoạch|quy định
quyết định|nghị quyết|hướng dẫn|thống kê|rà soát|thẩm định|thẩm tra|công nhận|hồ sơ|minh chứng
đề nghị|đề xuất|khó khăn|vướng mắc|kịp thời|thường xuyên|định kỳ|hằng tháng|hằng năm|hằng tuần
sơ kết|tổng kết|khen thưởng|biểu dương|phong trào|thi đua|cuộc vận|toàn dân|đoàn kết|đời sống
tinh thần|vật chất|phong phú|hợp tác|doanh nghiệp|sản phẩm|chủ lực|liên kết|chuỗi giá|giá trị
mô hình|kiểu mẫu|thông minh|trung tâm|thể thao|di tích|lễ hội|du lịch|nhà văn|điểm vui|vui chơi
giải trí|thành viên|trưởng thôn|chi bộ|đảng ủy|ủy ban|hội đồng|ban chỉ|nghiêm túc|quyết liệt
đồng bộ|toàn diện|bền vững|sâu rộng|tích cực|chủ động|sáng tạo|tự nguyện|công khai|minh bạch
dân chủ|đồng thuận|nhận thức|ý thức|hành động|cụ thể|phù hợp|thực tế|địa phương|cơ sở|ra quân
chỉnh trang|cải tạo|nâng cấp|mở rộng|xuống cấp|sửa chữa|lắp đặt|trồng mới|chăm sóc|hàng rào
khu vực|vùng trồng|nông sản|cây trồng|vật nuôi|chăn nuôi|trồng trọt|thủy sản|lâm nghiệp|khuyến nông
dịch bệnh|thiên tai|phòng chống|cứu nạn|giảm nghèo|an sinh|người có|công bố|đăng ký|cam kết
nhà tiêu|hợp vệ|giếng nước|bể chứa|hố rác|thùng rác|điểm tập|tập kết|vận chuyển|xã viên
bộ phận|đơn vị|đối tượng|địa bàn|điều kiện|đôn đốc|địa chỉ
"""
# Pairs that stand side by side in sound sentences though they look like a misspelt word.
_SIDE_BY_SIDE_TEXT = """
chi tiêu|mỗi trường|cộng tác|trong cây|phần đầu|công nhân|trường thôn|hàng năm|hàng tháng|hàng tuần
giải phóng|quản lí|đăng kí|công bộ|trong mới|cần nghèo|còn nghèo|mới trường|hộ giá|ban chi|bản chỉ
chỉ bộ|giảm sát|thôn có|đường trực|dân cử|trường trực|đồng bào|trong trọt|cây trong|đầu từ
truyền thống|truyền thông|hộ già|tư phát|trong trường|chỉ định|trưởng bản|bản thân|trong tâm|tự pháp
trọng tâm|vận dụng|thời giá|đồng nội|gia trị|hộ trở|phụ trợ|phù trợ|toàn dân|toán dân|giống cây
bộ phần|hợp về|nối đồng
"""
# Words of which nothing else can be meant even with two wrong marks: “phân đâu”.
_NOTHING_ELSE = frozenset(
    ["phấn đấu", "thực hiện", "triển khai", "tuyên truyền", "xây dựng", "phối hợp", "nông thôn"]
)
_CONFUSED = (("n", "l"), ("s", "x"), ("ch", "tr"), ("d", "gi"), ("d", "r"), ("r", "gi"))
_PAIR_OF = re.compile(r"[^\W\d_]+")
_VOWEL_MARK = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
# ngh, gh and k stand before e, i and y alone; ng, g and c never before them.
_WRONG_ONSET = re.compile(r"(?:ngh|gh|k(?!h))[aou]|ng(?!h)[eiy]|c(?!h)[eiy]|g(?!h|i)e")
# Written with marks, not Vietnamese syllables, and yet right in papers of some regions.
_FOREIGN = frozenset(["đắk", "đăk", "krông", "ôtô", "xêđăng", "cơtu", "đal"])


T = TypeVar("T")
_MOST_KNOWN = 50_000


@cache
def _words() -> dict[str, str]:
    """Two folded syllables → the word, where only one word folds to them."""
    found: dict[str, str] = {}
    several = set()
    for word in re.split(r"[|\n]", _WORDS_TEXT):
        if word and found.setdefault(fold(word), word) != word:
            several.add(fold(word))
    return {key: word for key, word in found.items() if key not in several}


@cache
def _by_sound() -> dict[str, str]:
    """Two syllables with a first letter that sounds like the right one → the word."""
    found: dict[str, str] = {}
    right = set(_words().values())
    for word in right:
        for place in (0, 1):
            parts = word.split()
            for one, other in _CONFUSED:
                for mine, wrong in ((one, other), (other, one)):
                    if _onset(parts[place]) == mine:
                        changed = [*parts]
                        changed[place] = wrong + parts[place][len(mine) :]
                        found[" ".join(changed)] = word
    return {wrong: word for wrong, word in found.items() if wrong not in right | _sound_pairs()}


@cache
def _sound_pairs() -> frozenset[str]:
    return frozenset(
        word.strip() for word in re.split(r"[|\n]", _SIDE_BY_SIDE_TEXT) if word.strip()
    )


def _onset(syllable: str) -> str:
    match = re.match(r"ngh|ng|nh|gi|gh|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]", syllable)
    return match[0] if match else ""


def misspelt(plan: Plan) -> Iterator[Hit]:
    """Syllables that cannot be and words with a wrong mark or first letter, with their mend."""
    lines = list(numbered(plan))
    words_of_lines = words_in_lines(plan)
    odd = _right_words.left(set().union(*words_of_lines), _odd)
    wrong = _right_pairs.left(set(chain.from_iterable(map(pairwise, words_of_lines))), _wrong)
    if not odd and not wrong:
        return
    for (number, line), words in zip(lines, words_of_lines, strict=True):
        if odd.isdisjoint(words) and (not wrong or wrong.isdisjoint(pairwise(words))):
            continue
        low = line.lower()
        tokens = [(m[0], m.start()) for m in _PAIR_OF.finditer(low)]
        for word, start in tokens:
            if _impossible(line, word, start):
                shown = line[start : start + len(word)]
                yield Hit(
                    message=f"“{shown}”: không phải âm tiết tiếng Việt.",
                    places=(at(number, shown),),
                    advice="Gõ lại chữ này.",
                )
        for (one, a), (other, b) in pairwise(tokens):
            if b - a != len(one) + 1 or low[b - 1] != " ":
                continue
            right = _meant(one, other)
            if (one, other) == ("bộ", "phân") and low.startswith(" loại", b + len(other)):
                continue  # “200 bộ phân loại rác”
            if right and line[b].islower():
                old = line[a : b + len(other)]
                new = right[0].upper() + right[1:] if line[a].isupper() else right
                yield Hit(
                    message=f"“{old}”: gõ sai.",
                    places=(at(number, old),),
                    advice=f"Sửa thành “{new}”.",
                    fix=Fix(line=number, old=old, new=new) if line.count(old) == 1 else None,
                )


def _odd(word: str) -> bool:
    return word[0].islower() and _no_syllable(word.lower())


def _wrong(pair: tuple[str, str]) -> bool:
    return bool(_meant(pair[0].lower(), pair[1].lower()))


class _Right(Generic[T]):
    """What was found right in the papers before: most words of the next one are among them."""

    def __init__(self) -> None:
        self._known: set[T] = set()

    def left(self, met: set[T], wrong: Callable[[T], bool]) -> set[T]:
        """Those of ``met`` that are wrong; the others are kept in mind."""
        new = met - self._known
        found = {each for each in new if wrong(each)}
        if len(self._known) > _MOST_KNOWN:
            self._known = set()
        self._known |= new - found
        return found


_right_words: _Right[str] = _Right()
_right_pairs: _Right[tuple[str, str]] = _Right()


@lru_cache(maxsize=8192)
def _plain(syllable: str) -> str:
    return fold(syllable)


@lru_cache(maxsize=8192)
def _no_syllable(word: str) -> bool:
    """Whether a word with Vietnamese marks cannot be a syllable."""
    if len(word) < 2 or not _VOWEL_MARK.search(word) or word in _FOREIGN:
        return False
    return not is_syllable(word) or bool(_WRONG_ONSET.match(fold(word)))


def _impossible(line: str, word: str, start: int) -> bool:
    """Whether a small word with Vietnamese marks is no syllable: names and codes are passed."""
    if not _no_syllable(word) or not line[start].islower():
        return False
    before, after = line[start - 1 : start], line[start + len(word) : start + len(word) + 1]
    return before not in ("-", "/", ".", "’", "'") and after not in ("-", "/", "’", "'", "²")


def _meant(one: str, other: str) -> str:
    """The word that two neighbouring syllables misspell; empty where they do not."""
    pair = f"{one} {other}"
    right = _words().get(f"{_plain(one)} {_plain(other)}")
    if right is None:
        return _by_sound().get(pair, "")
    if right == pair or pair in _sound_pairs() or _same_tone_place(pair, right):
        return ""
    first, second = right.split()
    if first != one and second != other:
        return right if right in _NOTHING_ELSE else ""
    return right if (first == one) != (second == other) else ""


def is_word(pair: str) -> bool:
    """Whether two syllables are a word that papers use, rightly written."""
    return _words().get(fold(pair)) == pair


def _same_tone_place(pair: str, right: str) -> bool:
    """Whether the two differ only by where the mark stands: hoà and hòa, thuỷ and thủy."""
    return tone_key(pair) == tone_key(right)
