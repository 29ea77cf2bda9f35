"""The words of the programme in force: components, rows of the report forms, two regimes. Pure.

Each value says where it is from and whether that was held against the text. What is not known
stands here as not loaded; nothing is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LAST_OLD_YEAR = 2025
LAST_DAY_OF_OLD_MONEY = date(2026, 12, 31)
"""Until then money of 2021–2025 that was carried over may be spent (TT 60/2026/TT-BTC)."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value is from; ``checked`` is false where nobody held it against the text."""

    text: str
    checked: bool

    @property
    def words(self) -> str:
        """The source line as shown."""
        return self.text if self.checked else f"{self.text} (chưa đối chiếu văn bản)"


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the programme: “1.2” with its name."""

    code: str
    name: str

    @property
    def part(self) -> str:
        """“Hợp phần 1”."""
        return f"Hợp phần {self.code.split('.')[0]}"


@dataclass(frozen=True, slots=True)
class Regime:
    """The rules that money is kept by; ``components`` is empty where they are not loaded."""

    code: str
    name: str
    first: int
    last: int
    components: tuple[Component, ...]
    provenance: Provenance
    spent_by: date | None = None


_PARTS = {
    "1": (
        "Quy hoạch", "Hạ tầng kinh tế - xã hội", "Kinh tế nông thôn", "Nhân lực, việc làm",
        "Hành chính công, trợ giúp pháp lý, bình đẳng giới",
        "Khoa học công nghệ và chuyển đổi số", "Môi trường, cảnh quan, an toàn thực phẩm",
        "Mặt trận Tổ quốc và đoàn thể", "Quốc phòng, an ninh",
        "Năng lực, truyền thông, giám sát đánh giá, thi đua",
    ),
    "2": (
        "Hạ tầng đặc thù vùng dân tộc thiểu số và miền núi", "Sản xuất, sinh kế",
        "Nhân lực, bình đẳng giới, phòng chống tảo hôn", "Dân tộc có khó khăn đặc thù",
        "Truyền thông, công nghệ thông tin",
    ),
}  # fmt: skip

OLD = Regime(
    code="2021-2025",
    name="Giai đoạn 2021–2025",
    first=2021,
    last=LAST_OLD_YEAR,
    components=(),
    provenance=Provenance("Thông tư 55/2023/TT-BTC; danh mục nội dung thành phần chưa nạp", True),
    spent_by=LAST_DAY_OF_OLD_MONEY,
)
NEW = Regime(
    code="2026-2030",
    name="Giai đoạn 2026–2030",
    first=2026,
    last=2030,
    components=tuple(
        Component(f"{part}.{at}", name)
        for part, names in _PARTS.items()
        for at, name in enumerate(names, 1)
    ),
    provenance=Provenance("Thông tư 60/2026/TT-BTC, theo Quyết định 417/QĐ-BNNMT", True),
)
CARRIED = Provenance(
    "Thông tư 60/2026/TT-BTC: vốn 2021–2025 chuyển nguồn dùng đến hết 31/12/2026 theo "
    "quy định cũ (Thông tư 55/2023/TT-BTC)",
    True,
)


def regime_of(year: int, carried_from: int | None = None) -> Regime:
    """The rules for money of this year, or for money of an earlier one carried over into it."""
    return OLD if (carried_from or year) <= LAST_OLD_YEAR else NEW


def component(code: str) -> Component | None:
    """The component of a code; None where there is none."""
    return next((each for each in NEW.components if each.code == code), None)


def phase_of(year: int) -> range:
    """The five years of the phase the year is in: 2021–2025, 2026–2030."""
    first = year - (year - 1) % 5
    return range(first, first + 5)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of the report on resources, triệu đồng; ``kinds`` are the kinds of sources in it."""

    code: str
    name: str
    kinds: tuple[str, ...]
    depth: int = 0


PEOPLE_IN_KIND = ("people_labour", "people_land", "people_kind")
REPORT_ROWS = (
    ReportRow("I", "Ngân sách trung ương", ("central_investment", "central_recurrent")),
    ReportRow("I.1", "Vốn đầu tư công", ("central_investment",), 1),
    ReportRow("I.2", "Kinh phí thường xuyên", ("central_recurrent",), 1),
    ReportRow("II", "Ngân sách địa phương", ("province", "district", "commune", "land")),
    ReportRow("II.1", "Ngân sách tỉnh", ("province",), 1),
    ReportRow("II.2", "Ngân sách huyện (trước 01/7/2025)", ("district",), 1),
    ReportRow("II.3", "Ngân sách xã, gồm tiền đấu giá đất để lại", ("commune", "land"), 1),
    ReportRow("III", "Vốn lồng ghép", ("integrated",)),
    ReportRow("IV", "Tín dụng chính sách", ("credit",)),
    ReportRow("V", "Doanh nghiệp", ("enterprise",)),
    ReportRow("VI", "Cộng đồng và người dân", ("people_cash", *PEOPLE_IN_KIND)),
    ReportRow("VI.1", "Tiền mặt", ("people_cash",), 1),
    ReportRow("VI.2", "Ngày công, đất, hiện vật quy đổi", PEOPLE_IN_KIND, 1),
    ReportRow("VII", "Nguồn khác", ("other",)),
)
REPORT_ROWS_FROM = Provenance("Theo dòng của Biểu 07, Biểu 11 (mẫu báo cáo giữa năm 2026)", False)
