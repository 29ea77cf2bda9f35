"""From the data and the texts to the paper, and to the fields of a commune's own template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from dinhlang.papers.writing import tree
from dinhlang.papers.writing.composing import decisions, forms, letters, report
from dinhlang.papers.writing.composing.office import Office

from .boxes import Value, day_of
from .gathering import Source

Values = dict[str, Value]
BLANK = "…"


@dataclass(frozen=True, slots=True)
class Built:
    """The paper, and the values of the template of its kind."""

    paper: tree.Paper
    fields: dict[str, Any]


def build(
    kind: str, on: date, period: report.Period | None, source: Source, values: Values
) -> Built:
    """The paper of this kind that says all of it."""
    office = _office(on, period, source, values)
    made, fields = _MAKERS[kind](office, on, period, source, values)
    recipients = _lines(values, "recipients")
    if "recipients" in values:
        made = replace(made, recipients=recipients)
    shared = forms.shared_values(office, made.head.symbol, recipients)
    return Built(made, shared | forms.annex_value(made) | fields)


def title_of(paper: tree.Paper) -> str:
    """What the paper is about, for lists."""
    words = paper.about.removeprefix("V/v ").strip() or "Chưa đặt tên"
    return words[:1].upper() + words[1:]


def _office(on: date, period: report.Period | None, source: Source, values: Values) -> Office:
    day = _words(values, "day")
    number = _words(values, "number")
    return Office(
        place=source["place"],
        year=day_of(day).year if day else (period.end.year if period else on.year),
        number=int(number) if number else None,
        day=day_of(day) if day else None,
        deputy=_words(values, "signs") == "deputy",
        signer=_words(values, "signer"),
    )


def _words(values: Values, name: str) -> str:
    found = values.get(name, "")
    return found if isinstance(found, str) else ""


def _lines(values: Values, name: str) -> tuple[str, ...]:
    return tuple(_words(values, name).splitlines())


def _rows(values: Values, name: str) -> list[dict[str, str]]:
    found = values.get(name)
    return found if isinstance(found, list) else []


Made = tuple[tree.Paper, dict[str, Any]]


def _report(
    office: Office, on: date, period: report.Period | None, source: Source, values: Values
) -> Made:
    counts = source["counts"]
    contents = report.Contents(
        period=cast(report.Period, period),
        reached=(counts["before"], counts["now"], counts["total"]) if counts else None,
        criteria=[
            report.CriterionLine(
                number=each["number"],
                name=each["name"],
                before=each["before"],
                now=each["now"],
                note=each["note"],
            )
            for each in source["criteria"]
        ],
        amounts=_amounts(source["amounts"]),
        money=_amounts(source["money"]),
        ledger=_ledger(source["ledger"]),
        tally=report.Tally(**source["tally"]),
        work=[
            report.Work(text=each["text"], lead=each["lead"], state=each["state"])
            for each in _rows(values, "work")
        ],
        obstacles=_lines(values, "obstacles"),
        following=_lines(values, "following"),
        proposals=_lines(values, "proposals"),
        compared=bool(source.get("compared")),
        until=_until(period, source),
    )
    receiver = _words(values, "receiver")
    return report.report(office, contents, receiver), forms.report_values(contents, receiver)


def _until(period: report.Period | None, source: Source) -> date | None:
    """The day the criteria are told of, where the period is not over yet."""
    on = date.fromisoformat(source["on"])
    return on if period is not None and on < period.end else None


def _amounts(found: Sequence[dict[str, Any]]) -> list[report.Amount]:
    return [
        report.Amount(
            name=each["name"],
            unit=each["unit"],
            planned=Decimal(each["planned"]),
            before=_decimal(each.get("before")),
            now=_decimal(each.get("now")),
        )
        for each in found
    ]


def _decimal(value: str | None) -> Decimal | None:
    return Decimal(value) if value is not None else None


def _ledger(found: dict[str, Any] | None) -> report.Ledger | None:
    if found is None:
        return None
    groups = {
        name: [report.Fund(**each) for each in found[name]]
        for name in ("funds", "conditional", "requested")
    }
    return report.Ledger(**(found | groups))


def _assignment(
    office: Office, on: date, period: report.Period | None, source: Source, values: Values
) -> Made:
    charges = [decisions.Charge(**each) for each in _rows(values, "charges")]
    programme, bases = source["programme"], _lines(values, "bases")
    made = decisions.assignment(office, charges, programme, bases)
    fields = forms.charge_values(charges, programme)
    return made, fields | {"can_cu": forms.base_values(bases)}


def _committee(
    office: Office, on: date, period: report.Period | None, source: Source, values: Values
) -> Made:
    members = [decisions.Member(**each) for each in _rows(values, "members")]
    programme, bases = source["programme"], _lines(values, "bases")
    made = decisions.committee(office, members, programme, bases)
    fields = forms.member_values(members, programme, office.place)
    return made, fields | {"can_cu": forms.base_values(bases)}


def _reminder(
    office: Office, on: date, period: report.Period | None, source: Source, values: Values
) -> Made:
    late = [
        letters.Late(
            text=each["text"],
            lead=each["lead"],
            due=day_of(each["due"]),
            days=(on - day_of(each["due"])).days,
        )
        for each in _rows(values, "late")
    ]
    until = _words(values, "until")
    by, coordinator = day_of(until) if until else on, source.get("coordinator", "")
    made = letters.reminder(office, late, by, coordinator)
    owned, bare = letters.owned_and_bare(late)
    fields = {
        "han_tra_loi": f"{by:%d/%m/%Y}",
        "cong_viec": forms.late_values(owned),
        "chua_giao": forms.late_values(bare),
        "giao_viec": letters.assigning_words(office, coordinator, by) if bare else "",
        "noi_gui": forms.line_values(made.addressees),
    }
    return made, fields


def _resolutions(values: Values) -> list[letters.Resolution]:
    return [letters.Resolution(**each) for each in _rows(values, "resolutions")]


def _notice(
    office: Office, on: date, period: report.Period | None, source: Source, values: Values
) -> Made:
    about, found = _words(values, "about") or BLANK, _resolutions(values)
    opening = _words(values, "opening") or f"{office.name} thông báo kết luận như sau"
    made = letters.notice(office, about, opening, found)
    fields = {
        "trich_yeu": about,
        "mo_dau": opening,
        "ket_luan": forms.resolution_values(found),
    }
    return made, fields


def _submission(
    office: Office, on: date, period: report.Period | None, source: Source, values: Values
) -> Made:
    receiver, about = (_words(values, name) or BLANK for name in ("receiver", "about"))
    reasons, contents, enclosed = (
        _lines(values, name) for name in ("reasons", "contents", "enclosed")
    )
    made = letters.submission(office, receiver, about, reasons, contents, enclosed)
    fields = {
        "trich_yeu": about,
        "kinh_gui": receiver,
        "ly_do": forms.line_values(reasons),
        "noi_dung": forms.line_values(contents),
        "ho_so": forms.line_values(enclosed),
    }
    return made, fields


def _minutes(
    office: Office, on: date, period: report.Period | None, source: Source, values: Values
) -> Made:
    said = {
        name: _words(values, name) or BLANK
        for name in ("about", "opened", "closed", "where", "chair", "secretary")
    }
    meeting = letters.Meeting(
        **said,
        present=_lines(values, "present"),
        absent=_lines(values, "absent"),
        discussed=_lines(values, "discussed"),
        resolutions=_resolutions(values),
    )
    return letters.minutes(office, meeting), forms.meeting_values(meeting)


def _proofs(
    office: Office, on: date, period: report.Period | None, source: Source, values: Values
) -> Made:
    proofs = [
        letters.Proof(
            criterion=each["criterion"],
            indicator=each["indicator"],
            title=each["title"],
            number=each["number"],
            day=date.fromisoformat(each["day"]) if each["day"] else None,
            issuer=each["issuer"],
            name=each.get("name", ""),
        )
        for each in source["proofs"]
    ]
    programme = source["programme"]
    made = letters.evidence_list(office, programme, proofs)
    return made, forms.proof_values(proofs, programme)


_MAKERS = {
    "bao-cao": _report,
    "phan-cong": _assignment,
    "ban-chi-dao": _committee,
    "cong-van-don-doc": _reminder,
    "thong-bao": _notice,
    "to-trinh": _submission,
    "bien-ban": _minutes,
    "danh-muc": _proofs,
}
