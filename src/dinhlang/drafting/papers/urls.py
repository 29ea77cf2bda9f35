"""Addresses of papers and their templates."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import papers, templates

app_name = "papers"
PAPER = "van-ban/ban/<uuid:pk>"
PLACE = "van-ban/<int:place>/"
KIND = PLACE + "mau/<slug:kind>/"

urlpatterns: list[URLPattern] = [
    path("van-ban/", papers.home, name="home"),
    path(PAPER, papers.paper, name="paper"),
    path(PAPER + ".docx", papers.word, name="word"),
    path(PAPER + ".pdf", papers.pdf, name="pdf"),
    path(PAPER + ".xlsx", papers.xlsx, name="xlsx"),
    path(PAPER + "/lay-lai", papers.take, name="take"),
    path(PAPER + "/ban-moi", papers.copy, name="copy"),
    path(PAPER + "/hoan-tat", papers.finish, name="finish"),
    path(PAPER + "/bo", papers.set_aside, name="set-aside"),
    path(PLACE, papers.listing, name="list"),
    path(PLACE + "moi/<slug:kind>", papers.new, name="new"),
    path(PLACE + "mau/", templates.shelf, name="templates"),
    path(KIND, templates.kind, name="template"),
    path(KIND + "mau-goc.docx", templates.ours, name="template-ours"),
    path(KIND + "xem", templates.preview, name="template-ours-preview"),
    path(KIND + "gui", templates.bring_in, name="template-bring-in"),
    path(KIND + "chon", templates.choose, name="template-choose"),
    path(KIND + "<int:pk>.docx", templates.file, name="template-file"),
    path(KIND + "<int:pk>/xem", templates.preview, name="template-preview"),
]
