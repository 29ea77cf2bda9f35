"""Addresses of the page that reads a paper without an account."""

from django.urls import path

from . import views

app_name = "trial"
urlpatterns = [
    path("", views.home, name="home"),
    path("gui", views.upload, name="upload"),
    path("mau/<slug:slug>", views.sample, name="sample"),
    path("<uuid:pk>", views.reading, name="reading"),
    path("<uuid:pk>/tien-do", views.progress, name="progress"),
    path("<uuid:pk>/dung", views.stop, name="stop"),
    path("<uuid:pk>/xoa", views.delete, name="delete"),
    path("<uuid:pk>/ke-hoach.json", views.download_json, name="json"),
    path("<uuid:pk>/ke-hoach.xlsx", views.download_xlsx, name="xlsx"),
    path("huong-dan", views.guide, name="guide"),
]
