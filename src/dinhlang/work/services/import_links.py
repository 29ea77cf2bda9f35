"""What the lines of a file say of each other: what comes first, what is a part of what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from dinhlang.vietnamese import fold

from .. import linking, sheets
from ..models import UNFINISHED, TaskState
from ..said import BadTask
from ..showing import FINISHED
from .import_known import Known, Node
from .import_rows import CHANGED, NEW, WRONG, Draft
from .tasks import DEEPEST

_ROW = re.compile(r"dong (?:so )?(\d+)")
_NUMBER = re.compile(r"(?:(?:lam )?(?:sau|thuoc) )?(?:cac )?(?:viec )?(?:so )?([a-z]{0,3}\d+)")
_SEVERAL = re.compile(r"\s*(?:,|\bvà\b)\s*")


class Finder:
    """Finds the task that a cell means: by number, by line, by words."""

    def __init__(self, known: Known, drafts: Sequence[Draft]) -> None:
        self.known = known
        self.lines = {draft.line.number: draft for draft in drafts}
        self.numbers: dict[str, list[Draft]] = defaultdict(list)
        self.texts: dict[str, set[Node]] = defaultdict(set)
        for pk, task in known.live.items():
            self.texts[fold(task.text)].add(pk)
        for draft in drafts:
            if number := fold(draft.line.boxes.get(sheets.NUMBER, "")):
                self.numbers[number].append(draft)
            if draft.row.key:
                self.texts[fold(draft.line.boxes.get("text", ""))].add(draft.node)

    def all(self, words: str) -> list[Node]:
        """The tasks that the cell names. Raises ``BadTask`` for what names none."""
        if not words:
            return []
        if found := self.texts.get(fold(words)):
            return [self._only(found, words)]
        nodes: list[Node] = []
        for part in filter(None, (each.strip() for each in words.split(";"))):
            some = _SEVERAL.split(part)
            several = len(some) > 1 and all(_NUMBER.fullmatch(fold(each)) for each in some)
            nodes += [self.one(each) for each in (some if several else [part])]
        return list(dict.fromkeys(nodes))

    def one(self, words: str) -> Node:
        """The task that the words name. Raises ``BadTask``."""
        plain = fold(words)
        if match := _ROW.fullmatch(plain):
            draft = self.lines.get(int(match[1]))
            if draft is None:
                raise BadTask(f"Dòng {match[1]} của tệp không có việc nào.")
            return self._made(draft)
        match = _NUMBER.fullmatch(plain)
        if match and (found := self.numbers.get(match[1])):
            if len({draft.node for draft in found}) > 1:
                told = ", ".join(str(draft.line.number) for draft in found)
                raise BadTask(f"Số việc {match[1].upper()} có ở nhiều dòng ({told}).")
            return self._made(found[0])
        if match and match[1].isdigit():
            return self._numbered(int(match[1]))
        if texts := self.texts.get(plain):
            return self._only(texts, words)
        raise BadTask(f"Không có việc “{words[:60]}” trong tệp hay trong các việc đã có.")

    def _numbered(self, number: int) -> Node:
        if number in self.known.live:
            return number
        if not self.numbers and number in self.lines:
            return self._made(self.lines[number])
        raise BadTask(f"Không có việc số {number} trong tệp hay trong các việc đã có.")

    @staticmethod
    def _made(draft: Draft) -> Node:
        if not draft.row.key:
            raise BadTask(f"Dòng {draft.line.number} của tệp chưa đúng nên chưa nối được.")
        return draft.node

    @staticmethod
    def _only(found: set[Node], words: str) -> Node:
        if len(found) > 1:
            raise BadTask(
                f"Có {len(found)} việc tên “{words[:60]}”. Hãy ghi số việc hoặc “dòng 12”."
            )
        return next(iter(found))


def resolve(known: Known, drafts: Sequence[Draft]) -> None:
    """Give each line the tasks that its two columns name; what names none is an error."""
    for draft in drafts:
        if draft.row.key:
            known.words.setdefault(draft.node, draft.line.boxes.get("text", ""))
    finder = Finder(known, drafts)
    for draft in drafts:
        if draft.row.errors:
            continue
        for box in ("after", "parent"):
            if box not in draft.line.columns:
                continue
            try:
                found = finder.all(draft.line.boxes.get(box, ""))
                draft.values[box] = _said(draft, box, found)
            except BadTask as bad:
                draft.wrong(box, str(bad))


def _said(draft: Draft, box: str, found: list[Node]) -> list[Node] | Node | None:
    if draft.node in found:
        raise BadTask("Việc không thể nối với chính nó.")
    if box == "after":
        # Numbers first, as those that are there stand.
        return sorted(found, key=lambda node: (isinstance(node, str), node))
    if len(found) > 1:
        raise BadTask("Một việc chỉ thuộc một việc lớn.")
    return found[0] if found else None


def check(known: Known, drafts: Sequence[Draft]) -> None:
    """Refuse the lines that cannot stand together; what hangs on a refused line is refused, too."""
    # Each round refuses at least one line more, or is the last.
    while any([_hanging(known, drafts), _circles(known, drafts)]) or any(
        [_too_deep(known, drafts), _finished_early(known, drafts)]
    ):
        pass


def _good(drafts: Iterable[Draft]) -> list[Draft]:
    return [draft for draft in drafts if draft.row.state in (NEW, CHANGED)]


def _hanging(known: Known, drafts: Sequence[Draft]) -> bool:
    bad = {draft.row.key: draft for draft in drafts if draft.row.state == WRONG and not draft.task}
    found = False
    for draft in _good(drafts):
        for box, nodes in (("after", draft.final["after"]), ("parent", [draft.final["parent"]])):
            hangs = next(
                (bad[node] for node in nodes if isinstance(node, str) and node in bad), None
            )
            if hangs is not None and draft.row.state != WRONG:
                message = f"Dòng {hangs.line.number} của tệp chưa đúng nên chưa nối được."
                draft.wrong(box, message)
                found = True
    return found


class Shape:
    """How all tasks would stand after the good lines: what each waits for, what it is a part of."""

    def __init__(self, known: Known, drafts: Sequence[Draft]) -> None:
        self.needs: dict[Node, set[Node]] = defaultdict(set)
        self.above: dict[Node, Node] = {}
        self.state: dict[Node, str] = {pk: task.state for pk, task in known.live.items()}
        lines = {draft.node: draft for draft in _good(drafts)}
        for pk, task in known.live.items():
            if pk not in lines:
                links = [each.after_id for each in task.needs.all() if each.after_id in known.live]
                self._add(pk, links, task.parent_id if task.parent_id in known.live else None)
        for node, draft in lines.items():
            self._add(node, draft.final["after"], draft.final["parent"])
            self.state[node] = draft.final["state"]

    def _add(self, node: Node, after: Iterable[Node], parent: Node | None) -> None:
        self.needs[node] |= set(after)
        if parent is not None:
            self.needs[parent].add(node)
            self.above[node] = parent


def _circles(known: Known, drafts: Sequence[Draft]) -> bool:
    try:
        TopologicalSorter(Shape(known, drafts).needs).prepare()
    except CycleError as circle:
        nodes = list(dict.fromkeys(circle.args[1]))
        told = " → ".join(f"“{known.words[node][:60]}”" for node in [*nodes, nodes[0]])
        lines = {draft.node: draft for draft in _good(drafts)}
        mine = [lines[node] for node in nodes if node in lines]
        for draft in mine:
            box = "after" if draft.values.get("after") else "parent"
            draft.wrong(box, f"Các việc sẽ chờ nhau thành vòng ({told}).")
        return bool(mine)
    return False


def _too_deep(known: Known, drafts: Sequence[Draft]) -> bool:
    above, found = Shape(known, drafts).above, False
    for draft in _good(drafts):
        node, has_parts = draft.node, set(above.values())
        if "parent" not in draft.values or node not in above:
            continue
        below = [each for each in above if each not in has_parts and _is_in(each, node, above)]
        if max(linking.depth(each, above) for each in [node, *below]) > DEEPEST:
            draft.wrong("parent", f"Việc chia nhỏ nhiều nhất {DEEPEST} bậc.")
            found = True
            continue
        whole = above[node]
        bigger = known.live.get(whole) if isinstance(whole, int) else None
        moved = draft.task is None or draft.task.parent_id != above[node]
        if moved and bigger is not None and bigger.state == TaskState.ACCEPTED:
            draft.wrong("parent", "Việc lớn đã nghiệm thu nên không thêm việc nhỏ được.")
            found = True
    return found


def _is_in(node: Node, whole: Node, above: dict[Node, Node]) -> bool:
    at: Node | None = node
    while at is not None and at != whole:
        at = above.get(at)
    return at == whole


def _finished_early(known: Known, drafts: Sequence[Draft]) -> bool:
    shape, found = Shape(known, drafts), False
    for draft in _good(drafts):
        before = draft.task.state if draft.task is not None else ""
        if draft.final["state"] not in FINISHED or draft.final["state"] == before:
            continue
        open_ones = [node for node in shape.needs[draft.node] if shape.state[node] in UNFINISHED]
        if open_ones:
            told = "; ".join(sorted(f"“{known.words[node][:80]}”" for node in open_ones)[:3])
            draft.wrong("state", f"Chưa xong được: còn phải xong trước {told}.")
            found = True
    return found


def in_order(needs: dict[Node, set[Node]]) -> dict[Node, int]:
    """The place of each task in an order in which whatever it waits for comes first."""
    return {node: at for at, node in enumerate(TopologicalSorter(needs).static_order())}
