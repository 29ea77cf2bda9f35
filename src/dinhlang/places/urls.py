"""Addresses of places."""

from django.urls import path

from .views import imports, pages, villages

app_name = "places"
urlpatterns = [
    path("", pages.units, name="home"),
    path("nhap", imports.home, name="imports"),
    path("nhap/gui", imports.upload, name="import-upload"),
    path("nhap/mau/<slug:kind>.xlsx", imports.sample, name="import-sample"),
    path("nhap/<uuid:pk>", imports.one, name="import"),
    path("nhap/<uuid:pk>/tien-do", imports.progress, name="import-progress"),
    path("nhap/<uuid:pk>/xac-nhan", imports.confirm, name="import-confirm"),
    path("nhap/<uuid:pk>/dung", imports.stop, name="import-stop"),
    path("<int:pk>", pages.unit, name="unit"),
    path("<int:pk>/thon", villages.edit, name="villages"),
    path("<int:pk>/thon/them", villages.add, name="village-add"),
    path("<int:pk>/thon/nhap", villages.merge, name="village-merge"),
    path("<int:pk>/sua-ten", villages.rename, name="village-rename"),
    path("<int:pk>/chia", villages.split, name="village-split"),
    path("<int:pk>/chuyen", villages.move, name="village-move"),
    path("<int:pk>/bo", villages.remove, name="village-remove"),
]
