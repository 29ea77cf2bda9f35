"""A set written by hand as a YAML file, held to what a table is held to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dinhlang.law.errors import LawError
from dinhlang.law.provenance import Provenance
from dinhlang.law.reading import read_set
from dinhlang.law.requirements import Value
from dinhlang.law.sets import Amendment, CriteriaSet, Criterion, Indicator, Territory
from dinhlang.law.walking import thresholds, walk, walk_threshold
from dinhlang.vietnamese import fold, format_date

from .columns import KINDS, Row, text
from .composed import Composed, Context, code_of
from .fitting import twin
from .problems import RowProblem
from .qualifiers import questions

Document = CriteriaSet | Amendment


def compose_file(words: str, name: str, rows: Sequence[Row], context: Context) -> Composed:
    """What the file says, or all that is wrong with it, each with its line.

    ``rows`` are those ``rows_of_file`` gave, with what was answered of them since.
    """
    found, library = Composed(), context.library
    try:
        document = read_set(words, name, library.measures, library.numbers)
    except LawError as error:
        found.problems = [
            RowProblem(0, each.line, "", f"{_where(each.path)}{each.message}")
            for each in error.problems
        ]
        return found
    found.base = library.sets.get(
        document.amends if isinstance(document, Amendment) else document.id
    )
    found.measures = {one.id: one for one in document.measures}
    found.problems = [RowProblem(0, 0, "", said) for said in _faults(document, context)]
    made = dict(_indicators(document))
    known = {i.number: i for c in found.base.criteria for i in c.indicators} if found.base else {}
    for at, row in enumerate(rows, 1):
        if (indicator := made.get(text(row, "number"))) is None:
            continue
        found.made[at] = indicator
        before = known.get(indicator.number)
        if before is not None and before.requirement == indicator.requirement:
            continue
        said = {"name": indicator.name, "answered": row.get("answered")}
        for each in questions(said, {}, indicator.requirement, ()):
            advice = "Hãy sửa yêu cầu trong tệp, hoặc xác nhận là yêu cầu đã thể hiện."
            found.problems.append(RowProblem(at, 0, "name", each.what, advice, each.answer))
    found.notes = list(_notes(document))
    if not found.problems:
        found.result = document
    return found


def rows_of_file(words: str, name: str) -> list[Row]:
    """The indicators of a file as rows to look at; none where the file cannot be read yet."""
    try:
        document = read_set(words, name)
    except LawError:
        return []
    return [{key: value for key, value in row.items() if value} for row in _rows(document)]


def about_of_file(words: str, name: str) -> dict[str, str]:
    """What the file says of its decision; empty where it cannot be read yet."""
    try:
        document = read_set(words, name)
    except LawError:
        return {}
    decision = document.decision
    said = {
        "number": decision.number,
        "issuer": decision.issuer,
        "date": format_date(decision.date) if decision.date else "",
        "title": decision.title or document.title,
        "valid_from": format_date(document.valid_from),
        "set_title": document.title,
    }
    return {key: value for key, value in said.items() if value}


def _where(path: str) -> str:
    return f"{path}: " if path else ""


def _rows(document: Document) -> Iterator[Row]:
    if isinstance(document, CriteriaSet):
        for criterion in document.criteria:
            yield from (_row(criterion, one) for one in criterion.indicators)
        return
    for change in document.changes:
        if isinstance(change.add, Criterion):
            yield from (_row(change.add, one) for one in change.add.indicators)
        elif isinstance(change.add, Indicator):
            yield {"criterion": change.number, "number": change.add.number, "name": change.add.name}
        else:
            yield {
                "number": change.number, "name": change.name or f"Sửa {change.number}",
                "kind": KINDS["repealed"] if change.repeal else "",
            }  # fmt: skip


def _row(criterion: Criterion, indicator: Indicator) -> Row:
    return {
        "criterion": criterion.number, "criterion_name": criterion.name,
        "number": indicator.number, "name": indicator.name,
    }  # fmt: skip


def _indicators(document: Document) -> Iterator[tuple[str, Indicator]]:
    """The indicators that say what is demanded, by number."""
    if isinstance(document, CriteriaSet):
        for criterion in document.criteria:
            yield from ((one.number, one) for one in criterion.indicators)
        return
    for change in document.changes:
        if isinstance(change.add, Criterion):
            yield from ((one.number, one) for one in change.add.indicators)
        elif isinstance(change.add, Indicator):
            yield change.add.number, change.add
        elif change.requirement is not None:
            words = change.name or f"Sửa {change.number}"
            yield (
                change.number,
                Indicator(
                    number=change.number, name=words, requirement=change.requirement,
                    provenance=change.provenance,
                ),
            )  # fmt: skip


def _faults(document: Document, context: Context) -> Iterator[str]:
    """What only matters once a file is to become law here."""
    here, there = context.territory, document.territory
    if code_of(here) != code_of(there):
        holds, place = _province(there), _province(here)
        yield (
            f"Tệp ghi áp dụng cho {holds}, còn bản này nạp cho {place}. Hãy sửa khóa “territory” "
            "trong tệp, hoặc đổi mục “Áp dụng ở”."
        )
    number = document.decision.number
    if not number:
        yield "Tệp chưa ghi số quyết định (decision › number)."
    others: Mapping[str, Document] = (
        context.library.sets
        if isinstance(document, CriteriaSet)
        else {one.id: one for one in context.library.amendments}
    )
    same = others.get(document.id)
    if same is not None and fold(same.decision.number) != fold(number):
        yield f"Mã “{document.id}” đã là của {same.decision.number}. Hãy đặt mã khác."
    if same is not None and code_of(same.territory) != code_of(there):
        yield f"Mã “{document.id}” đã là của một bộ ở nơi khác. Hãy đặt mã khác."
    if isinstance(document, CriteriaSet):
        one = twin(number, document.id, document.level, document.subject, context)
        if one is not None and number:
            yield f"Đã có bộ “{one.short}” của quyết định này. Hãy dùng đúng mã “{one.id}”."
    if not document.sample and any(one.checked == "sample" for one in _provenances(document)):
        yield (
            "Tệp có số làm mẫu (checked: sample) dưới số của một quyết định thật. Số làm mẫu chỉ "
            "được đứng trong bộ mẫu, có chữ MẪU trong số quyết định."
        )


def _province(territory: Territory | None) -> str:
    if territory is None:
        return "cả nước"
    return f"tỉnh {territory.name.removeprefix('Tỉnh ')} (mã {territory.code})"


def _provenances(document: Document) -> Iterator[Provenance]:
    yield document.decision.provenance
    for _, indicator in _indicators(document):
        yield indicator.provenance
        yield indicator.name_provenance
        for node in walk(indicator.requirement):
            for top in thresholds(node):
                for each in walk_threshold(top):
                    if isinstance(each, Value) and each.provenance is not None:
                        yield each.provenance


def _notes(document: Document) -> Iterator[str]:
    if not document.decision.issuer or document.decision.date is None:
        yield "Tệp chưa ghi cơ quan ban hành hoặc ngày ban hành (decision › issuer, date)."
