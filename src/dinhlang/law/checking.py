"""What makes no sense in a set that could be read: checked on the objects, so that a set loaded
from a table is held to the same rules as one written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from .provenance import Provenance
from .regions import REGIONS
from .requirements import (
    AtLeastOf,
    Between,
    BothSexes,
    ByRegion,
    Checklist,
    Children,
    Compare,
    Grade,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    Points,
    RelativeTo,
    Requirement,
    Threshold,
    Trend,
    Value,
)
from .sets import Amendment, Change, CriteriaSet, Criterion, Indicator, Measure, MeasureKind
from .walking import amounts, measures_of, numbers, parts, thresholds, walk_threshold

Sets = Mapping[str, Collection[str]]
_ID_RE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
_MEASURE_RE = re.compile(r"[a-z][a-z0-9_]*")
SAMPLE_WORD = "MẪU"
KIND_WORDS: dict[MeasureKind, str] = {
    "rate": "tỷ lệ %", "amount": "số lượng", "count": "số đếm", "yes_no": "có/không",
    "grade": "mức độ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that makes no sense, at the first object of ``at`` whose place is known.

    ``number``: of the indicator or criterion it is in, empty outside of them.
    """

    at: tuple[object, ...]
    message: str
    number: str = ""


def check(
    document: CriteriaSet | Amendment,
    measures: Mapping[str, Measure] | None = None,
    sets: Sets | None = None,
) -> list[Fault]:
    """Everything that makes no sense in a set or an amendment.

    ``measures`` and ``sets`` (id → numbers of criteria and indicators) that are known elsewhere;
    references to what is not known are faults only where they are given.
    """
    own = {measure.id: measure for measure in document.measures}
    checker = _Checker(document, {**(measures or {}), **own}, measures is not None, sets)
    return [*_head(document, sets), *check_measures(document.measures), *checker.run()]


def check_measures(measures: Iterable[Measure]) -> list[Fault]:
    """Everything that makes no sense in a list of measures."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for measure in measures:
        if measure.id in seen:
            faults.append(Fault((measure,), f"Mã số liệu “{measure.id}” đã dùng ở trên."))
        seen.add(measure.id)
        faults += [Fault((measure,), message) for message in _measure_faults(measure)]
    return faults


def _measure_faults(measure: Measure) -> Iterator[str]:
    if not _MEASURE_RE.fullmatch(measure.id):
        yield f"Mã số liệu “{measure.id}” chỉ gồm chữ thường không dấu, chữ số và gạch dưới."
    if measure.kind == "grade" and len(measure.scale) < 2:
        yield "Số liệu kiểu mức độ phải có thang “scale” từ hai mức, mức thấp nhất trước."
    if measure.kind != "grade" and measure.scale:
        yield "Chỉ số liệu kiểu mức độ (grade) mới có thang “scale”."
    if measure.kind == "rate" and measure.unit != "%":
        yield f"Tỷ lệ tính bằng %, không phải “{measure.unit}”; nếu không phải tỷ lệ, dùng amount."
    if measure.kind in ("yes_no", "grade") and measure.unit:
        yield "Số liệu có/không và mức độ không có đơn vị; hãy bỏ “unit”."
    if bool(measure.numerator) != bool(measure.denominator):
        yield "Phải ghi cả tử số “numerator” và mẫu số “denominator”, hoặc bỏ cả hai."
    if measure.numerator and measure.kind != "rate":
        yield "Chỉ tỷ lệ mới có tử số và mẫu số."
    if measure.combine == "sum" and measure.kind not in ("amount", "count"):
        yield "Chỉ số lượng và số đếm mới cộng được (combine: sum)."
    if measure.combine == "ratio_of_sums" and measure.kind != "rate":
        yield "Chỉ tỷ lệ mới gộp bằng tổng tử số trên tổng mẫu số (combine: ratio_of_sums)."
    if measure.combine == "all" and measure.kind != "yes_no":
        yield "Chỉ số liệu có/không mới gộp theo “tất cả đều có” (combine: all)."


def _head(document: CriteriaSet | Amendment, sets: Sets | None) -> Iterator[Fault]:
    """Faults of the document as a whole."""
    at = (document,)
    if not _ID_RE.fullmatch(document.id):
        yield Fault(
            at,
            f"Mã “{document.id}” phải có dạng <quyết định>/<tên>, chữ thường không dấu, "
            "nối bằng gạch ngang: qd-318-2022/xa-ntm.",
        )
    if document.valid_to is not None and document.valid_to <= document.valid_from:
        yield Fault(at, "Ngày hết hiệu lực (valid_to) phải sau ngày có hiệu lực (valid_from).")
    signed = document.decision.date
    if signed is not None and signed > document.valid_from:
        yield Fault(
            (document.decision, *at),
            f"Văn bản ký ngày {signed} không thể có hiệu lực từ trước đó ({document.valid_from}).",
        )
    yield from _sample(document)
    if document.territory and not re.fullmatch(r"\d{2}", document.territory.code):
        yield Fault(at, f"Mã tỉnh “{document.territory.code}” phải gồm hai chữ số trong ngoặc kép.")
    for rule in document.region_rules:
        if rule.region not in REGIONS:
            yield Fault((rule, *at), nearest("vùng", rule.region, REGIONS))
    named = document.replaces if isinstance(document, CriteriaSet) else (document.amends,)
    for other in named:
        if other == document.id:
            yield Fault(at, "Một bộ không thể thay thế hoặc sửa đổi chính nó.")
        elif sets is not None and other not in sets:
            yield Fault(at, nearest("bộ tiêu chí", other, sets))


def _sample(document: CriteriaSet | Amendment) -> Iterator[Fault]:
    marked = SAMPLE_WORD in document.decision.number.upper()
    if document.sample and not marked:
        yield Fault(
            (document.decision, document),
            f"Bộ làm mẫu (sample: true) không được mang số giống văn bản thật; số phải có chữ "
            f"“{SAMPLE_WORD}”: 01/2026/QĐ-MẪU.",
        )
    if marked and not document.sample:
        yield Fault(
            (document.decision, document),
            f"Số văn bản có chữ “{SAMPLE_WORD}” thì phải ghi sample: true.",
        )


def nearest(what: str, word: str, known: Collection[str]) -> str:
    """“Không có số liệu “ty_le_x”; có phải “ty_le_y” không?”"""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    end = f"; có phải “{near[0]}” không?" if near else "."
    return f"Không có {what} “{word}”{end}"


@dataclass(slots=True)
class _Checker:
    """Goes through the criteria, indicators and changes of one document."""

    document: CriteriaSet | Amendment
    measures: Mapping[str, Measure]
    measures_complete: bool
    sets: Sets | None

    def run(self) -> Iterator[Fault]:
        """All faults inside of the document."""
        if isinstance(self.document, CriteriaSet):
            yield from self._criteria(self.document)
            return
        for change in self.document.changes:
            yield from self._change(change, self.document)

    def _criteria(self, document: CriteriaSet) -> Iterator[Fault]:
        count = len(document.criteria)
        if not count:
            yield Fault((document,), "Bộ phải có ít nhất một tiêu chí.")
        yield from _enough(document.at_least, count, "tiêu chí", (document,))
        first: dict[str, str] = {}
        for criterion in document.criteria:
            if criterion.number in first:
                yield _twice("tiêu chí", criterion)
            first[criterion.number] = "tiêu chí"
        seen: set[str] = set()
        for criterion in document.criteria:
            yield from self._criterion(criterion, seen)

    def _criterion(self, criterion: Criterion, seen: set[str]) -> Iterator[Fault]:
        at = (criterion, self.document)
        if not criterion.indicators:
            yield Fault(
                at,
                f"Tiêu chí {criterion.number} không có chỉ tiêu nào; nếu chưa biết, hãy ghi một "
                "chỉ tiêu với yêu cầu content_not_loaded.",
                criterion.number,
            )
        yield from _enough(
            criterion.at_least, len(criterion.indicators), "chỉ tiêu", at, criterion.number
        )
        for indicator in criterion.indicators:
            if indicator.number in seen:
                yield _twice("chỉ tiêu", indicator)
            seen.add(indicator.number)
            yield from self._belongs(indicator, criterion.number)
            yield from self._indicator(indicator)

    def _belongs(self, indicator: Indicator, criterion: str) -> Iterator[Fault]:
        head, dot, _ = indicator.number.partition(".")
        if dot and head.isdecimal() and criterion.isdecimal() and head != criterion:
            yield Fault(
                (indicator,),
                f"Chỉ tiêu {indicator.number} đứng nhầm trong tiêu chí {criterion}.",
                indicator.number,
            )

    def _indicator(self, indicator: Indicator) -> Iterator[Fault]:
        yield from self._requirement(
            indicator.requirement, indicator.number, indicator.provenance, (indicator,)
        )

    def _change(self, change: Change, document: Amendment) -> Iterator[Fault]:
        at = (change, document)
        added = isinstance(change.add, Indicator)
        known = self.sets.get(document.amends) if self.sets is not None else None
        if known is not None and (change.add is None or added):
            own = numbers(document)
            if change.number not in known and change.number not in own:
                what = "tiêu chí" if added or change.kind == "criterion" else "chỉ tiêu"
                message = f"{document.amends} không có {what} {change.number} để thay đổi."
                yield Fault(at, message, change.number)
        if isinstance(change.add, Criterion):
            yield from self._criterion(change.add, set())
        elif isinstance(change.add, Indicator):
            yield from self._belongs(change.add, change.number)
            yield from self._indicator(change.add)
        elif not change.repeal and not (change.name or change.requirement or change.note):
            yield Fault(at, "Thay đổi này không đổi gì: ghi repeal, name, requirement hoặc note.")
        elif change.repeal and (change.name or change.requirement):
            yield Fault(at, "Đã bãi bỏ thì không đặt tên hay yêu cầu mới.")
        if change.requirement is not None:
            yield from self._requirement(
                change.requirement, change.number, change.provenance, (change,)
            )

    def _requirement(
        self,
        node: Requirement,
        number: str,
        provenance: Provenance,
        around: tuple[object, ...],
        sexed: bool = False,
    ) -> Iterator[Fault]:
        at = (node, *around)
        yield from (Fault(at, words, number) for words in self._measure_faults(node, sexed))
        yield from (Fault(at, words, number) for words in _node_faults(node))
        yield from (Fault(at, words, number) for words in self._set_faults(node))
        highest = self._highest(node)
        for amount in amounts(node):
            for words in _amount_faults(amount, provenance, highest):
                yield Fault((amount, *at), words, number)
        for threshold in thresholds(node):
            for each in walk_threshold(threshold):
                for words in self._threshold_faults(each):
                    yield Fault((each, *at), words, number)
        for part in parts(node):
            inside = sexed or isinstance(node, BothSexes)
            yield from self._requirement(part, number, provenance, (node, *around), inside)

    def _measure_faults(self, node: Requirement, sexed: bool) -> Iterator[str]:
        for name, kinds in measures_of(node):
            measure = self.measures.get(name)
            if measure is None:
                if self.measures_complete:
                    yield nearest("số liệu", name, self.measures)
                continue
            if measure.kind not in kinds:
                allowed = ", ".join(KIND_WORDS[kind] for kind in kinds)
                yield (
                    f"Số liệu “{name}” là {KIND_WORDS[measure.kind]}; yêu cầu này cần {allowed}."
                )
            main = isinstance(node, Compare | Between | Trend) and node.measure == name
            if sexed and main and not measure.by_sex:
                yield f"Số liệu “{name}” không tách nam, nữ; hãy ghi by_sex: true cho số liệu."
        if isinstance(node, Grade) and node.measure in self.measures:
            scale = self.measures[node.measure].scale
            if scale and node.at_least not in scale:
                yield f"“{node.at_least}” không có trong thang: {', '.join(scale)}."

    def _set_faults(self, node: Requirement) -> Iterator[str]:
        if isinstance(node, MeetsSet | MetShare):
            if node.set == self.document.id:
                yield "Một bộ không thể đòi hỏi chính nó."
            elif self.sets is not None and node.set not in self.sets:
                yield nearest("bộ tiêu chí", node.set, self.sets)
        if isinstance(node, MeetsCriterion):
            yield from self._number_faults(node.set, node.number)

    def _threshold_faults(self, threshold: Threshold) -> Iterator[str]:
        if isinstance(threshold, RelativeTo):
            yield from self._number_faults(threshold.set, threshold.indicator)
        if isinstance(threshold, ByRegion):
            for region, _ in threshold.cases:
                if region not in REGIONS:
                    yield nearest("vùng", region, REGIONS)

    def _number_faults(self, name: str, number: str) -> Iterator[str]:
        if name == self.document.id and isinstance(self.document, CriteriaSet):
            known: Collection[str] | None = numbers(self.document)
        elif self.sets is None:
            return
        else:
            known = self.sets.get(name)
        if known is None:
            yield nearest("bộ tiêu chí", name, self.sets or {})
        elif number not in known:
            yield f"Bộ “{name}” không có tiêu chí hay chỉ tiêu {number}."

    def _highest(self, node: Requirement) -> Decimal | None:
        """The highest number a threshold of this node can sensibly be; None: no bound."""
        if isinstance(node, MetShare) or (
            isinstance(node, Children) and node.counting == "percent"
        ):
            return Decimal(100)
        if isinstance(node, Compare | Between) and node.measure in self.measures:
            return Decimal(100) if self.measures[node.measure].kind == "rate" else None
        if isinstance(node, Points):
            return sum((points for points, _ in node.parts), Decimal(0))
        return None


def _amount_faults(amount: Value, around: Provenance, highest: Decimal | None) -> Iterator[str]:
    if amount.amount < 0:
        yield f"Ngưỡng {amount.amount} không thể nhỏ hơn 0."
    if highest is not None and amount.amount > highest:
        yield (
            f"Ngưỡng {amount.amount} lớn hơn mức cao nhất có thể là {highest}; "
            "tỷ lệ tính theo phần trăm, từ 0 đến 100."
            if highest == 100
            else f"Ngưỡng {amount.amount} lớn hơn tổng điểm cao nhất là {highest}."
        )
    if (amount.provenance or around).checked == "not_loaded":
        yield (
            f"Ngưỡng {amount.amount} chưa có nguồn; hãy ghi “checked”: sourced (kèm sources), "
            "quoted (kèm sources) hoặc unverified."
        )


def _node_faults(node: Requirement) -> Iterator[str]:
    """Faults of one node that need nothing else to be seen."""
    if isinstance(node, AtLeastOf):
        if not 1 <= node.count <= len(node.parts):
            yield (
                f"Đòi ít nhất {node.count} trong {len(node.parts)} phần là không thể; "
                f"hãy ghi số từ 1 đến {len(node.parts)}."
            )
    elif isinstance(node, Between | Checklist):
        low, high = node.low, node.high
        if isinstance(low, Value) and isinstance(high, Value) and low.amount > high.amount:
            yield f"Cận dưới {low.amount} lớn hơn cận trên {high.amount}."
    elif isinstance(node, Points) and any(points <= 0 for points, _ in node.parts):
        yield "Điểm của mỗi phần phải lớn hơn 0."


def _enough(
    wanted: int | None, count: int, what: str, at: tuple[object, ...], number: str = ""
) -> Iterator[Fault]:
    if wanted is not None and count and not 1 <= wanted <= count:
        message = (
            f"Đòi ít nhất {wanted} trong {count} {what} là không thể; hãy ghi số từ 1 đến {count}."
        )
        yield Fault(at, message, number)


def _twice(what: str, found: Criterion | Indicator) -> Fault:
    return Fault(
        (found,), f"Số {what} “{found.number}” đã dùng ở trên; mỗi số chỉ một lần.", found.number
    )
