"""Templates whose values are let go of as soon as the page is written.

What a page is written from holds itself in a circle: Django lays the values of a view upon a
context, and each layer knows the context it lies on. Everything a page has read would so stay until
Python looks for garbage, and the page under way by then waits for it: thirty milliseconds after
some pages about two thousand tasks.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates, Template, reraise
from django.template.context import make_context
from django.utils.safestring import SafeString


class OncePage(Template):
    """A template as views get it, which empties what it was written from."""

    def render(
        self, context: dict[str, Any] | None = None, request: HttpRequest | None = None
    ) -> SafeString:
        """The page. Where a template fails, the values stay for whoever reports it."""
        written_from = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            page = self.template.render(written_from)
        except TemplateDoesNotExist as missing:
            reraise(missing, self.backend)
        written_from.dicts.clear()
        return page


class Templates(DjangoTemplates):
    """Django's own templates in all but ``OncePage``."""

    def from_string(self, template_code: str) -> OncePage:
        """A template of this text."""
        return OncePage(super().from_string(template_code).template, self)

    def get_template(self, template_name: str) -> OncePage:
        """The template of this name; raises ``TemplateDoesNotExist``."""
        return OncePage(super().get_template(template_name).template, self)
