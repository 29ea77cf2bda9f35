"""Addresses of the administration of backups."""

from django.urls import path

from . import views

app_name = "backup"
urlpatterns = [
    path("quan-tri/sao-luu", views.backups, name="backups"),
    path("quan-tri/sao-luu/moi", views.make, name="make"),
    path("quan-tri/sao-luu/<str:name>", views.download, name="download"),
]
