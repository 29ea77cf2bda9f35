"""Which commune, district and province a paper is of, and how its issuer is called."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import HEAD, paper

BODY = "UBND huyện Vân Trì, tỉnh Bắc Sơn đã giao chỉ tiêu.\nI. MỤC TIÊU\nNội dung."


def test_commune_district_and_province_are_told_apart() -> None:
    document = paper(BODY).document
    units = (document.commune, document.district, document.province)
    assert units == ("Đồng Sen", "Vân Trì", "Bắc Sơn")


@pytest.mark.parametrize(
    ("words", "district", "province"),
    [
        ("UBND thị xã Vân Trì", "Vân Trì", None),
        ("UBND thành phố Vân Trì", "Vân Trì", None),
        ("UBND TP. Vân Trì", "Vân Trì", None),
        ("UBND quận Vân Trì", "Vân Trì", None),
        ("UBND thành phố Hải Phòng", None, "Hải Phòng"),
        ("UBND huyện Vân Trì, thành phố Cần Thơ", "Vân Trì", "Cần Thơ"),
        ("Huyện ủy Vân Trì", "Vân Trì", None),
        ("UBND huyện giao", None, None),
        ("tỉnh Nông thôn mới", None, None),
        ("huyện NTM", None, None),
    ],
)
def test_a_city_is_a_district_unless_it_is_governed_centrally(
    words: str, district: str | None, province: str | None
) -> None:
    document = paper(f"{words} đã giao chỉ tiêu.\nI. MỤC TIÊU\nNội dung.", foot="").document
    assert (document.district, document.province) == (district, province)


def test_both_placements_of_the_tone_are_one_name() -> None:
    body = "I. MỤC TIÊU\n" + "Xã Hoà Lạc, xã Hòa Lạc, xã Hoà Lạc, xã Yên Bình, xã Yên Bình."
    head = HEAD.replace("XÃ ĐỒNG SEN", "XÃ HÒA LẠC").replace("Đồng Sen", "Hòa Lạc")
    assert paper(body, head=head).document.commune in ("Hòa Lạc", "Hoà Lạc")


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("UBND XÃ ĐỒNG SEN\nBAN CHỈ ĐẠO CHƯƠNG TRÌNH MTQG", "Ban chỉ đạo chương trình MTQG"),
        ("BAN PHÁT TRIỂN THÔN ĐÔNG HẢI", "Ban phát triển thôn Đông Hải"),
        ("UBND THỊ TRẤN ĐỒNG SEN", "UBND thị trấn Đồng Sen"),
        ("ĐẢNG ỦY XÃ ĐỒNG SEN", "Đảng ủy xã Đồng Sen"),
    ],
)
def test_the_body_that_issues_is_written_in_running_case(head: str, issuer: str) -> None:
    text = HEAD.replace("ỦY BAN NHÂN DÂN\nXÃ ĐỒNG SEN", head)
    plan = paper("I. MỤC TIÊU\nNhân dân thôn Đông Hải làm đường.", head=text)
    assert plan.document.issuer == issuer


def test_without_a_head_the_issuer_is_who_draws_up_the_plan() -> None:
    head = "KẾ HOẠCH\nXây dựng nông thôn mới năm 2024\n"
    body = "Ủy ban nhân dân xã Đồng Sen xây dựng kế hoạch như sau:\nI. MỤC TIÊU\nNội dung."
    assert paper(body, head=head).document.issuer == "UBND xã Đồng Sen"
