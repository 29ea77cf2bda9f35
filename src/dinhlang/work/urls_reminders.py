"""Addresses of reminders, notices, leave, hand-over and commitments."""

from django.urls import URLPattern, path, re_path

from .views import commitments, covering, notices, reminders

VERBS = "dung|bat|doi-khoa|thu|xoa|khoi-phuc"

urlpatterns: list[URLPattern] = [
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/so", notices.count, name="notices-count"),
    path("thong-bao/doc", notices.read, name="notices-read"),
    path("nhac-viec/", reminders.home, name="reminders-home"),
    path("nhac-viec/cua-toi", notices.mine, name="my-reminders"),
    path("nhac-viec/<int:place>", reminders.rules, name="reminders"),
    path("nhac-viec/<int:place>/luu", reminders.save_rule, name="reminders-save"),
    path("nhac-viec/<int:place>/da-nhac", reminders.sent, name="reminders-sent"),
    path("nhac-viec/<int:place>/zalo", reminders.texts, name="reminders-texts"),
    path("nhac-viec/<int:place>/webhook", reminders.add_hook, name="hook-add"),
    path("nhac-viec/webhook/<int:hook>/khoa", reminders.hook_secret, name="hook-secret"),
    re_path(
        rf"^nhac-viec/webhook/(?P<hook>[0-9]+)/(?P<verb>{VERBS})$",
        reminders.change_hook,
        name="hook-change",
    ),
    path("lam-thay/<int:place>", covering.offices, name="covering"),
    path("lam-thay/<int:place>/them", covering.add_stand_in, name="stand-in-add"),
    path("lam-thay/<int:pk>/thoi", covering.end_stand_in, name="stand-in-end"),
    path("lam-thay/<int:pk>/lap-lai", covering.resume_stand_in, name="stand-in-resume"),
    path("ban-giao/chuc-vu/<int:office>", covering.hand_over, name="hand-over"),
    path("ban-giao/<int:place>/<int:pk>", covering.handed_over, name="handed-over"),
    path("viec/<int:pk>/giao-cho", covering.delegate, name="task-delegate"),
    path("cam-ket/<int:place>", commitments.commitments, name="commitments"),
    path("cam-ket/<int:place>/them", commitments.add, name="commitment-add"),
    path("cam-ket/<int:place>/<int:pk>", commitments.commitment, name="commitment"),
    path("cam-ket/<int:place>/<int:pk>/sua", commitments.change, name="commitment-change"),
    path("cam-ket/<int:place>/<int:pk>/bao", commitments.tell, name="commitment-tell"),
    path("cam-ket/<int:place>/<int:pk>/xoa", commitments.remove, name="commitment-remove"),
    path("cam-ket/<int:place>/<int:pk>/lay-lai", commitments.restore, name="commitment-restore"),
]
