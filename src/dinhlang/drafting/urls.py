"""The addresses of the app; each part brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .views import yearly

app_name = "drafting"
OF_PLACE = "soan-van-ban/<int:place>/ke-hoach/"
OF_DRAFT = OF_PLACE + "<uuid:pk>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dinhlang.drafting.papers.urls")),
    path("soan-van-ban/ke-hoach/", yearly.home, name="home"),
    path(OF_PLACE, yearly.listing, name="drafts"),
    path(OF_PLACE + "moi", yearly.new, name="new"),
    path(OF_DRAFT, yearly.draft, name="draft"),
    path(OF_DRAFT + "/luu", yearly.save, name="save"),
    path(OF_DRAFT + "/kiem-tra", yearly.checks, name="checks"),
    path(OF_DRAFT + "/ban-in", yearly.paper, name="paper"),
    path(OF_DRAFT + "/ban-in.<str:kind>", yearly.paper_file, name="paper-file"),
    path(OF_DRAFT + "/bo", yearly.set_aside, name="discard"),
    path(OF_DRAFT + "/khoi-phuc", yearly.take_back, name="restore"),
]
