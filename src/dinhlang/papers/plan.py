"""The plan as data: the classes behind the format ``dinhlang.plan/1``.

Every item remembers the lines of the paper it was read from: ``lines`` is ``(first, last)``,
1-based, of the text as extracted. ``spans`` narrows that to characters: ``(line, start, end)``
with 0-based offsets into that line, end exclusive. Unknown is ``None``, never a guess.
Amounts of money are whole đồng. The value of a target or a quantity is a decimal string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FORMAT = "dinhlang.plan/1"

Lines = tuple[int, int]
Span = tuple[int, int, int]

Kind = Literal[
    "plan", "campaign", "report", "decision", "submission", "letter", "notice", "minutes", "other"
]
Level = Literal["ntm", "advanced", "model", "modern", "smart-village", "model-village", "village"]
Status = Literal["reached", "to_reach", "maintain", "committed"]
Comparator = Literal[">=", "<=", ">", "<", "=", "yes"]
Role = Literal["lead", "advise", "deliver", "partner", "follow", "report", "request"]
Period = Literal[
    "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "ad-hoc", "unstated"
]
Severity = Literal["error", "warning", "note"]


@dataclass(slots=True, kw_only=True)
class Item:
    """What every item of a plan has: where it stands in the paper."""

    lines: Lines
    spans: list[Span] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Signatory:
    """Who signs, for whom: ``TM. ỦY BAN NHÂN DÂN`` / ``KT. CHỦ TỊCH`` / ``PHÓ CHỦ TỊCH``.

    ``authority`` is the first of these, ``acting_for`` the second, ``title`` the last.
    """

    authority: str | None = None
    acting_for: str | None = None
    title: str | None = None
    name: str | None = None
    lines: Lines | None = None


@dataclass(slots=True, kw_only=True)
class Document:
    """The head and foot of the paper. ``date`` is ``2024-01-30``, ``2024-03`` or ``2024``."""

    kind: Kind = "other"
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    title: str | None = None
    commune: str | None = None
    district: str | None = None
    province: str | None = None
    signatory: Signatory | None = None
    recipients: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    lines: Lines | None = None


@dataclass(slots=True, kw_only=True)
class LegalBasis(Item):
    """One cited document. ``preamble`` says whether it is cited as a basis (Căn cứ, Thực hiện)."""

    number: str | None = None
    kind: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    preamble: bool = True


@dataclass(slots=True, kw_only=True)
class Section(Item):
    """One heading of the outline; ``lines`` cover the whole section, ``level`` starts at 1."""

    label: str
    title: str
    level: int
    children: list[Section] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Gap(Item):
    """What a criterion still lacks, as the paper says it."""

    text: str


@dataclass(slots=True, kw_only=True)
class Criterion(Item):
    """A criterion the plan speaks of, with the state the plan gives it."""

    number: int | None
    name: str
    level: Level | None = None
    status: Status | None = None
    gaps: list[Gap] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Target(Item):
    """A demand with a value: ``comparator`` and decimal string, or ``yes`` for a thing to have."""

    text: str
    comparator: Comparator
    code: str | None = None
    value: str | None = None
    unit: str | None = None
    criterion: int | None = None
    place: str | None = None
    year: int | None = None
    exceptions: list[str] = field(default_factory=list)
    group: str | None = None


@dataclass(slots=True, kw_only=True)
class GroupRule:
    """At least ``at_least`` of the ``of`` members must be met; ``of`` is None where unsaid."""

    at_least: int
    of: int | None = None


@dataclass(slots=True, kw_only=True)
class TargetGroup(Item):
    """Targets that are met together by a k-of-n rule; ``targets`` are codes or texts."""

    name: str
    rule: GroupRule
    targets: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Quantity(Item):
    """An amount of work: 3.200 m of hedge, 25 toilets."""

    text: str
    value: str
    unit: str | None = None
    place: str | None = None


@dataclass(slots=True, kw_only=True)
class Deadline:
    """A period with ISO dates; ``text`` is the words of the paper."""

    start: str | None = None
    end: str | None = None
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Task(Item):
    """Work given to somebody, or dated, or both."""

    text: str
    lead: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    criteria: list[int] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Duty(Item):
    """What an office is told to do in the part on organisation; the verb gives the role.

    ``roles`` lists every role its verbs give, the main one first.
    """

    office: str
    role: Role
    roles: list[Role] = field(default_factory=list)
    criteria: list[int] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True, kw_only=True)
class ScheduleEntry(Item):
    """A line of the roadmap; ``period`` is ``2023-Q2``, ``2023-05`` or ``2023``."""

    period: str
    text: str
    months: list[int] = field(default_factory=list)
    completes: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Wave(Item):
    """One push of a campaign, both ends included."""

    start: str
    end: str


@dataclass(slots=True, kw_only=True)
class Campaign:
    """A campaign; ``days`` is the length the paper states."""

    days: int | None = None
    waves: list[Wave] = field(default_factory=list)
    lines: Lines | None = None


@dataclass(slots=True, kw_only=True)
class Need(Item):
    """A cost line, đồng."""

    text: str
    amount: int
    criterion: int | None = None


@dataclass(slots=True, kw_only=True)
class Source(Item):
    """A source of money, đồng; ``conditional`` when it comes only after the plan's own goal."""

    text: str
    amount: int | None = None
    conditional: bool = False


@dataclass(slots=True, kw_only=True)
class StatedFunding:
    """Totals the paper states, đồng; balance = sources − needs, negative when money lacks."""

    needs: int | None = None
    sources: int | None = None
    balance: int | None = None
    needs_lines: Lines | None = None
    sources_lines: Lines | None = None
    balance_lines: Lines | None = None


@dataclass(slots=True, kw_only=True)
class ComputedFunding:
    """The same, added up from the items; ``usable_balance`` leaves conditional sources out."""

    needs: int | None = None
    sources: int | None = None
    balance: int | None = None
    usable_balance: int | None = None


@dataclass(slots=True, kw_only=True)
class Funding:
    """Money needed, money found, and the balance stated and computed."""

    needs: list[Need] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    stated: StatedFunding = field(default_factory=StatedFunding)
    computed: ComputedFunding = field(default_factory=ComputedFunding)


@dataclass(slots=True, kw_only=True)
class Support(Item):
    """A support policy: so many đồng ``per`` household, metre, …"""

    text: str
    amount: int
    per: str | None = None
    basis: str | None = None


@dataclass(slots=True, kw_only=True)
class Due:
    """When a report is due: ``weekday`` ISO (1 = thứ Hai), ``time`` ``HH:MM``, ``day`` of month."""

    weekday: int | None = None
    time: str | None = None
    day: int | None = None


@dataclass(slots=True, kw_only=True)
class ReportRule(Item):
    """Who reports to whom, how often, by when. ``from_`` is written ``from`` in JSON."""

    from_: str | None
    to: str | None
    period: Period
    due: Due | None = None
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Village(Item):
    """A village, hamlet or residential area named by the plan, with its goal and its day."""

    name: str
    goal: Level | None = None
    status: Status | None = None
    deadline: Deadline | None = None


@dataclass(slots=True, kw_only=True)
class Movement(Item):
    """A movement (phong trào, cuộc vận động) by its name."""

    name: str


@dataclass(slots=True, kw_only=True)
class Recipient(Item):
    """One line of Nơi nhận."""

    text: str


@dataclass(slots=True, kw_only=True)
class Fix:
    """A certain mend: replace ``old`` by ``new`` on ``line`` (1-based)."""

    line: int
    old: str
    new: str


@dataclass(slots=True, kw_only=True)
class Finding:
    """What a check found; ``quotes[i]`` stands in ``lines[i]``."""

    code: str
    severity: Severity
    message: str
    lines: list[Lines] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    advice: str = ""
    fix: Fix | None = None


@dataclass(slots=True, kw_only=True)
class Layout:
    """The page of a Word file in tenths of a millimetre, and the type of most of its letters.

    ``size`` is in half-points, as Word counts.
    """

    width: int | None = None
    height: int | None = None
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None
    font: str | None = None
    size: int | None = None


@dataclass(slots=True, kw_only=True)
class SourceInfo:
    """The file the plan was read from and its text, line by line, as extracted.

    ``decomposed`` are the lines (1-based) that held letters and marks apart; ``layout`` is known
    of Word files only.
    """

    name: str
    reader: str
    sha256: str
    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    decomposed: list[int] = field(default_factory=list)
    layout: Layout | None = None


@dataclass(slots=True, kw_only=True)
class Plan:
    """Everything read from one paper."""

    document: Document
    levels: list[Level] = field(default_factory=list)
    legal_bases: list[LegalBasis] = field(default_factory=list)
    outline: list[Section] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    groups: list[TargetGroup] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    schedule: list[ScheduleEntry] = field(default_factory=list)
    campaign: Campaign | None = None
    funding: Funding = field(default_factory=Funding)
    support: list[Support] = field(default_factory=list)
    reporting: list[ReportRule] = field(default_factory=list)
    villages: list[Village] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    recipients: list[Recipient] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    source: SourceInfo | None = None

    @property
    def text(self) -> list[str]:
        """The paper, line by line; empty where the source was not kept."""
        return self.source.text if self.source else []
