"""Addresses of this app."""

from django.urls import include, path

from .views import flow, ledger, matrix, overview, rows, sheets, undoing, village

app_name = "money"
YEAR = "kinh-phi/<int:pk>/<int:year>/"

urlpatterns = [
    path("kinh-phi/", overview.home, name="home"),
    path("kinh-phi/thon/<int:pk>/<int:year>/", village.village, name="village"),
    path(YEAR, overview.overview, name="overview"),
    path(YEAR + "cac-nam/", overview.years, name="years"),
    path(YEAR + "nhu-cau/", rows.needs, name="needs"),
    path(YEAR + "nhu-cau/them", rows.new, {"kind": "need"}, name="need-new"),
    path(YEAR + "nguon/", rows.sources, name="sources"),
    path(YEAR + "nguon/them", rows.new, {"kind": "source"}, name="source-new"),
    path(YEAR + "de-nghi/", rows.requests, name="requests"),
    path(YEAR + "da-xoa/", rows.removed, name="removed"),
    path(YEAR + "phan-bo/", matrix.matrix, name="matrix"),
    path(YEAR + "phan-bo/luu", matrix.save, name="matrix-save"),
    path(YEAR + "so/", ledger.ledger, name="ledger"),
    path(YEAR + "so/ghi", ledger.add, name="ledger-add"),
    path(YEAR + "dong-tien/", flow.flow, name="flow"),
    path(YEAR + "no-dong/", flow.debts, name="debts"),
    path(YEAR + "no-dong/de-xuat", flow.propose, name="debts-propose"),
    path(YEAR + "kinh-phi.xlsx", sheets.workbook, name="workbook"),
    path(YEAR + "nhap", sheets.upload, name="upload"),
    path("kinh-phi/nhap/<uuid:pk>", sheets.preview, name="import"),
    path("kinh-phi/nhap/<uuid:pk>/ghi", sheets.write, name="import-write"),
    path("kinh-phi/nhu-cau/<int:pk>", rows.row, {"kind": "need"}, name="need"),
    path("kinh-phi/nhu-cau/<int:pk>/sua", rows.edit, {"kind": "need"}, name="need-edit"),
    path("kinh-phi/nhu-cau/<int:pk>/xoa", rows.remove, {"kind": "need"}, name="need-remove"),
    path(
        "kinh-phi/nhu-cau/<int:pk>/khoi-phuc", rows.restore, {"kind": "need"}, name="need-restore"
    ),
    path("kinh-phi/nhu-cau/<int:pk>/khac", rows.settle, {"kind": "need"}, name="need-settle"),
    path("kinh-phi/nguon/<int:pk>", rows.row, {"kind": "source"}, name="source"),
    path("kinh-phi/nguon/<int:pk>/sua", rows.edit, {"kind": "source"}, name="source-edit"),
    path("kinh-phi/nguon/<int:pk>/xoa", rows.remove, {"kind": "source"}, name="source-remove"),
    path(
        "kinh-phi/nguon/<int:pk>/khoi-phuc", rows.restore, {"kind": "source"},
        name="source-restore",
    ),
    path("kinh-phi/nguon/<int:pk>/khac", rows.settle, {"kind": "source"}, name="source-settle"),
    path("kinh-phi/nguon/<int:pk>/dieu-kien", rows.condition, name="source-condition"),
    path("kinh-phi/so/<int:pk>/huy", ledger.undo, name="ledger-undo"),
    path("kinh-phi/nhap/<uuid:pk>/hoan-tac", undoing.sheet, name="import-undo"),
    path("kinh-phi/so/<int:pk>/ghi-lai", undoing.move, name="ledger-redo"),
    path("kinh-phi/thay-doi/<int:pk>/hoan-tac", undoing.change, name="change-undo"),
    path("", include("dinhlang.money.support_urls")),
]  # fmt: skip
