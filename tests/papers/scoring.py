"""How well a plan was read: a plan's JSON against a key made by hand, kind of item by kind.

A key has the form of ``dinhlang.plan/1`` with two fields more on every item. ``must`` says that
any competent reader gives the item; items without it never lower the recall. ``also`` lists, by
field, other answers that are as good; ``"*"`` accepts any. Texts of a key are shortened; ``…``
stands for words left out. A field a key item does not hold is not asked for.

    python -m tests.papers.scoring PLAN.json KEY.json
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.papers.agreement import FIELDS, Item, differences

DOCUMENT_FIELDS = (
    "kind", "number", "symbol", "issuer", "place", "date", "title",
    "commune", "district", "province", "authority", "signer_title", "years",
)  # fmt: skip
TOTALS = {
    "stated": ("needs", "sources", "balance"),
    "computed": ("needs", "sources", "balance", "usable_balance"),
}


@dataclass(frozen=True, slots=True)
class Score:
    """Counts for one kind: items read, of those right; items that must be read, of those hit.

    A share of nothing is 1: who had nothing to read and read nothing made no mistake.
    """

    found: int = 0
    right: int = 0
    must: int = 0
    hit: int = 0

    @property
    def precision(self) -> float:
        """Share of what was read that is right, 0…1."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what must be read that was read, 0…1."""
        return self.hit / self.must if self.must else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found,
            self.right + other.right,
            self.must + other.must,
            self.hit + other.hit,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One kind compared: ``pairs`` maps the index of a key item to that of its read item."""

    kind: str
    read: list[Item]
    wanted: list[Item]
    pairs: dict[int, int]

    @property
    def score(self) -> Score:
        """The counts of this kind."""
        must = [index for index, item in enumerate(self.wanted) if item.get("must")]
        hit = sum(index in self.pairs for index in must)
        return Score(len(self.read), len(self.pairs), len(must), hit)


def score(plan: Item, key: Item) -> dict[str, Score]:
    """Scores by kind, in the order of the format; every kind is there."""
    return {kind: outcome.score for kind, outcome in compare(plan, key).items()}


def combined(scores: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """The counts of several plans added up, kind by kind."""
    total: dict[str, Score] = {}
    for one in scores:
        for kind, value in one.items():
            total[kind] = total.get(kind, Score()) + value
    return total


def table(scores: Mapping[str, Score]) -> str:
    """The scores as lines of text, one a kind, with the sum at the end."""
    rows = [f"{'kind':<16} found right  prec.   must   hit   rec."]
    everything = sum(scores.values(), Score())
    for kind, one in [*scores.items(), ("all", everything)]:
        precision = f"{one.precision:.1%}" if one.found else "–"
        recall = f"{one.recall:.1%}" if one.must else "–"
        rows.append(
            f"{kind:<16} {one.found:>5} {one.right:>5} {precision:>6}  "
            f"{one.must:>5} {one.hit:>5} {recall:>6}"
        )
    return "\n".join(rows)


def misses(plan: Item, key: Item) -> list[str]:
    """What was missed and what was read wrong, a readable line each, with the nearest answer."""
    lines = []
    for kind, outcome in compare(plan, key).items():
        taken = set(outcome.pairs.values())
        spare = [item for index, item in enumerate(outcome.read) if index not in taken]
        open_ = [item for index, item in enumerate(outcome.wanted) if index not in outcome.pairs]
        for item in open_:
            if item.get("must"):
                near = _nearest(kind, item, spare, wanted_first=True)
                lines.append(f"{kind} {_place(item)} missed: {_label(kind, item)}{near}")
        for item in spare:
            near = _nearest(kind, item, outcome.wanted, wanted_first=False)
            lines.append(f"{kind} {_place(item)} wrong: {_label(kind, item)}{near}")
    return lines


def compare(plan: Item, key: Item) -> dict[str, Outcome]:
    """Every kind with its items paired, one read item to one key item."""
    read, wanted = read_items(plan), key_items(key)
    shift = _outline_shift(read["outline"], wanted["outline"])
    read["outline"] = [{**item, "level": item.get("level", 1) - shift} for item in read["outline"]]
    return {kind: _compare_kind(kind, read[kind], wanted[kind]) for kind in wanted}


def _compare_kind(kind: str, read: list[Item], wanted: list[Item]) -> Outcome:
    fits = [
        [index for index, item in enumerate(read) if not differences(kind, item, one)]
        for one in wanted
    ]
    order = sorted(range(len(wanted)), key=lambda index: not wanted[index].get("must"))
    return Outcome(kind, read, wanted, _assign(fits, order))


def _assign(fits: Sequence[Sequence[int]], order: Iterable[int]) -> dict[int, int]:
    """As many pairs as can be (augmenting paths); who comes early in ``order`` is never dropped."""
    owner: dict[int, int] = {}

    def place(wanted: int, seen: set[int]) -> bool:
        for index in fits[wanted]:
            if index in seen:
                continue
            seen.add(index)
            if index not in owner or place(owner[index], seen):
                owner[index] = wanted
                return True
        return False

    for wanted in order:
        place(wanted, set())
    return {wanted: index for index, wanted in owner.items()}


# Items of a plan and of a key, by kind


def read_items(plan: Item) -> dict[str, list[Item]]:
    """The items of a plan as lists of plain objects, one list a kind."""
    return {
        "document": [one for one in _document(plan) if one["value"] not in (None, "", [])],
        "levels": [{"value": level} for level in plan.get("levels") or ()],
        **_listed(plan),
        "campaign": _campaign(plan),
        "funding-totals": [one for one in _totals(plan) if one["value"] is not None],
    }


def key_items(key: Item) -> dict[str, list[Item]]:
    """The same of a key; values it does not know are kept, for they forbid an answer."""
    document = key.get("document") or {}
    asked = document.get("must") or ()
    also = document.get("also") or {}
    return {
        "document": [
            {**one, "must": one["field"] in asked, "also": {"value": also.get(one["field"], [])}}
            for one in _document(key)
        ],
        "levels": list(key.get("levels") or ()),
        **_listed(key),
        "campaign": [{"must": True, **one} for one in _campaign(key)],
        "funding-totals": [{**one, "must": one["value"] is not None} for one in _totals(key)],
    }


def _listed(paper: Item) -> dict[str, list[Item]]:
    criteria = list(paper.get("criteria") or ())
    funding = paper.get("funding") or {}
    recipients = paper.get("recipients") or (paper.get("document") or {}).get("recipients") or ()
    return {
        "legal_bases": list(paper.get("legal_bases") or ()),
        "outline": list(_flat(paper.get("outline") or ())),
        "criteria": criteria,
        "gaps": [gap for one in criteria for gap in one.get("gaps") or ()],
        **{
            kind: list(paper.get(kind) or ())
            for kind in ("targets", "groups", "quantities", "tasks", "duties", "schedule")
        },
        "funding-needs": list(funding.get("needs") or ()),
        "funding-sources": list(funding.get("sources") or ()),
        **{
            kind: list(paper.get(kind) or ())
            for kind in ("support", "reporting", "villages", "movements")
        },
        "recipients": [one if isinstance(one, Mapping) else {"text": one} for one in recipients],
    }


def _flat(sections: Iterable[Item]) -> Iterator[Item]:
    for section in sections:
        yield section
        yield from _flat(section.get("children") or ())


def _document(paper: Item) -> list[dict[str, Any]]:
    document = paper.get("document") or {}
    signatory = document.get("signatory") or {}
    values = {
        **document,
        "authority": signatory.get("authority"),
        "signer_title": signatory.get("title"),
    }
    return [{"field": name, "value": values.get(name)} for name in DOCUMENT_FIELDS]


def _campaign(paper: Item) -> list[Item]:
    campaign = paper.get("campaign") or {}
    days = campaign.get("days")
    waves: list[Item] = [{"field": "wave", **wave} for wave in campaign.get("waves") or ()]
    return ([{"field": "days", "value": days}] if days is not None else []) + waves


def _totals(paper: Item) -> list[dict[str, Any]]:
    funding = paper.get("funding") or {}
    return [
        {"field": f"{part}.{name}", "value": (funding.get(part) or {}).get(name)}
        for part, names in TOTALS.items()
        for name in names
    ]


def _outline_shift(read: Sequence[Item], wanted: Sequence[Item]) -> int:
    """Readers may count levels from another root: the difference met most often is the root's."""
    steps = Counter(
        item.get("level", 1) - one["level"]
        for one in wanted
        for item in read
        if set(differences("outline", item, one)) <= {"level"}
    )
    return steps.most_common(1)[0][0] if steps else 0


SHOWN: dict[str, tuple[str, ...]] = {
    "document": ("field", "value"),
    "criteria": ("number", "name", "level", "status"),
    "targets": ("code", "comparator", "value", "unit", "text"),
}


def _label(kind: str, item: Item) -> str:
    names = SHOWN.get(kind) or (*FIELDS[kind], "text", "name")
    shown = {name: item[name] for name in names if item.get(name) not in (None, [], "")}
    return " ".join(f"{name}={_brief(value)}" for name, value in shown.items())


def _brief(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 70 else text[:69] + "…"


def _place(item: Item) -> str:
    lines = item.get("lines")
    return f"L{lines[0]}-{lines[1]}" if lines else "L?"


def _nearest(kind: str, item: Item, others: Iterable[Item], *, wanted_first: bool) -> str:
    """The item on the other side that differs in fewest fields, said in a few words."""
    best: tuple[int, str] | None = None
    for other in others:
        read, wanted = (other, item) if wanted_first else (item, other)
        wrong = differences(kind, read, wanted)
        if "lines" in wrong or "field" in wrong:
            continue
        if best is None or len(wrong) < best[0]:
            says = ", ".join(f"{name}={_brief(other.get(name))}" for name in wrong)
            best = (len(wrong), f"  [{'read' if wanted_first else 'key'}: {says or 'taken'}]")
    return best[1] if best else ""


def main(arguments: Sequence[str]) -> int:
    """Print the table and the misses of one plan; 2 when the arguments are not two files."""
    if len(arguments) != 2:
        print("python -m tests.papers.scoring PLAN.json KEY.json", file=sys.stderr)
        return 2
    plan, key = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments)
    print(table(score(plan, key)))
    print(*misses(plan, key), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
