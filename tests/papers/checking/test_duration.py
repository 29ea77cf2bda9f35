import pytest

from dinhlang.papers.plan import Campaign, Wave
from tests.papers.checking.build import codes, one, paper


def campaign(days, *waves, text="Cao điểm {days} ngày, từ 01/3/2024 đến 15/4/2024."):
    plan = paper(text.format(days=days))
    plan.campaign = Campaign(
        days=days,
        waves=[Wave(start=start, end=end, lines=(1, 1)) for start, end in waves],
        lines=(1, 1),
    )
    return plan


SPRING, AUTUMN = ("2024-03-01", "2024-04-15"), ("2024-09-01", "2024-09-30")


def test_days_that_no_counting_gives_are_reported_with_both_countings():
    found = one(campaign(60, SPRING, AUTUMN), "DURATION-DATES")
    assert found.severity == "error"
    assert found.message == (
        "Văn bản ghi 60 ngày, các đợt cộng lại được 76 ngày (46 + 30), tính cả ngày đầu và ngày "
        "cuối; không tính ngày đầu thì được 74 ngày."
    )
    assert found.quotes[0] == "60 ngày"
    assert "01/3/2024 đến 15/4/2024" in found.quotes


@pytest.mark.parametrize(
    ("days", "waves"),
    [
        (46, [SPRING]),
        (45, [SPRING]),
        (76, [SPRING, AUTUMN]),
        (74, [SPRING, AUTUMN]),
        (76, [("2024-03-01", "2024-09-30"), SPRING, AUTUMN]),  # the first is the whole
        (None, [SPRING]),
        (60, []),
        (60, [("2024-03", "2024-04")]),
        (60, [("2024-04-15", "2024-03-01")]),
    ],
)
def test_days_that_fit_or_cannot_be_counted_are_left_alone(days, waves):
    plan = campaign(days, *waves, text="Cao điểm {days} ngày.")
    assert codes(plan, "DURATION-DATES") == []
