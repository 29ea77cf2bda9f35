"""The addresses of criteria sets and of their loading."""

from __future__ import annotations

from django.urls import path, register_converter

from .converters import LawIdConverter
from .views import deciding, loading, sets

register_converter(LawIdConverter, "law-id")

app_name = "lawbook"
urlpatterns = [
    path("bo-tieu-chi/", sets.index, name="sets"),
    path("bo-tieu-chi/mau.xlsx", sets.template_xlsx, name="template"),
    path("bo-tieu-chi/nap", loading.start, name="load"),
    path("bo-tieu-chi/nap/gui", loading.upload, name="upload"),
    path("bo-tieu-chi/nap/<uuid:pk>", loading.draft, name="draft"),
    path("bo-tieu-chi/nap/<uuid:pk>/dong", loading.row, name="draft-row"),
    path("bo-tieu-chi/nap/<uuid:pk>/quyet-dinh", loading.about, name="draft-about"),
    path("bo-tieu-chi/nap/<uuid:pk>/thay-tep", loading.replace, name="draft-replace"),
    path("bo-tieu-chi/nap/<uuid:pk>/trinh", loading.send, name="draft-send"),
    path("bo-tieu-chi/nap/<uuid:pk>/bo", loading.set_aside, name="draft-discard"),
    path("bo-tieu-chi/nap/<uuid:pk>/khoi-phuc", loading.take_back, name="draft-restore"),
    path("bo-tieu-chi/nap/<uuid:pk>/tep", loading.original, name="draft-original"),
    path("bo-tieu-chi/ban/<int:pk>", deciding.text, name="text"),
    path("bo-tieu-chi/ban/<int:pk>/duyet", deciding.approve, name="text-approve"),
    path("bo-tieu-chi/ban/<int:pk>/tra-lai", deciding.send_back, name="text-return"),
    path("bo-tieu-chi/ban/<int:pk>/rut", deciding.withdraw, name="text-withdraw"),
    path("bo-tieu-chi/<law-id:set_id>", sets.one, name="set"),
]
