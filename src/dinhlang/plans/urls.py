"""Addresses of the plan reader."""

from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("", views.home, name="home"),
    path("doc", views.upload, name="upload"),
    path("doc-thu/<slug:slug>", views.sample, name="sample"),
    path("doc/<uuid:pk>", views.reading, name="reading"),
    path("doc/<uuid:pk>/tien-do", views.progress, name="progress"),
    path("doc/<uuid:pk>/dung", views.stop, name="stop"),
    path("doc/<uuid:pk>/xoa", views.delete, name="delete"),
    path("doc/<uuid:pk>/ke-hoach.json", views.download_json, name="json"),
    path("doc/<uuid:pk>/ke-hoach.xlsx", views.download_xlsx, name="xlsx"),
    path("huong-dan", views.guide, name="guide"),
]
