"""The paper as paragraphs, its dated words, and its bodies in all their names."""

import pytest

from dinhlang.papers.checking.dates.moments import moments
from dinhlang.papers.checking.text.bodies import bodies_in
from dinhlang.papers.checking.text.paragraphs import paragraphs, sentences
from dinhlang.papers.plan import Document
from tests.papers.checking.build import paper


def plan(text):
    made = paper(f"KẾ HOẠCH\nNăm 2024\n{text}", document=Document(kind="plan"))
    made.document.years = [2024]
    return made


def test_a_wrapped_sentence_is_one_paragraph_and_its_place_knows_both_lines():
    words = "Hoàn thành đường trục thôn trong quý"
    made = plan(f"I. VIỆC\n{words}\nIII/2024.")
    (each,) = [p for p in paragraphs(made) if p.text.startswith("Hoàn thành")]
    assert each.text == f"{words} III/2024."
    assert each.said(made).lines == (4, 5)
    assert each.said(made).quote == words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Làm đường; trồng cây.", ["Làm đường", " trồng cây"]),
        ("Đạt 1.200 m. Xong.", ["Đạt 1.200 m. Xong"]),
        ("Làm 20 m đường. Xong trước 30.6.2024.", ["Làm 20 m đường", " Xong trước 30.6.2024"]),
    ],
)
def test_sentences_end_at_semicolons_and_full_stops_not_inside_numbers(text, parts):
    assert [text[begin:stop] for begin, stop in sentences(text)] == parts


@pytest.mark.parametrize(
    ("text", "words", "last"),
    [
        ("- Sửa cầu Đá xong trước ngày 30/6.", "Sửa cầu Đá xong", "2024-06-30"),
        ("- Trong tháng 5 sửa cầu Đá.", "sửa cầu Đá", "2024-05-31"),
        ("- Sửa cầu Đá, xong 15/8.", "Sửa cầu Đá, xong", "2024-08-15"),
        ("Quý II/2024\n- Sửa cầu Đá.", "Sửa cầu Đá", "2024-06-30"),
        ("| Việc | Xong |\n|---|---|\n| Sửa cầu Đá | tháng 9 |", "Sửa cầu Đá", "2024-09-30"),
    ],
)
def test_a_period_governs_the_words_it_dates(text, words, last):
    found = moments(plan(f"I. VIỆC\n{text}"))
    assert [
        (m.words.strip(" .:"), m.last.isoformat()) for m in found if m.period.kind != "year"
    ] == [(words, last)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Đ/c Kế toán xã", ["taichinh"]),
        ("Công chức Tài chính - Kế toán", ["taichinh"]),
        ("Ông Chủ tịch UBND xã", ["chutich"]),
        ("đồng chí Phó Chủ tịch phụ trách văn hóa", ["phochutich", "vanhoa"]),
        ("Văn phòng HĐND và UBND", ["vanphong"]),
        ("Ủy ban Mặt trận Tổ quốc xã", ["mttq"]),
        ("Ban công tác Mặt trận các thôn", ["thon"]),
        ("Trưởng các ấp", ["thon"]),
        ("UB MTTQ, Hội LHPN", ["mttq", "phunu"]),
        ("quyền lợi của nhân dân", []),
    ],
)
def test_a_body_is_known_by_all_its_names(text, keys):
    assert [key for key, _ in bodies_in(text)] == keys


def test_a_body_above_the_commune_is_another_body():
    assert bodies_in("UBND huyện") == (("ubnd", "tren"),)
    assert bodies_in("UBND xã, UBND huyện") == (("ubnd", "xa"), ("ubnd", "tren"))
    assert bodies_in("Phòng Tài chính") == (("taichinh", "tren"),)
