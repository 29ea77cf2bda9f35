"""The items of a plan as cards: one small neutral form for every kind of item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from dinhlang.papers import plan as model
from dinhlang.papers.checking import registry
from dinhlang.papers.plan import Lines, Plan, Span

from . import words


@dataclass(frozen=True, slots=True)
class Kind:
    """A tab of the reader: its slug, its name, the colour of its marks."""

    slug: str
    name: str
    mark: str
    empty: str


KINDS = (
    Kind("tieu-chi", "Tiêu chí", "crit", "Văn bản không nêu tiêu chí nào."),
    Kind("chi-tieu", "Chỉ tiêu", "target", "Văn bản không đặt chỉ tiêu bằng số nào."),
    Kind("khoi-luong", "Khối lượng", "target", "Văn bản không nêu khối lượng công việc."),
    Kind("nhiem-vu", "Nhiệm vụ", "task", "Không có việc nào được giao hoặc hẹn thời gian."),
    Kind("phan-cong", "Phân công", "task", "Văn bản không phân công cho cơ quan, đơn vị nào."),
    Kind("lo-trinh", "Lộ trình", "date", "Văn bản không có lộ trình theo quý, tháng hoặc đợt."),
    Kind("kinh-phi", "Kinh phí", "money", "Văn bản không nêu kinh phí."),
    Kind("bao-cao", "Báo cáo", "date", "Văn bản không quy định chế độ báo cáo."),
    Kind("can-cu", "Căn cứ", "law", "Văn bản không dẫn căn cứ nào."),
    Kind("thon", "Thôn", "place", "Văn bản không nêu tên thôn nào."),
    Kind("phong-trao", "Phong trào", "place", "Văn bản không nêu tên phong trào nào."),
    Kind("loi", "Lỗi", "find", "Không phát hiện lỗi nào. Văn bản qua mọi phép kiểm tra."),
)
BY_SLUG = {kind.slug: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Tag:
    """A short word with a tone (``ok``, ``no``, ``wait``, ``na``) and an icon beside it."""

    text: str
    tone: str = "na"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line of a card; ``lines`` where it stands elsewhere than the card itself."""

    label: str
    value: str
    missing: bool = False
    lines: str = ""


@dataclass(slots=True)
class Entry:
    """A card. ``id`` is its number on the page, ``places`` the lines it was read from.

    ``source`` says which item of the plan it shows: the list's name and the index in it.
    ``silenced`` is why somebody set a finding aside, empty where nobody gave a reason.
    """

    kind: Kind
    title: str
    places: list[Lines]
    id: int = 0
    spans: list[Span] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    severity: str = ""
    code: str = ""
    quotes: list[str] = field(default_factory=list)
    source: tuple[str, int] = ("", 0)
    silenced: str | None = None
    rule: str = ""  # of a finding: what its check demands
    why: str = ""  # and why that matters

    @property
    def where(self) -> str:
        """``dòng 57``, ``dòng 67–71``; at most three stretches of lines are named."""
        stretches: list[list[int]] = []
        for first, last in sorted(self.places):
            if stretches and first <= stretches[-1][1] + 1:
                stretches[-1][1] = max(stretches[-1][1], last)
            else:
                stretches.append([first, last])
        named = [words.lines((a, b)).removeprefix("dòng ") for a, b in stretches[:3]]
        more = "…" if len(stretches) > 3 else ""
        return f"dòng {', '.join(named)}{more}" if named else "cả văn bản"


Numbers = Mapping[tuple[str, int], int]


def entries(plan: Plan, numbers: Numbers | None = None) -> list[Entry]:
    """Every item and finding of the plan as a card, in the order of the paper.

    Cards are numbered from 1, or as ``numbers`` says by list and index of the item.
    """
    order = {kind.slug: place for place, kind in enumerate(KINDS)}
    found = sorted(
        _all(plan),
        key=lambda e: (e.places[0][0] if e.places else 0, e.severity == "", order[e.kind.slug]),
    )
    for place, entry in enumerate(found, start=1):
        entry.id = place if numbers is None else numbers[entry.source]
    return found


def _all(plan: Plan) -> Iterator[Entry]:
    named = _Named(plan)
    waves = plan.campaign.waves if plan.campaign else []
    lists: tuple[tuple[str, Iterable[Entry]], ...] = (
        ("criteria", map(_criterion, plan.criteria)),
        ("targets", (_target(item, named) for item in plan.targets)),
        ("groups", map(_group, plan.groups)),
        ("quantities", map(_quantity, plan.quantities)),
        ("tasks", (_task(item, named) for item in plan.tasks)),
        ("duties", (_duty(item, named) for item in plan.duties)),
        ("schedule", (_schedule(item, named) for item in plan.schedule)),
        ("waves", (_wave(plan, wave, place) for place, wave in enumerate(waves, start=1))),
        ("needs", (_need(item, named) for item in plan.funding.needs)),
        ("sources", map(_source, plan.funding.sources)),
        ("stated", _stated(plan.funding)),
        ("support", map(_support, plan.support)),
        ("reporting", map(_report, plan.reporting)),
        ("legal_bases", map(_basis, plan.legal_bases)),
        ("villages", map(_village, plan.villages)),
        ("movements", (_entry("phong-trao", m.name, m) for m in plan.movements)),
        ("findings", map(_finding, plan.findings)),
    )
    for name, cards in lists:
        for index, entry in enumerate(cards):
            entry.source = (name, index)
            yield entry


class _Named:
    """Criteria by number, with the names this paper gives them."""

    def __init__(self, plan: Plan) -> None:
        self.names = {c.number: c.name for c in plan.criteria if c.number is not None}

    def __call__(self, *numbers: int | None) -> str:
        """``2 Giao thông, 5 Giáo dục``; a number without a name stands alone."""
        known = [number for number in numbers if number is not None]
        return ", ".join(f"{n} {self.names.get(n, '')}".strip() for n in known)


def _entry(slug: str, title: str, item: model.Item) -> Entry:
    return Entry(BY_SLUG[slug], sentence(title), [item.lines], spans=list(item.spans))


def sentence(text: str) -> str:
    """The text on one line with a capital at the start."""
    clean = " ".join(text.split()).strip(" *_#;:-+")
    return clean[:1].upper() + clean[1:]


def _criterion(item: model.Criterion) -> Entry:
    title = f"{item.number}. {item.name}" if item.number is not None else item.name
    entry = _entry("tieu-chi", title, item)
    tones = {"reached": Tag("Đã đạt", "ok", "✓"), "maintain": Tag("Giữ vững", "ok", "✓"),
             "to_reach": Tag("Phấn đấu đạt", "wait", "→"),
             "committed": Tag("Đã cam kết", "wait", "→")}  # fmt: skip
    if item.status:
        entry.tags.append(tones[item.status])
    if item.level:
        entry.facts.append(Fact("Mức", words.LEVELS[item.level]))
    for gap in item.gaps:
        entry.facts.append(Fact("Còn thiếu", sentence(gap.text), lines=words.lines(gap.lines)))
        entry.places.append(gap.lines)
        entry.spans.extend(gap.spans)
    return entry


def _target(item: model.Target, named: _Named) -> Entry:
    title = f"{item.code}. {item.text}" if item.code else item.text
    entry = _entry("chi-tieu", title, item)
    if demand := words.demand(item):
        entry.tags.append(Tag(demand))
    _fact(entry, "Tiêu chí", named(item.criterion))
    _fact(entry, "Nơi áp dụng", item.place)
    _fact(entry, "Năm", str(item.year) if item.year else "")
    _fact(entry, "Thuộc nhóm", item.group)
    _fact(entry, "Trừ", "; ".join(item.exceptions))
    return entry


def _group(item: model.TargetGroup) -> Entry:
    entry = _entry("chi-tieu", item.name, item)
    of = f" trong {item.rule.of}" if item.rule.of else ""
    entry.tags.append(Tag(f"Ít nhất {item.rule.at_least}{of}", "wait"))
    _fact(entry, "Gồm", "; ".join(item.targets))
    return entry


def _quantity(item: model.Quantity) -> Entry:
    entry = _entry("khoi-luong", item.text, item)
    entry.tags.append(Tag(f"{words.number(item.value)} {item.unit or ''}".strip()))
    _fact(entry, "Nơi làm", item.place)
    return entry


def _task(item: model.Task, named: _Named) -> Entry:
    entry = _entry("nhiem-vu", item.text, item)
    if item.lead:
        _fact(entry, "Chủ trì", "; ".join(item.lead))
    else:
        entry.facts.append(Fact("Chủ trì", "chưa giao", missing=True))
    _fact(entry, "Phối hợp", "; ".join(item.partners))
    _fact(entry, "Tiêu chí", named(*item.criteria))
    _fact(entry, "Chỉ tiêu", ", ".join(item.targets))
    _fact(entry, "Địa bàn", ", ".join(item.places))
    if item.deadline:
        entry.tags.append(Tag(deadline(item.deadline)))
    return entry


def deadline(value: model.Deadline) -> str:
    """``đến 30/6/2024``, ``1/7–30/9/2024``, or the words of the paper where it has no date."""
    if value.end and value.start:
        return f"{words.date(value.start)} – {words.date(value.end)}"
    if value.end:
        return f"đến {words.date(value.end)}"
    if value.start:
        return f"từ {words.date(value.start)}"
    return value.text


def _duty(item: model.Duty, named: _Named) -> Entry:
    entry = _entry("phan-cong", item.office, item)
    entry.tags.append(Tag(words.ROLES[item.role]))
    _fact(entry, "Việc", sentence(item.text))
    _fact(entry, "Tiêu chí", named(*item.criteria))
    return entry


def _schedule(item: model.ScheduleEntry, named: _Named) -> Entry:
    entry = _entry("lo-trinh", item.text, item)
    entry.tags.append(Tag(words.period(item.period)))
    _fact(entry, "Tháng", ", ".join(map(str, item.months)))
    _fact(entry, "Hoàn thành tiêu chí", named(*item.completes))
    return entry


def _wave(plan: Plan, wave: model.Wave, place: int) -> Entry:
    entry = _entry("lo-trinh", f"Đợt {place}", wave)
    entry.tags.append(Tag(f"{words.date(wave.start)} – {words.date(wave.end)}"))
    days = plan.campaign.days if plan.campaign else None
    _fact(entry, "Cả đợt phát động", f"{days} ngày" if days else "")
    return entry


def _need(need: model.Need, named: _Named) -> Entry:
    entry = _entry("kinh-phi", need.text, need)
    entry.tags.append(Tag(words.money(need.amount)))
    _fact(entry, "Loại", "Nhu cầu")
    _fact(entry, "Tiêu chí", named(need.criterion))
    return entry


def _source(source: model.Source) -> Entry:
    entry = _entry("kinh-phi", source.text, source)
    known = source.amount is not None
    entry.tags.append(Tag(words.money(source.amount)) if known else Tag("không nêu số", "wait"))
    if source.conditional:
        entry.tags.append(Tag("có điều kiện", "wait"))
    _fact(entry, "Loại", "Nguồn vốn")
    return entry


def _stated(funding: model.Funding) -> Iterator[Entry]:
    stated, computed = funding.stated, funding.computed
    rows = (
        ("Tổng nhu cầu", stated.needs, computed.needs, stated.needs_lines),
        ("Tổng nguồn vốn", stated.sources, computed.sources, stated.sources_lines),
        ("Cân đối", stated.balance, computed.balance, stated.balance_lines),
    )
    for title, said, added, lines in rows:
        if said is None or lines is None:
            continue
        entry = Entry(BY_SLUG["kinh-phi"], title, [lines])
        if added is None or added == said:
            entry.tags.append(Tag(words.money(said)))
        else:
            entry.tags.append(Tag(words.money(said), "no", "≠"))
            _fact(entry, "Cộng từ các mục", words.money(added))
        _fact(entry, "Loại", "Số tổng ghi trong văn bản")
        yield entry


def _support(item: model.Support) -> Entry:
    entry = _entry("kinh-phi", item.text, item)
    per = f"/{item.per}" if item.per else ""
    entry.tags.append(Tag(words.money(item.amount) + per))
    _fact(entry, "Loại", "Chính sách hỗ trợ")
    _fact(entry, "Theo", item.basis)
    return entry


def _report(item: model.ReportRule) -> Entry:
    entry = _entry("bao-cao", item.from_ or "Chưa rõ đơn vị báo cáo", item)
    entry.tags.append(Tag(words.PERIODS[item.period]))
    _fact(entry, "Gửi", item.to)
    _fact(entry, "Hạn", words.due(item.due))
    _fact(entry, "Cách gửi", ", ".join(item.channels))
    return entry


def _basis(item: model.LegalBasis) -> Entry:
    title = " ".join(part for part in (item.kind, item.number) if part) or (item.title or "")
    entry = _entry("can-cu", title, item)
    if item.date:
        entry.tags.append(Tag(words.date(item.date)))
    _fact(entry, "Cơ quan", item.issuer)
    _fact(entry, "Về", item.title if item.title and item.title != title else "")
    if not item.preamble:
        entry.facts.append(Fact("Dẫn ở", "phần nội dung"))
    return entry


def _village(item: model.Village) -> Entry:
    entry = _entry("thon", item.name, item)
    if item.status:
        entry.tags.append(Tag(words.STATUSES[item.status]))
    _fact(entry, "Mục tiêu", words.LEVELS[item.goal] if item.goal else "")
    return entry


def _finding(item: model.Finding) -> Entry:
    tone, icon = {"error": ("no", "✕"), "warning": ("wait", "!"), "note": ("na", "i")}[
        item.severity
    ]
    entry = Entry(
        BY_SLUG["loi"],
        item.message,
        list(item.lines),
        severity=item.severity,
        code=item.code,
        quotes=list(item.quotes),
    )
    entry.tags.append(Tag(words.SEVERITIES[item.severity], tone, icon))
    _fact(entry, "Cách sửa", item.advice)
    if item.fix:
        entry.facts.append(Fact("Thay", f"“{item.fix.old}” bằng “{item.fix.new}”"))
    if item.code in registry:
        entry.rule, entry.why = registry[item.code].purpose, _reason(item.code)
    return entry


@cache
def _reason(code: str) -> str:
    """Why a check matters, from its page."""
    part = registry[code].page.partition("## Vì sao")[2].partition("\n## ")[0]
    return " ".join(part.replace("`", "").split())


def _fact(entry: Entry, label: str, value: str | None) -> None:
    if value:
        entry.facts.append(Fact(label, value))
