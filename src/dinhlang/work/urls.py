"""Addresses of this app."""

from django.urls import URLPattern, path

from . import urls_reminders, urls_task
from .views import (
    board,
    calendar,
    groups,
    importing,
    leader,
    many,
    mine,
    moving,
    repeats,
    roadmap,
    templates,
    timeline,
    wording,
)

app_name = "work"
OF_PLACE = "cong-viec/<int:place>/"

urlpatterns: list[URLPattern] = [
    path("viec/", mine.mine, name="mine"),
    path("viec/cua-toi.xlsx", mine.mine_xlsx, name="mine-xlsx"),
    path("viec/<int:pk>/chuyen", moving.move, name="move"),
    path("viec/<int:pk>/chuyen-lai", moving.move_back, name="move-back"),
    path("cong-viec/", mine.home, name="home"),
    path("cong-viec/chon", mine.choose, name="choose"),
    path(OF_PLACE + "co-quan", groups.offices, name="offices"),
    path(OF_PLACE + "co-quan.xlsx", groups.offices_xlsx, name="offices-xlsx"),
    path(OF_PLACE + "thon", groups.villages, name="villages"),
    path(OF_PLACE + "thon.xlsx", groups.villages_xlsx, name="villages-xlsx"),
    path(OF_PLACE + "tieu-chi", groups.by_criteria, name="criteria"),
    path(OF_PLACE + "tieu-chi.xlsx", groups.criteria_xlsx, name="criteria-xlsx"),
    path(OF_PLACE + "bang", board.board, name="board"),
    path(OF_PLACE + "bang.xlsx", board.board_xlsx, name="board-xlsx"),
    path(OF_PLACE + "lich", calendar.calendar, name="calendar"),
    path(OF_PLACE + "lich.xlsx", calendar.calendar_xlsx, name="calendar-xlsx"),
    path(OF_PLACE + "thoi-gian", timeline.page, name="timeline"),
    path(OF_PLACE + "thoi-gian.xlsx", timeline.timeline_xlsx, name="timeline-xlsx"),
    path(OF_PLACE + "lo-trinh", roadmap.page, name="roadmap"),
    path(OF_PLACE + "lo-trinh.xlsx", roadmap.roadmap_xlsx, name="roadmap-xlsx"),
    path(OF_PLACE + "lo-trinh.docx", roadmap.roadmap_docx, name="roadmap-docx"),
    path(OF_PLACE + "lanh-dao", leader.leader, name="leader"),
    path(OF_PLACE + "lanh-dao.xlsx", leader.leader_xlsx, name="leader-xlsx"),
    path(OF_PLACE + "nhieu", many.many, name="many"),
    path(OF_PLACE + "nhieu/hoan-tac", many.undo, name="many-undo"),
    path(OF_PLACE + "loi-viec", wording.words, name="words"),
    path(OF_PLACE + "nhap", importing.upload, name="import"),
    path(OF_PLACE + "nhap/mau.xlsx", importing.workbook, name="import-sheet"),
    path("cong-viec/nhap/<uuid:pk>", importing.preview, name="import-preview"),
    path("cong-viec/nhap/<uuid:pk>/ghi", importing.write, name="import-write"),
    path(OF_PLACE + "mau", templates.templates, name="templates"),
    path(OF_PLACE + "mau/<slug:code>", templates.apply, name="template-apply"),
    path("viec/<int:pk>/luu-mau", templates.save, name="template-save"),
    path("cong-viec/mau/<int:pk>/xoa", templates.remove, name="template-remove"),
    path("cong-viec/mau/<int:pk>/khoi-phuc", templates.restore, name="template-restore"),
    path(OF_PLACE + "dinh-ky", repeats.repeats, name="repeats"),
    path("viec/dinh-ky/<int:pk>/thoi", repeats.end, name="repeat-end"),
    path("viec/dinh-ky/<int:pk>/lap-tiep", repeats.resume, name="repeat-resume"),
    path("lich/dia-chi", calendar.renew_feed, name="feed-renew"),
    path("lich/thu-hoi", calendar.end_feed, name="feed-end"),
    path("lich/<slug:token>.ics", calendar.feed, name="feed"),
    *urls_task.urlpatterns,
    *urls_reminders.urlpatterns,
]
