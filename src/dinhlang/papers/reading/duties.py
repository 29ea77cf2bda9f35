"""What each office is told to do, with the role the verb gives."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Duty, Role
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.mentions import find_criteria
from dinhlang.papers.reading.offices import office_at, verb_follows
from dinhlang.papers.reading.outline import Node
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import Table, cell, find_cell
from dinhlang.vietnamese.guarded import guarded

_VERBS: tuple[tuple[Role, str], ...] = (
    ("lead", r"chủ trì|là cơ quan thường trực|làm đầu mối|đầu mối"),
    ("advise", r"tham mưu"),
    ("partner", r"phối hợp|(?:tham gia|hỗ trợ) (?:thực hiện|hoàn thành)"),
    ("report", r"báo cáo|tổng hợp,? báo cáo"),
    ("follow", r"đôn đốc|theo dõi|kiểm tra|giám sát"),
    (
        "deliver",
        r"hoàn thành|thực hiện|tổ chức|xây dựng|triển khai|tăng cường|đẩy mạnh|hướng dẫn|rà soát|"
        r"tuyên truyền|vận động|duy trì|nâng cao",
    ),
)
_ROLE = guarded("|".join(f"(?P<{role}>{pattern})" for role, pattern in _VERBS), re.I)
_LEAD = guarded(
    r"(?<!do )(?<!được phân công )(?<!giao )chủ trì(?! của| nội dung| bởi)"
    r"|^(?:\W|chịu trách nhiệm)*(?:chỉ đạo|lãnh đạo|điều hành) chung",
    re.I,
)
_REQUEST = re.compile(r"^(?:Đề nghị|Kính đề nghị|Mong)\b")
_TITLE_PREFIX = re.compile(
    r"^(?:Đối với|Đề nghị|Giao|Phân công|Trách nhiệm của|Yêu cầu|Nhiệm vụ của|Cho)\s+(?:cho\s+)?"
)
_NOT_OFFICE = re.compile(
    r"chế độ|báo cáo(?! viên)|kinh phí|nguồn vốn|tiến độ|thời gian|mục tiêu|giải pháp|công tác |"
    r"nội dung|nhiệm vụ chung|khen thưởng|"
    r"^về |thông tin,|các bước|lộ trình|khu dân cư còn lại|kiểm tra|tổ chức thực hiện$|^phân công"
)
_OFFICE_TITLE = re.compile(
    r"công chức|cán bộ|ubnd|ủy ban|uỷ ban|ban |bcđ|bql|hội|đoàn|mttq|mặt trận|công an|quân sự|"
    r"văn phòng|trạm|trường|htx|hợp tác xã|"
    r"đài|bưu điện|tổ |thôn|khu|bản|ấp|buôn|xóm|khóm|đồng chí|đ/c|chuyên trách|phòng|sở|đơn vị|"
    r"ngành|tài chính|địa chính|tư pháp|văn hóa|"
    r"văn hoá|chủ tịch|trưởng|bí thư|chi bộ|đảng|hđnd|bộ phận|cơ quan|doanh nghiệp|nhân dân|"
    r"trung tâm|điện lực|ngân hàng|kế toán"
)
_CLOSING = re.compile(
    r"^(?:Trên đây|Căn cứ (?:nội dung )?[Kk]ế hoạch này|Yêu cầu|Trong quá trình|Quá trình thực "
    r"hiện|Kế hoạch này)"
    r"|^(?:Giao|Đề nghị) .*(?:Kế hoạch|Quyết định) này"
)

_BARE_CRITERIA = re.compile(
    r"\W*(?:các\s+)?tiêu chí\s+(?:số\s+)?\d{1,2}"
    r"(?:\s*(?:,|;|và)\s*(?:tiêu chí\s+)?(?:số\s+)?\d{1,2})*"
    r"\s*(?:\([^()]*\)\s*)?(?:[;.,]|$)",
    re.IGNORECASE,
)
_CRITERION_TITLE = re.compile(r"(?:Các )?[Tt]iêu chí (?:số )?\d")
_REMAINING = re.compile(r"Các (?:ngành|ban|bộ phận|đơn vị)[^.;]{0,60}còn lại")
_ORGANISE = re.compile(
    r"to chuc thuc hien|phan cong|trach nhiem|to chuc trien khai|phan viec|ai lam|giao nhiem vu"
)
_OFFICE_SHARE = 0.6


def _office_title(text: str, title: str) -> str | None:
    """The office a labelled paragraph begins with: its title, else the subject of its sentence."""
    if _CRITERION_TITLE.match(title):
        return None
    given = _TITLE_PREFIX.match(title)
    short = title[given.end() :] if given else title
    short = short.strip(" .:")
    subject = office_at(text, given.end() if given else 0)
    if subject is not None and verb_follows(text, subject) and len(short) > len(subject.name) + 8:
        return subject.name
    low = short.lower()
    bare = bool(re.match(r"(?:ban|tổ|công chức|cán bộ|văn phòng|ubnd|các thôn)", low))
    if _NOT_OFFICE.search(low) and not bare:
        return subject.name if subject and subject.start <= 2 and len(text) > 60 else None
    titled = len(short) < len(text) - 12 or len(text) <= 110
    if titled and len(short) <= 230 and _OFFICE_TITLE.search(low):
        return short
    if subject is not None:
        return subject.name
    return short if len(short) <= 230 and _OFFICE_TITLE.search(low) else None


def organising_parts(paper: Paper) -> set[int]:
    """Headings (``-1`` for the paper itself) whose numbered parts each speak to an office."""
    if paper.organising is not None:
        return paper.organising
    nodes = paper.outline.nodes
    found: set[int] = set()
    tops = [at for at, node in enumerate(nodes) if node.parent < 0]
    for at in range(-1, len(nodes)):
        children = nodes[at].children if at >= 0 else tops
        titles = [nodes[c] for c in children]
        offices = [
            n
            for n in titles
            if office_at(n.block.text, 0) and not _NOT_OFFICE.match(n.title.lower())
        ]
        named = at >= 0 and bool(_ORGANISE.search(nodes[at].folded))
        if (len(offices) >= 2 and len(offices) >= _OFFICE_SHARE * len(titles)) or (
            named and (children or nodes[at].bodies)
        ):
            found.add(at)
    paper.organising = found
    return found


def name_offices(paper: Paper) -> None:
    """Parts of the organisation that are one sentence get their office as title."""
    parts = organising_parts(paper)
    for node in paper.outline.nodes:
        if (
            node.parent in parts
            and node.title == node.block.text.rstrip(" .;:")
            and len(node.title) > 90
        ):
            office = office_at(node.block.text, 0)
            if office is not None:
                node.title, node.heads = office.name, True


def office_above(paper: Paper, block: Block) -> str | None:
    """The office whose numbered part a block stands in, its own label's office included."""
    parts = organising_parts(paper)
    for node in reversed(paper.outline.path(block)):
        if node.parent in parts:
            return _office_title(node.block.text, node.title)
    return None


def role_in(text: str) -> Role:
    """The role of the first verb of a text; a lead anywhere makes a lead.

    “Trạm Y tế: tiêu chí số 15; Bưu điện xã phối hợp” gives the criterion: the verb is another's.
    """
    if _LEAD.search(text):
        return "lead"
    if _BARE_CRITERIA.match(text):
        return "deliver"
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
    numbers = [m.number for b in blocks for m in find_criteria(paper, b) if m.number]
    return list(dict.fromkeys(numbers))


def _bodies(paper: Paper, at: int) -> list[Block]:
    """The blocks under heading ``at``, sub-headings' blocks included, closing sentences not."""
    inside = {at}
    out = []
    for block in paper.content:
        node = block.section
        while node >= 0 and node not in inside:
            node = paper.outline.nodes[node].parent
        if node not in inside or block is paper.outline.nodes[at].block or block.is_row:
            continue
        if block.text and not _CLOSING.match(block.text) and not _REMAINING.match(block.text):
            out.append(block)
    return out


Parts = list[tuple[str, list[Block]]]


def _split_parts(blocks: list[Block], heading: str) -> tuple[list[Block], Parts]:
    """The office's own blocks, and the parts that begin with an office of their own.

    A ``+`` list under a ``- Đ/c phụ trách …:`` line belongs to that line. A bullet whose subject
    is one of several offices in the heading is that office's part.
    """
    own: list[Block] = []
    parts: Parts = []
    opener: Block | None = None
    for block in blocks:
        name = _part_name(block, heading)
        under = opener is not None and parts and block.bullet != opener.bullet
        if name:
            parts.append((name, [block]))
            opener = block if block.text.rstrip().endswith(":") else None
        elif under and (block.bullet or (not block.label and not own)):
            parts[-1][1].append(block)
        else:
            opener = None
            own.append(block)
    return own, parts


def _part_name(block: Block, heading: str) -> str | None:
    head, colon, rest = block.text.partition(":")
    office = office_at(block.text, 0)
    if office is None:
        return None
    if colon and len(head) <= 110 and (block.bullet or block.label or rest.strip()):
        whole = office.end >= len(head.strip()) - 2
        if whole or re.match(r"(?:Đ/c|đ/c|Đồng chí)\s+phụ trách", head):
            return head.strip()
    several = re.search(r",| và ", heading)
    if (
        several
        and block.bullet
        and office.name.lower() in heading.lower()
        and office.name != heading
    ):
        return office.name
    return None


def _duty(
    paper: Paper, office: str, blocks: list[Block], requested: bool, head: Block | None
) -> Duty:
    texts = [b.text for b in blocks]
    whole = _tail(" ".join(texts), office)
    role: Role
    if any(_LEAD.search(_tail(t, office)) for t in texts):
        role = "lead"
    elif requested or (texts and _REQUEST.search(texts[0])):
        role = "request"
    else:
        role = role_in(whole)
    first = head or blocks[0]
    return Duty(
        office=office, role=role, roles=[role, *(r for r in _roles(texts) if r != role)],
        criteria=_criteria(paper, blocks), text=whole,
        lines=(first.lines[0], blocks[-1].lines[1]), spans=[s for b in blocks for s in b.spans()],
    )  # fmt: skip


def _tail(text: str, office: str) -> str:
    return text[len(office) :].lstrip(" :.-–") if text.startswith(office) else text


def read_duties(paper: Paper) -> list[Duty]:
    """The duties in the part on organisation, one entry an office (and one a named part of it)."""
    out: list[Duty] = []
    nodes = paper.outline.nodes
    parts = organising_parts(paper)
    done: set[int] = set()
    for at, node in enumerate(nodes):
        if node.parent in done:
            done.add(at)
            continue
        if node.parent not in parts or node.label.style in ("part", "annex"):
            continue
        office = _office_title(node.block.text, node.title)
        if office is not None:
            done.add(at)
            out += _section_duties(paper, at, node, office)
    out += _loose_duties(paper, done, parts)
    out += _table_duties(paper)
    return sorted(out, key=lambda d: (d.lines[0], d.lines[1]))


def _section_duties(paper: Paper, at: int, node: Node, office: str) -> list[Duty]:
    block = node.block
    requested = bool(re.match(r"(?:Kính )?[Đđ]ề nghị", node.title))
    place = block.text.find(office)
    rest = block.text[place + len(office) :].strip(" :.,") if place >= 0 else ""
    own, named = _split_parts(_bodies(paper, at), office)
    made: list[Duty] = []
    if rest or own:
        made.append(_duty(paper, office, ([block] if rest else []) + own, requested, block))
    made += [_duty(paper, name, blocks, False, None) for name, blocks in named]
    if not made:
        made.append(
            Duty(
                office=office,
                role="deliver",
                roles=["deliver"],
                lines=block.lines,
                spans=block.spans(),
            )
        )
    return made


def _loose_duties(paper: Paper, done: set[int], parts: set[int]) -> list[Duty]:
    """Bullets and paragraphs of the part on organisation that name their office themselves."""
    if paper.document.kind == "report":
        return []
    out: list[Duty] = []
    for block in paper.content:
        if block.is_row or not block.text or (block.label and block.section in done):
            continue
        inside = any_part = False
        at = block.section
        while at >= 0:
            inside = inside or at in done
            any_part = any_part or at in parts
            at = paper.outline.nodes[at].parent
        if not any_part or (inside and not _REMAINING.match(block.text)):
            continue
        given = re.match(r"(?:Giao(?: cho)?|Phân công|Đề nghị|Yêu cầu)\s+", block.text)
        office = office_at(block.text, given.end() if given else 0)
        if office is None or len(block.text) - office.end < 12 or _CLOSING.match(block.text):
            continue
        if re.match(r"(?:Phân công|Yêu cầu) (?:các|từng)", block.text):
            continue
        requested = bool(given and given.group().startswith("Đề"))
        duty = _duty(paper, office.name, [block], requested, None)
        duty.text = block.text[office.end :].lstrip(" :.-–")
        if not requested and duty.role != "lead":
            duty.role = role_in(duty.text)
        out.append(duty)
    return out


def _table_duties(paper: Paper) -> list[Duty]:
    """Tables of offices and their duties, and tables that give each criterion an office."""
    out: list[Duty] = []
    for table in paper.tables:
        if "duty" in table.roles:
            out += _duty_rows(paper, table)
        elif "criteria" in table.roles and table.lead >= 0 and table.time < 0:
            out += _criterion_rows(paper, table)
    return out


def _duty_rows(paper: Paper, table: Table) -> list[Duty]:
    who = table.column(r"don vi|co quan|bo phan|chuc danh|nguoi|ho ten")
    what = table.column(r"trach nhiem|nhiem vu|noi dung|cong viec")
    out: list[Duty] = []
    for row in table.rows:
        office, text = cell(row, who), cell(row, what)
        if not office or len(text) < 8 or who == what:
            continue
        role: Role = "request" if text.startswith("Đề nghị") else role_in(text)
        out.append(
            Duty(
                office=office, role=role, roles=[role, *(r for r in _roles([text]) if r != role)],
                criteria=_criteria(paper, [row]), text=text, lines=row.lines, spans=row.spans(),
            )
        )  # fmt: skip
    return out


def _criterion_rows(paper: Paper, table: Table) -> list[Duty]:
    out: list[Duty] = []
    for row in table.rows:
        office = cell(row, table.lead).strip(" .;")
        mentions = find_criteria(paper, row)
        if office and mentions:
            out.append(
                Duty(
                    office=office, role="lead", roles=["lead"], criteria=_criteria(paper, [row]),
                    text=mentions[0].name, lines=row.lines,
                    spans=row.spans(*find_cell(row, table.lead)),
                )
            )  # fmt: skip
    return out
