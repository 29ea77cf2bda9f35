"""Addresses of the board: the place, the set and the day stand in each."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, register_converter

from .converters import SetConverter

register_converter(SetConverter, "criteria-set")

app_name = "assessment"
urlpatterns: list[URLPattern | URLResolver] = []
