"""What every answer carries, whatever it is."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from dinhlang.web.middleware import ContentSecurityPolicy


@pytest.fixture
def policy(db: None, client: Client) -> dict[str, str]:
    """The policy of a page that is not there, directive by directive."""
    header = client.get("/khong-co-trang-nay").headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_even_a_missing_page_allows_nothing_inline_and_nothing_foreign(
    policy: dict[str, str],
) -> None:
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert not any("unsafe" in sources for sources in policy.values())


@pytest.mark.django_db
def test_an_answer_is_neither_sniffed_nor_framed_and_tells_others_nothing(client: Client) -> None:
    headers = client.get("/khong-co-trang-nay").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_view_may_set_a_stricter_policy_of_its_own() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    answer = ContentSecurityPolicy(view)(RequestFactory().get("/"))
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
