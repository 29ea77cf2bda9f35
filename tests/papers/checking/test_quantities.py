import pytest

from dinhlang.papers.plan import Quantity
from tests.papers.checking.build import codes, one, paper

ROW = "Trồng cây | m | 400 | 300 | 1.350"


def quantity(value, place=None, text="Trồng cây", unit="m"):
    return Quantity(text=text, value=value, unit=unit, place=place, lines=(1, 1))


def test_shares_of_the_villages_that_miss_the_total_are_reported():
    shares = [quantity("400", "Thôn Đông"), quantity("300", "Thôn Tây")]
    found = one(paper(ROW, quantities=[*shares, quantity("1350")]), "COUNT-TOTAL")
    assert found.severity == "error"
    assert found.message == (
        "Trồng cây: các thôn cộng lại được 700 m (400 + 300), toàn xã ghi 1.350 m."
    )
    assert found.quotes == ["1.350"]


@pytest.mark.parametrize(
    "quantities",
    [
        [quantity("0.3", "Đông"), quantity("0.35", "Tây"), quantity("0.65")],
        [quantity("400", "Đông"), quantity("300", "Tây")],
        [quantity("400", "Đông"), quantity("1350")],
        [quantity("1350")],
        [quantity("400", "Đông"), quantity("300", "Tây"), quantity("5", text="Hố ủ", unit="hố")],
        [quantity("400", "Đông"), quantity("300", "Đông"), quantity("1350")],
    ],
)
def test_shares_that_fit_or_are_not_all_there_are_left_alone(quantities):
    assert codes(paper(ROW, quantities=quantities), "COUNT-TOTAL") == []
