"""Addresses of the shortest way, of what if, and of two sets; below those of a set's board."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import planning

urlpatterns: list[URLPattern] = [
    path("duong-ngan-nhat/", planning.shortest, name="shortest"),
    path("duong-ngan-nhat/luu", planning.estimate, name="shortest-save"),
    path("duong-ngan-nhat/bang.xlsx", planning.shortest_xlsx, name="shortest-xlsx"),
    path("thu/", planning.what_if, name="what-if"),
    path("so-sanh/", planning.compare, name="compare"),
    path("so-sanh/bang.xlsx", planning.compare_xlsx, name="compare-xlsx"),
]
