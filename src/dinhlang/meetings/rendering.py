"""A meeting in words: the boxes of its papers, the invitation to paste."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from dinhlang.vietnamese import format_date

from .models import AgendaItem, Decision, Meeting


def items_of(row: Meeting) -> list[AgendaItem]:
    """The points, in their order."""
    return list(row.items.filter(removed_at=None).select_related("task"))


def decisions_of(row: Meeting) -> list[Decision]:
    """The decisions, in their order."""
    return list(row.decisions.filter(removed_at=None).select_related("task", "item"))


def boxes(row: Meeting, kind: str) -> dict[str, Any]:
    """What the paper of this kind (“bien-ban”, “thong-bao”) says, by the names of its boxes."""
    resolutions = resolved(decisions_of(row))
    at = timezone.localtime(row.at)
    if kind == "thong-bao":
        who = f", {row.chair} kết luận như sau." if row.chair else ", cuộc họp kết luận như sau."
        return {
            "about": f"Kết luận {lower(row.title)}",
            "opening": f"Tại {lower(row.title)} ngày {format_date(at.date())}{who}",
            "resolutions": resolutions,
        }
    found = {
        "about": row.title,
        "opened": f"{at:%H} giờ {at:%M} ngày {format_date(at.date())}",
        "where": row.where, "chair": row.chair, "secretary": row.secretary,
        "present": row.attendees, "absent": row.absent,
        "discussed": "\n".join(discussed(items_of(row))),
        "resolutions": resolutions,
    }  # fmt: skip
    if row.ended_at is not None:
        end = timezone.localtime(row.ended_at)
        same = end.date() == at.date()
        day = "cùng ngày" if same else f"ngày {format_date(end.date())}"
        found["closed"] = f"{end:%H} giờ {end:%M} {day}"
    return found


def resolved(decisions: Iterable[Decision]) -> list[dict[str, str]]:
    """Decisions as papers have them; what one line gave to several villages is one again."""
    found: list[dict[str, str]] = []
    at: dict[tuple[Any, ...], int] = {}
    for each in decisions:
        due = format_date(each.end) if each.end else ""
        same = (each.together, each.text, due, each.product, each.partners)
        if each.together is not None and same in at:
            found[at[same]]["lead"] += f", {each.lead}"
            continue
        at[same] = len(found)
        found.append({"text": each.text, "lead": each.lead, "due": due})
    return found


def discussed(items: Sequence[AgendaItem]) -> list[str]:
    """Each point with what was said on it, a line each."""
    lines = []
    for item in items:
        who = f" ({item.presenter} trình bày)" if item.presenter else ""
        said = " ".join(_ended(line) for line in item.said.split("\n") if line.strip())
        lines.append(f"{_ended(item.text.rstrip('.') + who)} {said}".strip())
    return lines


def _ended(line: str) -> str:
    line = line.strip()
    return line if line[-1:] in ".!?…" else f"{line}."


def invitation(row: Meeting) -> str:
    """A short text to paste into a group."""
    at = timezone.localtime(row.at)
    lines = [
        f"MỜI HỌP: {row.title}",
        f"Thời gian: {at:%H} giờ {at:%M}, ngày {format_date(at.date())}",
    ]
    if row.where:
        lines.append(f"Địa điểm: {row.where}")
    if row.chair:
        lines.append(f"Chủ trì: {row.chair}")
    names = [line.strip() for line in row.attendees.split("\n") if line.strip()]
    if names:
        lines.append(f"Thành phần: {'; '.join(names)}")
    lines.append("Nội dung:")
    lines += [f"{number}. {item.text}" for number, item in enumerate(items_of(row), 1)]
    lines.append("Đề nghị các đồng chí chuẩn bị nội dung được giao và dự họp đúng giờ.")
    return "\n".join(lines)


def lower(title: str) -> str:
    """The title within a sentence: “Họp …” → “họp …”; “BCĐ …” stays."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
