"""Papers of commune A under the small law in 2030, with the small plan accepted."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import docx

from dinhlang.drafting.models import Paper
from dinhlang.drafting.papers import selectors, services
from dinhlang.drafting.papers.models import KINDS
from dinhlang.drafting.papers.services import Wish
from dinhlang.facts import services as facts
from dinhlang.people.models import Office
from dinhlang.plans.models import Plan
from tests.assessment.small_law import SET
from tests.plans.living import a_plan
from tests.world import World

ON = date(2030, 6, 20)
ALL = [kind for kind, _ in KINDS]


def fill(world: World) -> Plan:
    """The small plan, offices, one evidence: what papers are made from."""
    places = world.places
    for place, title in (
        ("a", "Công chức địa chính"), ("a", "Chủ tịch UBND xã"), ("a", "Phó Chủ tịch UBND xã"),
        ("a1", "Trưởng thôn"), ("b", "Chủ tịch UBND xã"),
    ):  # fmt: skip
        Office.objects.create(place=places[place], title=title)
    about = facts.About(
        title="Báo cáo đường thôn", number="15/BC-UBND", dated=date(2030, 5, 2), agency="UBND xã"
    )
    sent = facts.Sent(name="a.pdf", content=b"%PDF-1.4\n%%EOF", about=about)
    paper = facts.add(world.people["officer"], places["a"], sent)
    target = facts.Target(place=places["a"], set_id=SET, number="2.1")
    facts.attach(world.people["officer"], paper, target)
    return a_plan(world.people["leader"], places["a"])


def a_paper(world: World, kind: str = "bao-cao", who: str = "officer", **given: Any) -> Paper:
    """A paper begun by the person."""
    set_id = SET if kind in selectors.WITH_SET else ""
    wish = Wish(**{"kind": kind, "on": ON, "set_id": set_id, "period": "quarter"} | given)
    return services.start(world.people[who], world.places["a"], wish, uuid4())


def write(world: World, paper: Paper, who: str = "officer", seen: int = 0, **texts: Any) -> Any:
    """What the person writes who saw that revision."""
    return services.write(world.people[who], paper.pk, texts, seen)


def finish(world: World, paper: Paper) -> Paper:
    """The paper, finished by the officer."""
    services.finish(world.people["officer"], paper.pk)
    return Paper.objects.get(pk=paper.pk)


def words_of(data: bytes) -> str:
    """All the words of a Word file, tables included."""
    document = docx.Document(BytesIO(data))
    parts = [line.text for line in document.paragraphs]
    for table in document.tables:
        parts += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def template_file(*lines: str) -> bytes:
    """A Word file with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
