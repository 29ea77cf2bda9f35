"""The addresses of the app; each part brings its own."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "drafting"
urlpatterns: list[URLPattern] = []
