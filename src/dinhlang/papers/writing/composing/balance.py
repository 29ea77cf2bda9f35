"""Money needed, money found and what lacks, in sentences that are true of the items."""

from __future__ import annotations

from dinhlang.papers.plan import Plan

from . import words


def balance_lines(plan: Plan) -> list[str]:
    """The total needed, the sources that can be counted on, and the balance of the two.

    Money that comes only after the goal is told apart and counted nowhere. Empty where the
    plan knows no need or no source with an amount.
    """
    funding = plan.funding
    known = [source for source in funding.sources if source.amount is not None]
    if not funding.needs or not known:
        return []
    needs = sum(need.amount for need in funding.needs)
    sure = sum(source.amount or 0 for source in known if not source.conditional)
    late = sum(source.amount or 0 for source in known if source.conditional)
    if sure > needs and funding.stated.balance is None:
        # Nobody says that all work has its cost yet: what is left over cannot be told.
        lines = [
            f"Nguồn dùng được {words.money(sure)}; các phần việc đã có kinh phí cần "
            f"{words.money(needs)}."
        ]
    else:
        lines = [f"Cân đối: {_balance(needs, sure)}."]
    if late:
        lines.append(
            f"Nguồn chỉ có khi được công nhận đạt chuẩn ({words.money(late)}) chưa tính vào cân "
            "đối, không dùng cho việc phải làm trước khi được công nhận."
        )
    return lines


def _balance(needs: int, sure: int) -> str:
    short = needs - sure
    said = f"{words.money(sure)} - {words.money(needs)} = {words.money(-short)}"
    if short > 0:
        return (
            f"{words.money(needs)} - {words.money(sure)} = {words.money(short)} "
            f"(xã còn thiếu {words.money(short)})"
        )
    if short < 0:
        return f"{said} (xã còn thừa {words.money(-short)})"
    return "vốn huy động được đủ cho các nội dung trên"


def money_summary(plan: Plan) -> str:
    """The totals in one line for the body of the plan; money on condition is not among them."""
    funding = plan.funding
    said = []
    if funding.needs:
        needs = sum(need.amount for need in funding.needs)
        said.append(f"Tổng nhu cầu kinh phí là {words.money(needs)}.")
    sure = [s.amount for s in funding.sources if s.amount is not None and not s.conditional]
    if sure:
        said.append(f"Tổng nguồn vốn dự kiến huy động được là {words.money(sum(sure))}.")
    return " ".join(said)
