"""Addresses of numbers and evidence."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import cells, evidence, grid, imports

app_name = "facts"
urlpatterns: list[URLPattern] = [
    path("so-lieu/", grid.home, name="home"),
    path("so-lieu/<int:pk>/", grid.grid, name="grid"),
    path("so-lieu/<int:pk>/luu", grid.save, name="save"),
    path("so-lieu/<int:pk>/thon", grid.villages, name="villages"),
    path("so-lieu/<int:pk>/mau.xlsx", imports.template, name="template"),
    path("so-lieu/<int:pk>/nhap", imports.upload, name="upload"),
    path("so-lieu/nhap/<uuid:pk>", imports.preview, name="import"),
    path("so-lieu/nhap/<uuid:pk>/ghi", imports.write, name="import-write"),
    path("so-lieu/<int:pk>/cho-xac-nhan", cells.waiting, name="waiting"),
    path("so-lieu/<int:pk>/xac-nhan", cells.confirm, name="confirm"),
    path("so-lieu/<int:pk>/dac-diem", cells.place, name="place"),
    path("so-lieu/<int:pk>/dac-diem/ghi", cells.describe, name="describe"),
    path("so-lieu/dac-diem/<int:pk>/bo", cells.take_back, name="take-back"),
    path("so-lieu/<int:pk>/o/<slug:measure>/<slug:code>", cells.cell, name="cell"),
    path("minh-chung/", evidence.home, name="evidence-home"),
    path("minh-chung/<int:pk>/", evidence.index, name="evidence"),
    path("minh-chung/<int:pk>/gui", evidence.upload, name="evidence-upload"),
    path("minh-chung/tep/<int:pk>", evidence.download, name="paper-file"),
    path("minh-chung/tep/<int:pk>/anh-nho", evidence.thumbnail, name="paper-thumbnail"),
    path("minh-chung/tep/<int:pk>/thong-tin", evidence.paper, name="paper"),
    path("minh-chung/tep/<int:pk>/gan", evidence.attach, name="paper-attach"),
    path("minh-chung/tep/<int:pk>/bo", evidence.set_aside, name="paper-set-aside"),
    path("minh-chung/gan/<int:pk>/go", evidence.detach, name="paper-detach"),
]
