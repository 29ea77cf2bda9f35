"""From the cells of one row to what its indicator demands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dinhlang.law.requirements import (
    AllOf,
    Between,
    BothSexes,
    ByGroup,
    ByRegion,
    ByYear,
    ChildLevel,
    Compare,
    ContentNotLoaded,
    Exception_,
    Giver,
    Grade,
    IfPresent,
    NotLoaded,
    Operator,
    Reached,
    Recognised,
    Requirement,
    Threshold,
    Value,
)
from dinhlang.law.sets import Better, CriteriaSet, SubjectLevel
from dinhlang.vietnamese import fold, format_number

from . import rich
from .columns import BY_GROUP, BY_REGION, GROUPS, KINDS, Row, listed, text
from .lifting import CELLS, lift
from .measuring import DoesNotFit, Measures, Need, Wanted
from .phrases import Phrase, parse

COMPARING: dict[str, Operator] = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "=": "="}
BETTER: dict[Operator, Better] = {
    ">=": "higher", ">": "higher", "<=": "lower", "<": "lower", "=": "neither",
}  # fmt: skip
GIVERS: dict[str, Giver] = {
    "province": "province",
    "ministry": "ministry",
    "not_loaded": "decision",
}
FIGURES = frozenset({"compare", "number", "zero"})
YES = frozenset({"x", "co", "dung", "1", "true", "v"})
NO = frozenset({"", "khong", "0", "false"})

Tell = Callable[[str, str, str], None]
"""Called with the column's key, what is wrong, and what to do."""


class Unfinished(Exception):
    """The row does not say what is demanded; what is wrong was told."""


@dataclass
class Rule:
    """One row on its way to a requirement. ``hint`` is the measure the indicator had before.

    ``said`` is the row as it was written, ``row`` with its words in the columns they belong to,
    ``notes`` what was understood from which words.
    """

    said: Row
    name: str
    topic: str
    subject: SubjectLevel
    measures: Measures
    tell: Tell
    hint: str = ""
    sets: Mapping[str, CriteriaSet] = field(default_factory=dict)
    cells: dict[str, Phrase] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    level_below: ChildLevel | None = None
    row: Row = field(init=False)

    def __post_init__(self) -> None:
        # Words that are known as a measure's name are that name, whatever else they could say.
        known = self.measures.knows(self.name)
        lifted = lift(self.said, self.name, _leaves_open)
        self.row, self.notes = lifted.row, lifted.read
        self.name = self.name if known else lifted.name

    def read(self) -> Requirement:
        """The requirement. Raises ``Unfinished`` where the row leaves it open."""
        kind = self._chosen()
        found = {key: text(self.row, key) for key in CELLS if text(self.row, key)}
        self.cells = {key: parse(words) for key, words in found.items()}
        if self.measures.is_rate(self.name, text(self.row, "measure") or self.hint):
            # “≥ 80% số thôn” of a known rate of villages is that rate.
            self.row.pop("children", None)
        self.level_below = rich.level_below(self)
        if kind in rich.RICH:
            inner: Requirement = rich.rich(self, kind)
        elif kind == "recognised":
            if found.keys() - {"common"}:
                raise self.stop(
                    next(iter(found.keys() - {"common"})),
                    "Kiểu “Được công nhận” không có ngưỡng theo nhóm, theo vùng.",
                    "Hãy ghi tên công nhận ở ô Ngưỡng chung, xóa các ô kia.",
                )
            standard = found.get("common", "") or self.name
            inner = Recognised(measure=self.measure("yes_no"), standard=standard)
        elif kind in GIVERS and not self._says(FIGURES | {"between"}):
            return ContentNotLoaded(giver=GIVERS[kind], note=text(self.row, "unit"))
        else:
            inner = self._content(kind)
        if isinstance(inner, ContentNotLoaded):
            return inner
        return self._wrapped(inner)

    def stop(self, column: str, what: str, advice: str) -> Unfinished:
        self.tell(column, what, advice)
        return Unfinished()

    def _chosen(self) -> str:
        said = text(self.row, "kind")
        if not said:
            return ""
        for key, words in KINDS.items():
            if fold(said) in (fold(words), fold(key)):
                return key
        raise self.stop(
            "kind",
            f"“{said}” không có trong danh sách kiểu yêu cầu.",
            "Hãy chọn một trong: " + ", ".join(KINDS.values()) + ".",
        )

    def _says(self, kinds: frozenset[str]) -> bool:
        return any(phrase.kind in kinds for phrase in self.cells.values())

    def _content(self, kind: str) -> Requirement:
        if kind == "grade" or (not kind and self._says(frozenset({"grade"}))):
            return self._grade()
        if unclear := [key for key, p in self.cells.items() if p.kind == "not_understood"]:
            for key in unclear:
                self.tell(
                    key,
                    f"Chưa hiểu “{text(self.row, key)}”.",
                    "Hãy ghi lại, ví dụ: ≥ 95% · Đạt · 70 - 90% · UBND cấp tỉnh quy định.",
                )
            raise Unfinished
        told = {str(p.kind) for p in self.cells.values()} - GIVERS.keys()
        if kind == "reached" or (not kind and told == {"reached"}):
            return self._reached(told)
        if kind == "zero":
            return self._zero(told)
        if kind == "between" or (not kind and told == {"between"}):
            return self._between(told)
        if self.level_below and kind in ("", *COMPARING) and told <= FIGURES:
            level = self.level_below
            return rich.of_units_below(self, level, self._operator(kind), self._unit())
        if not told:
            return self._left_open(kind)
        if not told <= FIGURES:
            raise self.stop(
                "common",
                "Các ô ngưỡng của dòng này không cùng một kiểu yêu cầu.",
                "Hãy tách thành nhiều chỉ tiêu, hoặc ghi cùng một kiểu ở mọi ô.",
            )
        return self._compared(kind)

    def _left_open(self, kind: str) -> Requirement:
        if self.cells and kind in COMPARING:
            operator = COMPARING[kind]
            return Compare(
                measure=self.measure("number", better=BETTER[operator]),
                operator=operator,
                threshold=self.threshold(lambda p: None, self._unit()),
                exceptions=self.exceptions(),
            )
        if self.cells:
            first = next(iter(self.cells.values())).kind
            return ContentNotLoaded(giver=GIVERS[first], note=text(self.row, "unit"))
        if kind:
            raise self.stop(
                "common", "Chưa ghi ngưỡng.", "Hãy ghi số phải đạt, hoặc chọn kiểu “Chưa nạp”."
            )
        raise self.stop(
            "kind",
            "Chưa ghi yêu cầu phải đạt.",
            "Hãy ghi ngưỡng, chọn “Đạt”, hoặc chọn “Chưa nạp” nếu quyết định chưa cho biết.",
        )

    def _reached(self, told: set[str]) -> Requirement:
        if told - {"reached"} or self._says(frozenset(GIVERS)):
            raise self.stop(
                "common",
                "Kiểu “Đạt” nhưng ô ngưỡng lại ghi số hoặc giao nơi khác quy định.",
                "Hãy xóa ô đó, hoặc chọn kiểu yêu cầu khác.",
            )
        return Reached(measure=self.measure("yes_no"))

    def _zero(self, told: set[str]) -> Requirement:
        other = told - {"zero"}
        if other - FIGURES or (other and any(p.low or p.by_year for p in self.cells.values())):
            raise self.stop(
                "common", "Kiểu “= 0” nhưng ô ngưỡng ghi số khác 0.", "Hãy xóa ô ngưỡng."
            )
        measure = self.measure("number", better="lower")
        return Compare(
            measure=measure, operator="=", threshold=Value(amount=Decimal(0)),
            exceptions=self.exceptions(),
        )  # fmt: skip

    def _grade(self) -> Requirement:
        said = {p.grade or text(self.row, key) for key, p in self.cells.items()}
        if len(said) != 1:
            raise self.stop(
                "common",
                "Kiểu “Mức độ” cần đúng một mức cho mọi xã.",
                "Hãy ghi mức phải đạt ở ô Ngưỡng chung, ví dụ: Mức độ 2.",
            )
        wanted = said.pop()
        scale = tuple(part.strip() for part in text(self.row, "unit").split("<") if part.strip())
        given = self.measures.known.get(text(self.row, "measure").split(" ")[0]) or (
            self.measures.known.get(self.hint)
        )
        if not scale and given is not None and given.kind == "grade":
            scale = given.scale
        named = {fold(one): one for one in scale}
        if fold(wanted) not in named:
            raise self.stop(
                "unit",
                f"Chưa biết thang có mức “{wanted}”.",
                "Hãy ghi các mức từ thấp đến cao ở cột Đơn vị: Mức độ 1 < Mức độ 2 < Mức độ 3.",
            )
        measure = self.measure("grade", scale=scale)
        return Grade(measure=measure, at_least=named[fold(wanted)])

    def _between(self, told: set[str]) -> Requirement:
        if told != {"between"}:
            raise self.stop(
                "common",
                "Kiểu “Trong khoảng” cần hai số ở mỗi ô.",
                "Hãy ghi số thấp và số cao, ví dụ: 70 - 90.",
            )
        for key, phrase in self.cells.items():
            if phrase.low is not None and phrase.high is not None and phrase.low > phrase.high:
                raise self.stop(key, "Số thấp lớn hơn số cao.", "Hãy đổi chỗ hai số.")
        unit = self._unit()
        return Between(
            measure=self.measure("number", unit=unit),
            low=self.threshold(lambda p: p.low, unit),
            high=self.threshold(lambda p: p.high, unit),
            below_high=any(p.below_high for p in self.cells.values()),
        )

    def _compared(self, kind: str) -> Requirement:
        operator = self._operator(kind)
        unit = self._unit()
        main = Compare(
            measure=self.measure("number", unit=unit, better=BETTER[operator]),
            operator=operator,
            threshold=self.threshold(lambda p: Decimal(0) if p.kind == "zero" else p.low, unit),
            exceptions=self.exceptions(),
        )
        parts = [p for p in self.cells.values() if p.kind in FIGURES]
        if not any(p.within for p in parts):
            return main
        return AllOf(parts=(main, self._within(parts)))

    def _operator(self, kind: str) -> Operator:
        """The one sign of the row: the chosen kind, or what its cells say."""
        said = {p.operator for p in self.cells.values() if p.operator is not None}
        if kind in COMPARING:
            said.add(COMPARING[kind])
        if self._says(frozenset({"zero"})) and not said:
            return "="
        figures = [p for p in self.cells.values() if p.kind == "number"]
        if not said and figures and all(p.low == 100 and self._unit() == "%" for p in figures):
            # “100%” without a sign: all of them, which is the most there can be.
            return ">="
        if not said:
            raise self.stop(
                "kind",
                "Ngưỡng có số nhưng chưa rõ là “từ bao nhiêu trở lên” hay “không quá bao nhiêu”.",
                "Hãy chọn kiểu ≥, ≤, > hoặc <.",
            )
        if len(said) > 1:
            raise self.stop(
                "common",
                "Các ô ngưỡng dùng dấu khác nhau: "
                + ", ".join(sorted(KINDS[sign] for sign in said))
                + ".",
                "Hãy dùng cùng một dấu ở mọi ô và ở cột Kiểu yêu cầu.",
            )
        (operator,) = said
        return operator

    def _within(self, parts: list[Phrase]) -> Requirement:
        about = {fold(p.about) for p in parts}
        inner = [p.within for p in parts]
        signs = {p.operator for p in inner if p is not None}
        if len(about) != 1 or len(signs) != 1 or any(p is None for p in inner):
            raise self.stop(
                "common",
                "Phần “trong đó …” không giống nhau giữa các ô.",
                "Hãy tách phần trong ngoặc thành một chỉ tiêu riêng.",
            )
        (operator,) = signs
        assert operator is not None
        name = f"{self.name} (trong đó: {parts[0].about})"
        unit = next((p.unit for p in inner if p is not None and p.unit), self._unit())
        return Compare(
            measure=self.measures.find(
                Wanted(
                    need="number", name=name, unit=unit, better=BETTER[operator],
                    topic=self.topic, level=self.subject,
                )
            ),
            operator=operator,
            threshold=self.threshold(lambda p: p.within.low if p.within else None, unit),
        )  # fmt: skip

    def _unit(self) -> str:
        said = text(self.row, "unit")
        units = {p.unit for p in self.cells.values() if p.unit}
        others = {unit for unit in units if fold(unit) != fold(said)} if said else units
        if (said and others) or len(units) > 1:
            raise self.stop(
                "unit",
                f"Ngưỡng ghi “{', '.join(sorted(units))}”"
                + (f", cột Đơn vị ghi “{said}”." if said else "."),
                "Hãy ghi cùng một đơn vị.",
            )
        return said or next(iter(units), "")

    def threshold(self, number: Callable[[Phrase], Decimal | None], unit: str) -> Threshold:
        groups = [c.key for c in BY_GROUP if c.key in self.cells]
        regions = [c.key for c in BY_REGION if c.key in self.cells]
        if groups and regions:
            raise self.stop(
                groups[0],
                "Dòng này ghi ngưỡng cả theo nhóm xã và theo vùng.",
                "Hãy chỉ dùng một trong hai.",
            )
        values = {key: self._amount(key, p, number(p), unit) for key, p in self.cells.items()}
        common = values.pop("common", None)
        if not values:
            return common if common is not None else NotLoaded()
        columns = [c.key for c in (BY_GROUP if groups else BY_REGION)]
        found = {key: values.get(key, common) for key in columns}
        cases = [(GROUPS.get(key, key), value) for key, value in found.items() if value is not None]
        return ByGroup(cases=tuple(cases)) if groups else ByRegion(cases=tuple(cases))

    def _amount(self, key: str, phrase: Phrase, value: Decimal | None, unit: str) -> Threshold:
        if phrase.kind in GIVERS:
            return NotLoaded(giver=GIVERS[phrase.kind])
        if phrase.by_year:
            years = (
                (year, self._amount(key, replace(phrase, by_year=()), one, unit))
                for year, one in phrase.by_year
            )
            return ByYear(cases=tuple(years))
        if value is None:
            raise self.stop(key, "Thiếu số.", "Hãy ghi số phải đạt.")
        if unit == "%" and not 0 <= value <= 100:
            raise self.stop(
                key,
                f"{format_number(value)} % nằm ngoài khoảng từ 0 đến 100.",
                "Hãy xem lại số, hoặc đổi đơn vị nếu không phải tỷ lệ.",
            )
        return Value(amount=value)

    def measure(
        self, need: Need, *, unit: str = "", better: Better = "neither",
        scale: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        wanted = Wanted(
            need=need,
            name=self.name,
            unit=unit or (text(self.row, "unit") if need == "number" else ""),
            given=text(self.row, "measure"),
            better=better if need != "yes_no" else "higher",
            scale=scale,
            by_sex=self._flag("both_sexes"),
            topic=self.topic,
            level=self.subject,
            hint=self.hint,
        )
        try:
            return self.measures.find(wanted)
        except DoesNotFit as trouble:
            raise self.stop(
                "measure",
                str(trouble),
                "Hãy chọn mã khác, hoặc để trống để chương trình lập mã mới.",
            ) from None

    def _flag(self, key: str) -> bool:
        said = fold(text(self.row, key))
        if said not in YES | NO:
            raise self.stop(key, f"Chưa hiểu “{text(self.row, key)}”.", "Ghi x, hoặc để trống.")
        return said in YES

    def exceptions(self) -> tuple[Exception_, ...]:
        return tuple(
            Exception_(
                measure=self.measures.find(
                    Wanted(
                        need="count", name=f"{self.name}: {words}", topic=self.topic,
                        level=self.subject,
                    )
                ),
                text=words,
            )
            for words in listed(text(self.row, "exceptions"))
        )  # fmt: skip

    def _wrapped(self, inner: Requirement) -> Requirement:
        if self._flag("both_sexes"):
            inner = BothSexes(part=inner)
        inner = rich.over_years(self, inner)
        present = text(self.row, "if_present")
        if fold(present) in NO:
            return inner
        name = self.thing(self.name if fold(present) in YES else present)
        measure = self.measures.find(
            Wanted(need="yes_no", name=name, topic=self.topic, level=self.subject)
        )
        return IfPresent(measure=measure, part=inner)

    def thing(self, words: str) -> str:
        """The name of the measure that tells whether there is one: “Có làng nghề”."""
        if fold(words).startswith("co ") or self.measures.knows(words):
            return words
        return f"Có {words[:1].lower()}{words[1:]}"

    def fits_level(self, other: CriteriaSet) -> None:
        """Raises ``Unfinished`` where the other set is not for the units that are counted."""
        if other.subject != self.level_below:
            raise self.stop(
                "other",
                f"{other.short} không phải bộ dành cho {text(self.row, 'children')}.",
                "Hãy chọn bộ khác, hoặc sửa cột “Tính trên số”.",
            )


def _leaves_open(words: str) -> bool:
    return parse(words).kind in GIVERS
