"""A table and what is said of its decision, made into a set or an amendment, or into problems."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from dinhlang.law import checking
from dinhlang.law.provenance import NOT_LOADED, Provenance
from dinhlang.law.requirements import ContentNotLoaded, Requirement
from dinhlang.law.sets import (
    Amendment,
    Body,
    Change,
    CriteriaSet,
    Criterion,
    Decision,
    Declared,
    Indicator,
    Measure,
    SubjectLevel,
)
from dinhlang.law.walking import measures_of, walk
from dinhlang.vietnamese import clean_spaces, fold, nfc

from .columns import CASES, SHAPE, Row, listed, text
from .composed import Composed, Context
from .decision import About, AboutReader
from .fitting import fit
from .measuring import Measures
from .naming import new_id
from .problems import RowProblem
from .qualifiers import left_open, of_criterion, questions
from .rules import Rule, Unfinished
from .unfolding import TooRich, demands


@dataclass(slots=True)
class _Criterion:
    number: str
    name: str
    group: str
    guided_by: str = ""
    at_least: str = ""
    position: int = 0
    rows: list[int] = field(default_factory=list)
    indicators: list[tuple[int, Indicator]] = field(default_factory=list)
    repealed: list[str] = field(default_factory=list)


def compose(rows: Sequence[Row], said: Mapping[str, Any], context: Context) -> Composed:
    """Everything the table says, or all that is wrong with it."""
    reader = AboutReader(said)
    about = reader.read()
    return _Composer(context, about, rows, Composed(problems=reader.problems, about=about)).run()


class _Composer:
    def __init__(
        self, context: Context, about: About | None, rows: Sequence[Row], found: Composed
    ) -> None:
        self.context, self.about, self.rows, self.found = context, about, rows, found
        self.measures = Measures(context.library.measures)
        self.numbers = context.library.numbers
        self.criteria: dict[str, _Criterion] = {}
        self.lines = {at: int(row.get("line") or 0) for at, row in enumerate(rows, 1)}

    def run(self) -> Composed:
        self._check_decision()
        base = self.found.base
        self.titles = {c.number: c.name for c in base.criteria} if base else {}
        self.before = (
            {i.number: i for c in self.found.base.criteria for i in c.indicators}
            if self.found.base
            else {}
        )
        self._read_rows()
        self._check_criteria()
        self.found.made = {at: i for c in self.criteria.values() for at, i in c.indicators}
        used = {m for i in self.found.made.values() for m in _measures(i.requirement)}
        # A measure that another set brought is brought along: a document stands on its own and
        # on the shared measures, whatever becomes of the other set.
        shared = {one.id for one in self.context.library.shared_measures}
        brought = {**self.context.library.measures, **self.measures.created}
        self.found.measures = {k: brought[k] for k in sorted(used - shared) if k in brought}
        if self.found.problems or self.about is None:
            return self.found
        self._count(self.about)
        result = self._amendment(self.about) if self._amends else self._set(self.about)
        if result is not None:
            self._check(result)
        if not self.found.problems:
            self.found.result = result
        return self.found

    @property
    def _amends(self) -> bool:
        return self.about is not None and self.about.mode == "amend"

    def _tell(self, at: int, column: str, what: str, advice: str = "") -> None:
        self.found.problems.append(RowProblem(at, self.lines.get(at, 0), column, what, advice))

    def _check_decision(self) -> None:
        if self.about is None:
            return
        self.found.base = fit(self.about, self.context, partial(self._tell, 0))

    # --- Rows

    def _read_rows(self) -> None:
        here: _Criterion | None = None
        for at, row in enumerate(self.rows, 1):
            if row.get("dropped"):
                continue
            here = self._criterion_of(at, row, here)
            if here is None:
                self._tell(
                    at, "criterion", "Dòng này chưa thuộc tiêu chí nào.",
                    "Hãy ghi số và tên tiêu chí.",
                )  # fmt: skip
                continue
            here.rows.append(at)
            self._indicator(at, row, here)

    def _criterion_of(self, at: int, row: Row, here: _Criterion | None) -> _Criterion | None:
        number = text(row, "criterion").rstrip(".")
        name = clean_spaces(nfc(text(row, "criterion_name")))
        if not number and (not name or (here is not None and fold(name) == fold(here.name))):
            found = here
        elif not number:
            found = next((c for c in self.criteria.values() if fold(c.name) == fold(name)), None)
            if found is None:
                self._tell(
                    at, "criterion", f"Tiêu chí “{name}” chưa có số.", "Hãy ghi số tiêu chí."
                )
                return here
        else:
            found = self.criteria.get(number)
        if found is None and number:
            found = _Criterion(number, name, text(row, "group"), position=at)
            self.criteria[number] = found
        if found is not None:
            if name and found.name and fold(name) != fold(found.name):
                self._tell(
                    at, "criterion_name",
                    f"Tiêu chí {found.number} ở dòng trên tên là “{found.name}”.",
                    "Hãy sửa số hoặc tên cho khớp.",
                )  # fmt: skip
            found.name = found.name or name
            found.guided_by = found.guided_by or text(row, "guided_by")
            found.at_least = found.at_least or text(row, "at_least")
        return found

    def _indicator(self, at: int, row: Row, criterion: _Criterion) -> None:
        name = clean_spaces(nfc(text(row, "name")))
        number = text(row, "number").rstrip(".")
        demands = any(
            text(row, key) for key in row if key in _DEMANDS and key not in ("unit", "measure")
        )
        if not name and not number and not demands:
            return  # The heading of a criterion; its indicators follow.
        name = name or criterion.name
        known = self._known(number, name)
        if text(row, "kind") in ("Bãi bỏ", "repealed"):
            self._repeal(at, number, known, criterion)
            return
        if text(row, "kind") in ("Giữ như bộ gốc", "kept"):
            if known is None:
                self._tell(
                    at, "kind", "Bộ gốc không có chỉ tiêu số này để giữ.",
                    "Hãy ghi yêu cầu, hoặc sửa số chỉ tiêu.",
                )  # fmt: skip
            else:
                criterion.indicators.append((at, replace(known, name=name)))
            return
        if self._amends and known is not None and self._says_the_same(row, name, known):
            criterion.indicators.append((at, known))
            return
        if (made := self._new(at, row, criterion, known, name)) is not None:
            criterion.indicators.append((at, replace(made, number=number)))

    def _new(
        self, at: int, row: Row, criterion: _Criterion, known: Indicator | None, name: str
    ) -> Indicator | None:
        hint = next(iter(_measures(known.requirement)), "") if known is not None else ""
        rule = Rule(
            said=row, name=name, topic=criterion.name, subject=self._subject,
            measures=self.measures, tell=partial(self._tell, at), hint=hint,
            sets=self.context.library.sets,
        )  # fmt: skip
        try:
            requirement = rule.read()
        except Unfinished:
            return None
        self._guard(at, row, rule, requirement, known)
        waits = isinstance(requirement, ContentNotLoaded) and requirement.giver == "decision"
        untouched = known if waits and known and fold(known.name) == fold(name) else None
        return Indicator(
            number="",
            name=name,
            requirement=requirement,
            name_provenance=untouched.name_provenance if untouched else self._found(row),
            provenance=NOT_LOADED if waits else self._found(row),
            evidence=tuple(listed(text(row, "evidence"))),
            note=text(row, "note"),
        )

    def _guard(
        self, at: int, row: Row, rule: Rule, requirement: Requirement, known: Indicator | None
    ) -> None:
        """Tells what was read from which words, and asks of the words that nothing holds."""
        notes = [*rule.notes, *left_open(requirement)]
        if notes:
            self.found.read[at] = notes
        same_name = known is not None and fold(known.name) == fold(text(row, "name"))
        if known is not None and same_name and known.requirement == requirement:
            return  # It is law already, word for word.
        of_percent = [p.of for p in rule.cells.values() if p.of]
        for each in questions(row, rule.row, requirement, of_percent):
            self.found.problems.append(
                RowProblem(
                    at, self.lines.get(at, 0), each.column, each.what, each.advice, each.answer
                )
            )

    def _says_the_same(self, row: Row, name: str, known: Indicator) -> bool:
        """Whether the row still says what the base does; a row can say less than a tree."""
        if fold(name) != fold(known.name):
            return False
        try:
            was = demands(known.requirement, self.context.library.measures, fill=False)
        except TooRich:
            return False
        return all(fold(text(row, key)) == fold(was.get(key, "")) for key in _SAID)

    def _known(self, number: str, name: str) -> Indicator | None:
        """The base's indicator of that number, or the one of that name where numbers are new."""
        if number in self.before:
            return self.before[number]
        same = (one for one in self.before.values() if fold(one.name) == fold(name))
        return None if number else next(same, None)

    @property
    def _subject(self) -> SubjectLevel:
        if self.found.base is not None:
            return self.found.base.subject
        return self.about.subject if self.about is not None else "commune"

    def _repeal(self, at: int, number: str, known: Indicator | None, criterion: _Criterion) -> None:
        if known is None or not self._amends:
            self._tell(
                at, "kind", "“Bãi bỏ” chỉ dùng khi sửa đổi một bộ có chỉ tiêu số này.",
                "Hãy bỏ dòng, hoặc sửa số chỉ tiêu.",
            )  # fmt: skip
            return
        criterion.repealed.append(number)

    def _found(self, row: Row | None = None) -> Provenance:
        """Read in the decision itself, or made up where its number says so."""
        if self.about is None:
            return NOT_LOADED
        where = text(row, "source") if row is not None else ""
        sources = [f"Quyết định {self.about.number}" + (f", {where}" if where else "")]
        if self.about.link:
            sources.append(self.about.link)
        checked = "sample" if self.about.sample else "approved"
        return Provenance(checked=checked, sources=tuple(sources))  # type: ignore[arg-type]

    # --- Criteria

    def _check_criteria(self) -> None:
        if not self.criteria and not self.found.problems:
            self._tell(0, "", "Bảng chưa có dòng nào.", "Hãy điền trang Tiêu chí rồi nạp lại.")
        seen: dict[str, int] = {}
        for criterion in self.criteria.values():
            self._number(criterion)
            for at, indicator in criterion.indicators:
                if indicator.number in seen:
                    self._tell(
                        at, "number", f"Số chỉ tiêu {indicator.number} đã dùng ở dòng "
                        f"{self.lines[seen[indicator.number]] or seen[indicator.number]}.",
                        "Hãy sửa một trong hai số.",
                    )  # fmt: skip
                seen[indicator.number] = at
            at = criterion.position
            criterion.name = criterion.name or self.titles.get(criterion.number, "")
            if not criterion.name:
                self._tell(at, "criterion_name", "Tiêu chí chưa có tên.", "Hãy ghi tên tiêu chí.")
            told = {p.row for p in self.found.problems} & {*criterion.rows}
            if not criterion.indicators and not criterion.repealed and not told:
                self._tell(
                    at, "name", f"Tiêu chí {criterion.number} chưa có chỉ tiêu nào.",
                    "Hãy thêm dòng cho các chỉ tiêu, hoặc chọn kiểu “Chưa nạp” ở dòng này.",
                )  # fmt: skip
            self._at_least(criterion)
            first = self.rows[at - 1]
            if not criterion.at_least and len(criterion.indicators) > 1:
                for each in of_criterion(criterion.name, first.get("answered") or ()):
                    self.found.problems.append(
                        RowProblem(at, self.lines[at], "at_least", each.what, each.advice,
                                   each.answer)
                    )  # fmt: skip

    def _number(self, criterion: _Criterion) -> None:
        """Indicators without a number get the next one of their criterion."""
        lonely = len(criterion.indicators) == 1
        for place, (at, indicator) in enumerate(criterion.indicators):
            if not indicator.number:
                given = criterion.number if lonely else f"{criterion.number}.{place + 1}"
                criterion.indicators[place] = (at, replace(indicator, number=given))

    def _at_least(self, criterion: _Criterion) -> int | None:
        said = criterion.at_least
        if not said:
            return None
        count = len(criterion.indicators)
        if not re.fullmatch(r"\d{1,3}", said) or not 1 <= int(said) <= max(count, 1):
            self._tell(
                criterion.position, "at_least",
                f"“{said}” không phải số từ 1 đến {count} (số chỉ tiêu của tiêu chí).",
                "Hãy sửa lại, hoặc để trống nếu cần đạt tất cả.",
            )  # fmt: skip
            return None
        return int(said)

    def _count(self, about: About) -> None:
        criteria = len(self.criteria)
        indicators = sum(len(c.indicators) for c in self.criteria.values())
        for said, have, words in (
            (about.criteria, criteria, "tiêu chí"),
            (about.indicators, indicators, "chỉ tiêu"),
        ):
            if said is not None and said != have and not self._amends:
                self.found.notes.append(
                    f"Quyết định ghi {said} {words}, bảng có {have}. Hãy xem có thiếu dòng không."
                )

    # --- The result

    def _decision(self, about: About) -> Decision:
        return Decision(
            number=about.number, issuer=about.issuer, date=about.signed, title=about.title,
            provenance=self._found(),
        )  # fmt: skip

    def _made(self, criterion: _Criterion) -> Criterion:
        body = criterion.guided_by
        return Criterion(
            number=criterion.number,
            name=criterion.name,
            group=criterion.group,
            indicators=tuple(indicator for _, indicator in criterion.indicators),
            name_provenance=self._found(),
            guided_by=Body(name=body, provenance=self._found()) if body else None,
            at_least=self._at_least(criterion),
        )

    def _declared(self, about: About) -> Declared | None:
        if about.criteria is None and about.indicators is None:
            return None
        return Declared(
            criteria=about.criteria, indicators=about.indicators, provenance=self._found()
        )

    def _set(self, about: About) -> CriteriaSet:
        base = self.found.base
        territory = self.context.territory
        if base is not None and not about.set_title:
            title, short, level, subject = base.title, base.short, base.level, base.subject
        else:
            title, short, level, subject = (
                about.set_title, about.short, about.level, about.subject,
            )  # fmt: skip
        if base is not None:
            set_id, level, subject, territory = base.id, base.level, base.subject, base.territory
        else:
            set_id = new_id(about, territory)
            if set_id in self.numbers:
                self.found.notes.append(
                    f"Đã có bộ “{set_id}” của quyết định này; khi được duyệt, bản này thay bản cũ."
                )
        return CriteriaSet(
            id=set_id,
            title=title,
            short=short,
            level=level,
            subject=subject,
            decision=self._decision(about),
            criteria=tuple(self._made(c) for c in self.criteria.values()),
            valid_from=about.valid_from,
            valid_to=about.valid_to,
            years=about.years or (base.years if base is not None else None),
            territory=territory,
            replaces=about.replaces or (base.replaces if base is not None else ()),
            at_least=base.at_least if base is not None else None,
            declared=self._declared(about) or (base.declared if base is not None else None),
            region_rules=base.region_rules if base is not None else (),
            measures=self._measures(base),
            sample=about.sample,
            note=about.note,
        )

    def _measures(self, base: CriteriaSet | None) -> tuple[Measure, ...]:
        own = {one.id: one for one in (base.measures if base is not None else ())}
        own |= self.found.measures
        return tuple(own.values())

    def _amendment(self, about: About) -> Amendment | None:
        base = self.found.base
        assert base is not None
        changes: list[Change] = []
        for criterion in self.criteria.values():
            changes += [
                Change(number=n, repeal=True, provenance=self._found()) for n in criterion.repealed
            ]
            changes += self._changes(base, criterion)
        if not changes:
            self._tell(
                0, "", "Bảng không khác gì bộ gốc.", "Hãy sửa những ngưỡng mà quyết định thay đổi."
            )
            return None
        return Amendment(
            id=new_id(about, self.context.territory, base.id.rpartition("/")[2]),
            title=about.set_title or about.title or f"Sửa đổi, bổ sung {base.title}",
            amends=base.id,
            decision=self._decision(about),
            changes=tuple(changes),
            valid_from=about.valid_from,
            valid_to=about.valid_to,
            territory=self.context.territory,
            measures=tuple(self.found.measures.values()),
            declared=self._declared(about),
            sample=about.sample,
            note=about.note,
        )

    def _changes(self, base: CriteriaSet, criterion: _Criterion) -> list[Change]:
        known = {one.number: one for one in base.criteria}
        if criterion.number not in known:
            return [Change(number=criterion.number, kind="criterion", add=self._made(criterion))]
        changes = []
        old = known[criterion.number]
        if criterion.name and fold(old.name) != fold(criterion.name):
            changes.append(
                Change(
                    number=old.number, kind="criterion", name=criterion.name,
                    provenance=self._found(),
                )
            )  # fmt: skip
        for _, new in criterion.indicators:
            before = self.before.get(new.number)
            if before is None:
                changes.append(Change(number=criterion.number, add=new))
                continue
            named = new.name if fold(new.name) != fold(before.name) else None
            demands = new.requirement if new.requirement != before.requirement else None
            if named is not None or demands is not None:
                changes.append(
                    Change(
                        number=new.number, name=named, requirement=demands,
                        provenance=new.provenance, note=new.note,
                    )
                )  # fmt: skip
        return changes

    def _check(self, result: CriteriaSet | Amendment) -> None:
        """The rules that files of the law are held to."""
        rows = {indicator.number: at for at, indicator in self.found.made.items()}
        shared = {one.id: one for one in self.context.library.shared_measures}
        for fault in checking.check(result, shared, self.numbers):
            self._tell(rows.get(fault.number, 0), "", fault.message)


def _measures(requirement: Requirement) -> list[str]:
    return [measure for node in walk(requirement) for measure, _ in measures_of(node)]


_SAID = (
    *("kind", "unit", "common", *CASES, *(column.key for column in SHAPE)),
    *("both_sexes", "if_present", "exceptions", "measure"),
)
_DEMANDS = frozenset({"kind", "common", *CASES})
