"""Demands with a value, demands to have a thing, and the k-of-n groups they stand in."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Comparator, GroupRule, Level, Target, TargetGroup
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.clauses import clause_end, clause_start, strip_filler, subject_before
from dinhlang.papers.reading.criteria import criterion_of
from dinhlang.papers.reading.header import levels_in
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import parse_number

_NUMBER = r"\d+(?:[.,]\d+)*"
_LEFT = compile_vi(
    r"(?:(?P<ge>≥|tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|thấp nhất)|(?P<le>≤|không quá|không vượt quá|"
    r"tối đa|nhiều nhất)|(?P<gt>>|trên|hơn|vượt)|(?P<lt><|dưới)|(?P<plain>đạt|là|còn|lên|bằng|xuống|từ))"
    r"(?:\s+(?:là|đạt|từ|khoảng|mức|được|còn|lên|tới|đến))*\s*:?\s*$"
)
_RIGHT = compile_vi(r"\s*(?:trở\s+(?P<up>lên)|trở\s+(?P<down>xuống))")
_PERCENT = compile_vi(rf"(?P<n>{_NUMBER})\s*%(?!\s*[-–]\s*\d)")
_UNIT = (
    r"triệu đồng\s*/\s*(?:người|khẩu|hộ)(?:\s*/\s*năm)?|triệu\s*/\s*người(?:\s*/\s*năm)?|triệu đồng|triệu|sao|mô hình|"
    r"hợp tác xã|HTX|sản phẩm|hoạt động|tuyến đường|tuyến|dịch vụ|câu lạc bộ|điểm|hạng mục|tổ chức|chủ thể|"
    r"cơ sở|tổ hợp tác|giờ|lít|m2/người|m2|m²|m|km|xã|thôn|khu|KDC|khu dân cư|trường|người|vùng|lần|năm|chuỗi|"
    r"cây|hộ|nhà|cuộc|lớp|buổi|công trình|nội dung|tiêu chí|chỉ tiêu|camera|đội|tổ|nhóm|bản|ấp|buôn|mã"
)
_COUNT = compile_vi(
    rf"(?P<cmp>≥|≤|>|<|tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|không quá|tối đa|trên|dưới)"
    rf"(?:\s+(?:là|có|từ|đạt|khoảng))*\s*(?P<n>{_NUMBER})\s*(?P<unit>{_UNIT})(?![\w/])"
)
_UPWARD = compile_vi(rf"(?P<n>{_NUMBER})\s*(?P<unit>{_UNIT})\s+trở\s+(?P<dir>lên|xuống)")
_INCOME = compile_vi(
    rf"(?:đạt|trên|từ|≥|>|là|lên|tối thiểu|ít nhất|bằng)(?:\s+(?:từ|trên|khoảng|mức|là|đạt|tối thiểu|ít nhất))*\s*(?P<n>{_NUMBER})\s*"
    r"(?P<unit>triệu(?: đồng)?(?:\s*/\s*người(?:\s*/\s*năm)?)?)"
)
_CODE = compile_vi(
    r"^(?:Chỉ tiêu|Tiêu chí|Nội dung)\s*(?:số\s*)?(?P<code>\d{1,2}\.\d{1,2}[a-z]?)\s*[.:)\-–]?\s*"
)
_EXCEPT = compile_vi(
    r"\(?\s*(?:trừ|ngoại trừ|không tính|không bao gồm)\s+(?P<list>[^()]+?)\s*(?:\)|$|;)"
)
_YEAR = compile_vi(r"[Nn]ăm (20\d\d)|/(20\d\d)\b")
_NOT_TARGET = compile_vi(
    r"(?:mới đạt|hiện (?:nay )?đạt|đã đạt|kết quả|thực hiện được|hỗ trợ|theo tỷ lệ|trích|lãi suất|chiếm|được hưởng|điều tiết|đối ứng)\s*[^,;.]{0,30}$"
)
_RATIO_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_AMONG = compile_vi(
    r"(?:[Đđ]ạt |[Cc]ó |[Cc]họn )?(?P<min>tối thiểu|ít nhất|đạt|chọn)\s*:?\s*(?:từ\s+)?(?P<k>\d{1,2}|một|hai|ba|bốn|năm)\s*"
    r"(?:/\s*(?P<n>\d{1,2})|(?:trong(?: số| tổng số)?|/)\s*(?P<n2>\d{1,2}|hai|ba|bốn|năm|sáu|bảy)|(?:[a-zà-ỹ]+\s+){0,2}trong(?: số)?(?: các)?)\s+"
    r"(?P<what>[^,;.:()]{2,60})"
)
_STATE = compile_vi(
    r"^(?:Có|Không có|Không còn|Không để|Tỷ lệ|Tỉ lệ|100%|Đạt|Được|Mỗi|Tối thiểu|Ít nhất|Công khai|Hoàn thành \d|Thu nhập|"
    r"Tất cả|Toàn bộ|Hệ thống .{3,60} đạt|Các .{3,80} (?:được|đạt|đảm bảo|bảo đảm)|Trong \d+ năm|Trung tâm|Không|Nhà|Chi bộ .* đạt|≥)\b"
)
_ACTION = compile_vi(
    r"^(?:Tiếp tục|Tăng cường|Đẩy mạnh|Tuyên truyền|Tập trung|Xây dựng|Hoàn thiện|Duy trì|Nâng cao|Tổ chức|Thực hiện|Triển khai|"
    r"Huy động|Phối hợp|Chỉ đạo|Rà soát|Từng bước|Vận động|Khuyến khích|Phát huy|Giao|Căn cứ|Phấn đấu|Đầu tư|Bố trí)\b"
)
_NEGATIVE = compile_vi(
    r"(?:^|[,;.:]\s+|\bKDC |\bvà )(?P<what>[Kk]hông (?:có|còn|để xảy ra|xảy ra|phát sinh)\s[^;.()]{6,160})"
)


def _decimal(text: str) -> str | None:
    value = parse_number(text)
    if value is None:
        return None
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def comparator_of(text: str, start: int, end: int) -> tuple[Comparator, int, int]:
    """The comparator of the number ``text[start:end]`` and the stretch it and the number fill."""
    right = _RIGHT.match(text, end)
    window = text[max(0, start - 34) : start]
    left = _LEFT.search(window)
    begin = start - (len(window) - left.start()) if left else start
    if right:
        return (">=" if right["up"] else "<="), begin, right.end()
    if left:
        for name, sign in (("ge", ">="), ("le", "<="), ("gt", ">"), ("lt", "<")):
            if left[name]:
                return sign, begin, end  # type: ignore[return-value]
    return "=", begin, end


class _Reader:
    """Reads the targets of one block; keeps what was taken so that nothing is read twice."""

    def __init__(self, paper: Paper, block: Block) -> None:
        self.paper, self.block, self.text = paper, block, block.text
        self.taken: list[tuple[int, int]] = []
        self.out: list[Target] = []
        code = _CODE.match(self.text)
        self.code = code["code"] if code else None
        self.body = code.end() if code else 0
        if (
            not code
            and block.label
            and block.label.style == "dotted"
            and "rule" in paper.topics(block)
        ):
            self.code = block.label.text if len(block.label.values) == 2 else None

    def free(self, start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in self.taken)

    def add(
        self,
        start: int,
        end: int,
        sign: Comparator,
        value: str | None,
        unit: str | None,
        words: str,
    ) -> None:
        text = self.text
        a, b = clause_start(text, start), clause_end(text, end)
        year = None
        for match in _YEAR.finditer(text, a, b):
            year = int(match[1] or match[2])
        exception = _EXCEPT.search(text, start)
        self.taken.append((start, end))
        self.out.append(
            Target(
                text=words, comparator=sign, value=value, unit=unit,
                code=self.code if not self.out else None,
                criterion=criterion_of(self.paper, self.block), year=year or self.paper.year,
                exceptions=_exceptions(exception["list"]) if exception and exception.start() - end < 120 else [],
                lines=self.block.lines_of(start, end), spans=self.block.spans(start, end),
            )
        )  # fmt: skip

    def words_for(self, begin: int, stop: int) -> str:
        """What the number is about: the words before it in its clause, else those behind."""
        start, end = subject_before(self.text, begin)
        before = strip_filler(self.text[max(start, self.body) : end])
        if len(before) >= 5:
            return before
        after = self.text[stop : clause_end(self.text, stop)]
        cut = re.search(r",\s+(?=tỷ lệ|\d|100%)", after)
        return strip_filler(after[: cut.start()] if cut else after) or before

    def percents(self) -> None:
        for match in _PERCENT.finditer(self.text):
            sign, begin, stop = comparator_of(self.text, match.start("n"), match.end())
            if _NOT_TARGET.search(
                self.text[max(0, begin - 60) : match.start("n")]
            ) or not self.free(begin, stop):
                continue
            self.add(begin, stop, sign, _decimal(match["n"]), "%", self.words_for(begin, stop))

    def counts(self) -> None:
        for match in _COUNT.finditer(self.text):
            if not self.free(*match.span()):
                continue
            sign, begin, stop = comparator_of(self.text, match.start("n"), match.end("n"))
            stop = max(stop, match.end())
            right = _RIGHT.match(self.text, match.end())
            if right:
                sign, stop = (">=" if right["up"] else "<="), right.end()
            words = self.words_for(begin, stop)
            self.add(begin, stop, sign, _decimal(match["n"]), _unit(match["unit"]), words)
        for match in _UPWARD.finditer(self.text):
            if self.free(*match.span()):
                sign: Comparator = ">=" if match["dir"] == "lên" else "<="
                self.add(
                    *match.span(),
                    sign,
                    _decimal(match["n"]),
                    _unit(match["unit"]),
                    self.words_for(*match.span()),
                )

    def income(self) -> None:
        if "hu nhập" not in self.text:
            return
        for match in _INCOME.finditer(self.text):
            before = self.text[max(0, match.start() - 12) : match.start()]
            if before.endswith(("mới ", "đã ", "hiện ")) or not self.free(*match.span()):
                continue
            sign, begin, stop = comparator_of(self.text, match.start("n"), match.end("unit"))
            begin = min(begin, match.start())
            words = self.words_for(begin, stop)
            self.add(
                begin,
                max(stop, match.end()),
                sign,
                _decimal(match["n"]),
                _unit(match["unit"]),
                words,
            )

    def haves(self) -> None:
        """Demands to have or not to have a thing: comparator ``yes``."""
        block, text = self.block, self.text
        if not self.out and _is_indicator(self.paper, block, self.code):
            end = len(text.rstrip(" .;"))
            self.add(self.body, end, "yes", None, None, text[self.body : end])
            return
        if self.out and self.code:
            return
        topics = self.paper.topics(block)
        if topics & {"organise", "funding", "purpose", "missing", "result"}:
            return
        for match in _NEGATIVE.finditer(text):
            if self.free(*match.span("what")):
                what = match["what"].strip(" ,")
                self.add(
                    match.start("what"), match.start("what") + len(what), "yes", None, None, what
                )


def _exceptions(words: str) -> list[str]:
    parts = re.split(r",?\s+hoặc\s+|;\s*|,\s+", words)
    return [p.strip(" .,") for p in parts if p.strip(" .,")]


def _unit(text: str) -> str:
    return re.sub(r"\s*/\s*", "/", text)


def _is_indicator(paper: Paper, block: Block, code: str | None) -> bool:
    """Whether the block is itself an indicator of a list, not a sentence about work."""
    if code:
        return True
    if block.label and block.label.style not in ("lower", "dotted", "paren"):
        return False
    node = paper.outline.nodes[block.section] if block.section >= 0 else None
    if node is None or _ACTION.match(block.text) or len(block.text) < 8 or block.text.endswith(":"):
        return False
    above = [n for n in paper.outline.path(block) if n.block is not block]
    if not above:
        return False
    if above[-1].folded.startswith("linh vuc") and not block.label:
        return True
    heads = " ".join(n.folded for n in above[-2:])
    listed = re.search(r"quy dinh|linh vuc|chi tieu|dieu kien|tieu chi", heads)
    return bool(listed and _STATE.match(block.text) and "organise" not in paper.topics(block))


def read_targets(paper: Paper) -> list[Target]:
    """Every target of the paper, in order."""
    out: list[Target] = []
    for block in paper.content:
        if block.is_row or not block.text:
            continue
        topics = paper.topics(block)
        if "funding" in topics or (
            block.section < 0 and block.spot < paper.body + 12 and "Căn cứ" in block.text
        ):
            continue
        reader = _Reader(paper, block)
        if any(c.isdigit() for c in block.text):
            reader.percents()
            reader.income()
            reader.counts()
        reader.haves()
        out += sorted(reader.out, key=lambda t: t.spans[0] if t.spans else (t.lines[0], 0, 0))
    return out


def _number_word(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else _RATIO_WORDS.get(text)


def read_groups(paper: Paper, targets: list[Target]) -> list[TargetGroup]:
    """The k-of-n rules and the targets under them; targets learn their group."""
    out: list[TargetGroup] = []
    for block in paper.content:
        if block.is_row or ("trong" not in block.text and "/" not in block.text):
            continue
        for match in _AMONG.finditer(block.text):
            k = _number_word(match["k"])
            n = _number_word(match["n"] or match["n2"])
            if (
                k is None
                or (n is not None and k > n)
                or (match["min"] in ("đạt", "chọn") and n is None and k != 1)
            ):
                continue
            if match["n"] and not re.match(
                r"chỉ tiêu|tiêu chí|nội dung|lĩnh vực|mô hình|điều kiện|yêu cầu", match["what"]
            ):
                continue
            if match["n"] and match["min"] == "đạt":
                continue
            out.append(_group(paper, block, match, k, n, targets))
    return out


def _group(
    paper: Paper, block: Block, match: re.Match[str], k: int, n: int | None, targets: list[Target]
) -> TargetGroup:
    what = match["what"].strip()
    members, name = _members(paper, block, what, targets)
    listed = re.match(r"[^()]*\(([^()]+)\)", block.text[match.end() :])
    options = re.split(r"[,;]\s*", listed[1]) if listed else []
    if n is None and members:
        n = len(members)
    elif n is None and len(options) > 1:
        n = len([o for o in options if o.strip(" .")])
        members = [o.strip(" .") for o in options if o.strip(" .")]
    return TargetGroup(
        name=name or what, rule=GroupRule(at_least=k, of=n), targets=members,
        lines=block.lines_of(*match.span()), spans=block.spans(*match.span()),
    )  # fmt: skip


_ABOUT = compile_vi(
    r"(?:kiểu mẫu|nổi trội|lĩnh vực)\s+(?:về|trong lĩnh vực|trong)?\s*(?P<name>[A-ZÀ-Ỹ].+)$"
)


def _members(
    paper: Paper, block: Block, what: str, targets: list[Target]
) -> tuple[list[str], str | None]:
    """The codes of the targets a group rule speaks of: those of the sections it stands above."""
    if block.section < 0:
        return [], None
    nodes = paper.outline.nodes
    node = nodes[block.section]
    fields = [nodes[c].title for c in node.children if nodes[c].folded.startswith("linh vuc")]
    if "lĩnh vực" in what and fields:
        for child in node.children:
            _assign(
                nodes[child].block.lines[0], nodes[child].last_line, nodes[child].title, targets
            )
        return fields, "lĩnh vực nổi trội"
    last = node.last_line or block.lines[1]
    inside = [t for t in targets if block.lines[0] <= t.lines[0] <= last and t.code]
    title = nodes[node.parent].title if node.parent >= 0 and len(node.title) < 60 else node.title
    about = _ABOUT.search(title)
    name = about["name"].strip() if about else None
    if "chỉ tiêu" in what or "tiêu chí" in what or "nội dung" in what:
        for target in inside:
            target.group = name or title
        return [t.code for t in inside if t.code], name or title
    return [], None


def _assign(first: int, last: int, name: str, targets: list[Target]) -> None:
    for target in targets:
        if first <= target.lines[0] <= last:
            target.group = name


def level_group(paper: Paper, block: Block) -> Level | None:
    """The level whose rules a block stands under, from its headings."""
    for node in reversed(paper.outline.path(block)):
        found = levels_in(node.folded)
        if found:
            return found[0]
    return None
