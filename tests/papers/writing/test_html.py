"""The preview."""

from __future__ import annotations

from dataclasses import replace

from dinhlang.papers.writing.html import to_html
from dinhlang.papers.writing.tree import Paragraph
from dinhlang.papers.writing.wording import body
from tests.papers.writing.making import paper


def test_what_people_wrote_is_shown_and_never_run() -> None:
    shown = to_html(paper())
    assert "Yêu cầu &lt;chung&gt; &amp; riêng" in shown
    assert "<chung>" not in shown


def test_it_says_what_the_word_file_says() -> None:
    shown = to_html(paper())
    for words in ("KẾ HOẠCH", "Căn cứ Luật Mẫu;", "làm./.", "Phụ lục II", "PHÓ CHỦ TỊCH"):
        assert words in shown


def test_a_paper_that_ends_in_a_table_gets_its_mark_below() -> None:
    made = paper()
    cut = replace(made, blocks=made.blocks[:-1])
    assert body(cut)[-1] == Paragraph(text="./.")
