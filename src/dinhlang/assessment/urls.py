"""Addresses of the board: the place, the set and the day (``?ngay=``) stand in each."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from .converters import SetConverter
from .views import assessments, boards, matrix

register_converter(SetConverter, "criteria-set")

app_name = "assessment"
OF_SET = "tieu-chi/<int:place>/<criteria-set:set_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tieu-chi/", boards.home, name="home"),
    path("tieu-chi/chon", boards.choose, name="choose"),
    path("tieu-chi/bang/<int:place>/", matrix.matrix, name="matrix"),
    path("tieu-chi/bang/<int:place>.xlsx", matrix.matrix_xlsx, name="matrix-xlsx"),
    path("tieu-chi/ban-chot/<uuid:pk>", assessments.one, name="assessment"),
    path("tieu-chi/ban-chot/<uuid:pk>.xlsx", assessments.one_xlsx, name="assessment-xlsx"),
    path("tieu-chi/<int:place>/", boards.start, name="place"),
    path("tieu-chi/<int:place>/ban-chot/", assessments.listing, name="assessments"),
    path(OF_SET, boards.board, name="board"),
    path(OF_SET + "bang.xlsx", boards.board_xlsx, name="board-xlsx"),
    path(OF_SET + "xu-huong", boards.trend, name="trend"),
    path(OF_SET + "chot", assessments.fix, name="fix"),
    path(OF_SET, include("dinhlang.assessment.planning.urls")),
    path(OF_SET + "<str:number>/", boards.criterion, name="criterion"),
]
