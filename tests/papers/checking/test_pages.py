from pathlib import Path

import pytest

from dinhlang.papers.checking import registry
from dinhlang.papers.checking.pages import HEADINGS, pages

DOCS = Path(__file__).parents[3] / "docs" / "checks"


def test_the_pages_in_docs_are_what_the_code_says():
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written == pages(), "python -m dinhlang.papers.checking.pages docs/checks"


@pytest.mark.parametrize("code", sorted(registry))
def test_each_page_says_what_why_and_how_to_mend_with_examples_both_ways(code):
    page = registry[code].page
    positions = [page.find(heading) for heading in HEADINGS]
    assert -1 not in positions
    assert positions == sorted(positions)
    assert "Bị báo:" in page and "Không bị báo:" in page


@pytest.mark.parametrize("code", sorted(registry))
def test_each_purpose_is_one_line_without_a_full_stop(code):
    purpose = registry[code].purpose
    assert purpose and "\n" not in purpose and not purpose.endswith(".")


def test_the_index_links_every_page():
    index = pages()["README.md"]
    assert all(f"[{code}]({code}.md)" in index for code in registry)
