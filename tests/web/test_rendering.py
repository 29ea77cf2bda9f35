"""What a page was written from is gone when it is written, without a search for garbage."""

from __future__ import annotations

import gc
import weakref

import pytest
from django.template import TemplateDoesNotExist, engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from dinhlang.web.rendering import OncePage


class Read:
    """Something a view has read."""

    def __str__(self) -> str:
        return "đã đọc"


@pytest.mark.parametrize("with_request", [True, False])
def test_what_a_page_was_written_from_is_let_go_of_at_once(with_request: bool) -> None:
    read = Read()
    gone = weakref.ref(read)
    values, template = {"read": read}, engines["django"].from_string("<p>{{ read }}</p>")
    request = RequestFactory().get("/") if with_request else None
    del read
    gc.disable()
    try:
        page = template.render(values, request)
        values.clear()
        assert gone() is None
    finally:
        gc.enable()
    assert page == "<p>đã đọc</p>"


def test_every_page_is_written_so() -> None:
    assert isinstance(engines["django"].get_template("base.html"), OncePage)


def test_a_template_that_is_missing_is_named() -> None:
    with pytest.raises(TemplateDoesNotExist, match="không-có"):
        render_to_string("không-có.html")
    with pytest.raises(TemplateDoesNotExist, match="cũng-không"):
        engines["django"].from_string("{% include 'cũng-không.html' %}").render({})
