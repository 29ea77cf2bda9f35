"""What each office is told to do, with the role the verb gives."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Duty, Role
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.criteria import find_criteria
from dinhlang.papers.reading.offices import office_at
from dinhlang.papers.reading.outline import Node
from dinhlang.papers.reading.paper import Paper

_VERBS: tuple[tuple[Role, str], ...] = (
    ("lead", r"chủ trì|là cơ quan thường trực|làm đầu mối|đầu mối"),
    ("advise", r"tham mưu"),
    ("partner", r"phối hợp"),
    ("report", r"báo cáo|tổng hợp,? báo cáo"),
    ("follow", r"đôn đốc|theo dõi|kiểm tra|giám sát|hướng dẫn|rà soát"),
    ("deliver", r"hoàn thành|thực hiện|tổ chức|xây dựng|triển khai|tăng cường|đẩy mạnh|tiếp tục|tuyên truyền|vận động|duy trì|nâng cao"),
)  # fmt: skip
_ROLE = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in _VERBS), re.I)
_LEAD = re.compile(r"(?<!do )(?<!được phân công )(?<!giao )[Cc]hủ trì(?! của| nội dung| bởi)", re.I)
_REQUEST = re.compile(r"^(?:Đề nghị|Kính đề nghị|Mong)\b")
_TITLE_PREFIX = re.compile(
    r"^(?:Đối với|Đề nghị|Giao|Phân công|Trách nhiệm của|Yêu cầu|Nhiệm vụ của|Cho)\s+(?:cho\s+)?"
)
_NOT_OFFICE = re.compile(
    r"chế độ|báo cáo(?! viên)|kinh phí|nguồn vốn|tiến độ|thời gian|mục tiêu|giải pháp|công tác |nội dung|nhiệm vụ chung|khen thưởng|"
    r"thông tin,|các bước|lộ trình|khu dân cư còn lại|kiểm tra|tổ chức thực hiện$|^phân công"
)
_OFFICE_TITLE = re.compile(
    r"công chức|cán bộ|ubnd|ủy ban|uỷ ban|ban |bcđ|bql|hội|đoàn|mttq|mặt trận|công an|quân sự|văn phòng|trạm|trường|htx|hợp tác xã|"
    r"đài|bưu điện|tổ |thôn|khu|bản|ấp|buôn|xóm|khóm|đồng chí|đ/c|chuyên trách|phòng|sở|đơn vị|ngành|tài chính|địa chính|tư pháp|văn hóa|"
    r"văn hoá|chủ tịch|trưởng|bí thư|chi bộ|đảng|hđnd|bộ phận|cơ quan|doanh nghiệp|nhân dân|trung tâm|điện lực|ngân hàng|kế toán"
)
_CLOSING = re.compile(
    r"^(?:Trên đây|Căn cứ (?:nội dung )?[Kk]ế hoạch này|Yêu cầu|Trong quá trình|Kế hoạch này)"
)


def _office_title(node: Node) -> str | None:
    """The office a heading of the part on organisation names, or None where it names none."""
    title = _TITLE_PREFIX.sub("", node.title).strip(" .:")
    low = title.lower()
    if _NOT_OFFICE.search(low) and not re.match(
        r"(?:ban|tổ|công chức|cán bộ|văn phòng|ubnd|các thôn)", low
    ):
        return None
    if len(title) > 230 or not _OFFICE_TITLE.search(low):
        return None
    return title


def _bodies(paper: Paper, at: int) -> list[Block]:
    """The blocks directly under heading ``at``, sub-headings' blocks included."""
    inside = {at}
    out = []
    for block in paper.content:
        node = block.section
        while node >= 0 and node not in inside:
            node = paper.outline.nodes[node].parent
        if node in inside and block is not paper.outline.nodes[at].block:
            out.append(block)
    return out


def role_in(text: str) -> Role:
    """The role of the first verb of a text; a lead anywhere makes a lead."""
    if _LEAD.search(text):
        return "lead"
    match = _ROLE.search(text)
    return match.lastgroup if match and match.lastgroup else "deliver"  # type: ignore[return-value]


def _roles(texts: list[str]) -> list[Role]:
    found: list[Role] = []
    for text in texts:
        for match in _ROLE.finditer(text):
            role: Role = match.lastgroup  # type: ignore[assignment]
            if role not in found:
                found.append(role)
    return found


def _criteria(paper: Paper, blocks: list[Block]) -> list[int]:
    out: list[int] = []
    for block in blocks:
        for mention in find_criteria(paper, block):
            if mention.number and mention.number not in out:
                out.append(mention.number)
    return out


def _split_parts(blocks: list[Block]) -> tuple[list[Block], list[tuple[str, list[Block]]]]:
    """The office's own blocks, and the parts that begin with an office of their own and a colon.

    A ``+`` list under a ``- Đ/c phụ trách …:`` line belongs to that line.
    """
    own: list[Block] = []
    parts: list[tuple[str, list[Block]]] = []
    opener: Block | None = None
    for block in blocks:
        head, colon, rest = block.text.partition(":")
        office = office_at(block.text, 0) if colon and len(head) <= 110 else None
        named = office is not None and (
            office.end >= len(head.strip()) - 2
            or re.match(r"(?:Đ/c|đ/c|Đồng chí)\s+phụ trách", head)
        )
        if named and (block.bullet or block.label or rest.strip()):
            parts.append((head.strip(), [block]))
            opener = block if not rest.strip() else None
        elif (parts and opener is not None and block.bullet and block.bullet != opener.bullet) or (parts and opener is not None and not block.bullet and not block.label and not own):
            parts[-1][1].append(block)
        else:
            opener = None
            own.append(block)
    return own, parts


def _duty(
    paper: Paper, office: str, blocks: list[Block], requested: bool, head: Block | None
) -> Duty:
    texts = [b.text for b in blocks]
    whole = " ".join(texts)
    role: Role = "lead" if any(_LEAD.search(t) for t in texts) else "deliver"
    if role != "lead":
        role = (
            "request"
            if requested or (texts and _REQUEST.match(texts[0]))
            else role_in(_tail(whole, office))
        )
    roles = [r for r in _roles(texts) if r != role]
    first = head or blocks[0]
    spans = [s for b in blocks for s in b.spans()]
    return Duty(
        office=office, role=role, roles=[role, *roles], criteria=_criteria(paper, blocks),
        text=_tail(whole, office)[:600], lines=(first.lines[0], blocks[-1].lines[1]), spans=spans,
    )  # fmt: skip


def _tail(text: str, office: str) -> str:
    return text[len(office) :].lstrip(" :.-–") if text.startswith(office) else text


def read_duties(paper: Paper) -> list[Duty]:
    """The duties in the part on organisation, one entry an office (and one a named part of it)."""
    out: list[Duty] = []
    nodes = paper.outline.nodes
    done: set[int] = set()
    for at, node in enumerate(nodes):
        if node.parent >= 0 and node.parent in done:
            done.add(at)
            continue
        above = paper.outline.path(node.block)[:-1]
        in_part = any(
            "to chuc thuc hien" in n.folded
            or "phan cong" in n.folded
            or "trach nhiem" in n.folded
            or "to chuc trien khai" in n.folded
            for n in above
        )
        article = node.label.style == "article"
        if not in_part and not (article and re.match(r"(?:Giao|Phân công)\b", node.title)):
            continue
        office = _office_title(node)
        if office is None:
            continue
        done.add(at)
        out += _section_duties(paper, at, node, office)
    out += _loose_duties(paper, {id(nodes[i].block) for i in done}, done)
    out += _table_duties(paper)
    return sorted(out, key=lambda d: (d.lines[0], d.lines[1]))


def _section_duties(paper: Paper, at: int, node: Node, office: str) -> list[Duty]:
    block = node.block
    bodies = [
        b for b in _bodies(paper, at) if not b.is_row and not _CLOSING.match(b.text) and b.text
    ]
    bodies = [
        b
        for b in bodies
        if not re.match(r"Các (?:ngành|ban|bộ phận|đơn vị)[^.;]{0,60}còn lại", b.text)
    ]
    requested = bool(re.match(r"(?:Kính )?[Đđ]ề nghị", node.title))
    named = office_at(office, 0)
    rest = block.text[len(node.title) :].lstrip(" :.")
    if named and named.end < len(office) and len(office) > 90:
        rest = office[named.end :].strip(" ,;:")
        office = office[: named.end]
    own, parts = _split_parts(bodies)
    made: list[Duty] = []
    if rest or own:
        blocks = ([block] if rest else []) + own
        made.append(_duty(paper, office, blocks, requested, block))
    for name, blocks in parts:
        made.append(_duty(paper, name, blocks, False, None))
    if not made:
        made.append(
            Duty(
                office=office,
                role="deliver",
                roles=["deliver"],
                text="",
                lines=block.lines,
                spans=block.spans(),
            )
        )
    return made


def _loose_duties(paper: Paper, used: set[int], done: set[int]) -> list[Duty]:
    """Bullets and paragraphs of the part on organisation that name their office themselves."""
    out: list[Duty] = []
    for block in paper.content:
        if block.is_row or id(block) in used or not block.text:
            continue
        node = block.section
        inside = False
        while node >= 0:
            inside = inside or node in done
            node = paper.outline.nodes[node].parent
        path = paper.outline.path(block)
        if inside and not re.match(
            r"Các (?:ngành|ban|bộ phận|đơn vị)[^.;]{0,60}còn lại", block.text
        ):
            continue
        if not any("to chuc thuc hien" in n.folded or "phan cong" in n.folded for n in path):
            continue
        given = re.match(r"(?:Giao(?: cho)?|Phân công|Đề nghị|Yêu cầu)\s+", block.text)
        begin = given.end() if given else 0
        office = office_at(block.text, begin)
        if office is None or len(block.text) - office.end < 12 or _CLOSING.match(block.text):
            continue
        requested = bool(given and given.group().startswith("Đề"))
        duty = _duty(paper, office.name, [block], requested, None)
        duty.text = block.text[office.end :].lstrip(" :,.-–")
        if not requested and duty.role != "lead":
            duty.role = role_in(duty.text)
        out.append(duty)
    return out


def _table_duties(paper: Paper) -> list[Duty]:
    """Rows of a table that assigns criteria: an office cell beside a criterion or a duty."""
    out: list[Duty] = []
    header: tuple[str, ...] = ()
    for block in paper.content:
        if not block.is_row:
            continue
        before = paper.blocks[block.spot - 1] if block.spot else None
        if before is None or not before.is_row or before.table != block.table:
            header = tuple(c.lower() for c in block.cells)
            continue
        column = next(
            (
                i
                for i, c in enumerate(header)
                if re.search(
                    r"phụ trách|chịu trách nhiệm|chủ trì|đơn vị thực hiện|phân công|theo dõi", c
                )
            ),
            -1,
        )
        has_work = any(re.search(r"thời gian|thời hạn|hoàn thành|tiến độ", c) for c in header)
        if column < 0 or column >= len(block.cells) or has_work or not block.cells[column]:
            continue
        mentions = find_criteria(paper, block)
        if not mentions:
            continue
        office = block.cells[column].strip(" .;")
        at = block.text.find(office)
        out.append(
            Duty(
                office=office, role="lead", roles=["lead"], criteria=_criteria(paper, [block]),
                text=mentions[0].name, lines=block.lines, spans=block.spans(at, at + len(office)),
            )
        )  # fmt: skip
    return out
