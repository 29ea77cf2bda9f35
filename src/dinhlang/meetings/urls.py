"""Addresses of meetings."""

from django.urls import URLPattern, path

from . import views
from . import views_decisions as deciding

app_name = "meetings"
PLACE = "hop/<int:place>"
MEETING = "hop/cuoc/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("hop/", views.home, name="home"),
    path(PLACE, views.listing, name="place"),
    path(PLACE + "/moi", views.new, name="new"),
    path(MEETING, views.meeting, name="meeting"),
    path(MEETING + "/sua", views.change, name="change"),
    path(MEETING + "/noi-dung", views.add_point, name="point-add"),
    path(MEETING + "/thu-tu", views.order, name="order"),
    path(MEETING + "/bat-dau", views.open_meeting, name="open"),
    path(MEETING + "/ket-luan", deciding.decide, name="decide"),
    path(MEETING + "/chot", deciding.close, name="close"),
    path(MEETING + "/chot/hoan-tac", deciding.undo_close, name="close-undo"),
    path(MEETING + "/mo-lai", deciding.reopen, name="reopen"),
    path(MEETING + "/xoa", views.set_aside, name="remove"),
    path(MEETING + "/lay-lai", views.take_back, name="restore"),
    path(MEETING + "/van-ban/<slug:kind>", views.paper, name="paper"),
    path("hop/noi-dung/<int:pk>/sua", views.change_point, name="point-change"),
    path("hop/noi-dung/<int:pk>/ghi", views.write, name="point-write"),
    path("hop/noi-dung/<int:pk>/bo", views.remove_point, name="point-remove"),
    path("hop/noi-dung/<int:pk>/lay-lai", views.restore_point, name="point-restore"),
    path("hop/ket-luan/<int:pk>/sua", deciding.change_decision, name="decision-change"),
    path("hop/ket-luan/<int:pk>/tich", deciding.mark, name="decision-mark"),
    path("hop/ket-luan/<int:pk>/giao", deciding.make_task, name="decision-task"),
    path("hop/ket-luan/<int:pk>/bo", deciding.remove_decision, name="decision-remove"),
    path("hop/ket-luan/<int:pk>/lay-lai", deciding.restore_decision, name="decision-restore"),
]
