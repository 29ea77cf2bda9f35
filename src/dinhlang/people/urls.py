"""Addresses of the administration of people, of one's own account, and of coming in."""

from django.urls import path

from .views import entrance, log, offices, own, people

app_name = "people"
urlpatterns = [
    path("bat-dau", entrance.first_run, name="first-run"),
    path("loi-moi/<str:secret>", entrance.invitation, name="invitation"),
    path("tai-khoan", own.account, name="account"),
    path("tai-khoan/sua", own.edit, name="account-edit"),
    path("tai-khoan/phien/<int:pk>/dong", own.end_session, name="own-session-end"),
    path("tai-khoan/phien/dong-het", own.end_others, name="own-sessions-end"),
    path("quan-tri", people.administration, name="admin"),
    path("quan-tri/dia-ban", people.places, name="places"),
    path("quan-tri/nguoi-dung", people.people, name="people"),
    path("quan-tri/nguoi-dung/moi", people.invite, name="invite"),
    path("quan-tri/nguoi-dung/<int:pk>", people.one, name="person"),
    path("quan-tri/nguoi-dung/<int:pk>/sua", people.edit, name="person-edit"),
    path("quan-tri/nguoi-dung/<int:pk>/lien-ket", people.link, name="person-link"),
    path("quan-tri/nguoi-dung/<int:pk>/khoa", people.switch, name="person-switch"),
    path("quan-tri/nguoi-dung/<int:pk>/quyen", people.give, name="grant"),
    path("quan-tri/nguoi-dung/<int:pk>/chuc-vu", people.appoint, name="appoint"),
    path("quan-tri/nguoi-dung/<int:pk>/bo-hai-lop", people.drop_second_factor, name="factor-off"),
    path("quan-tri/quyen/<int:pk>/thoi", people.end_grant, name="grant-end"),
    path("quan-tri/giu-chuc/<int:pk>/thoi", people.end_holding, name="holding-end"),
    path("quan-tri/phien/<int:pk>/dong", people.end_session, name="session-end"),
    path("quan-tri/chuc-vu", offices.offices, name="offices"),
    path("quan-tri/chuc-vu/moi", offices.add, name="office-add"),
    path("quan-tri/chuc-vu/<int:pk>/doi-ten", offices.rename, name="office-rename"),
    path("chuc-vu/ten-khac", offices.also, name="office-also"),
    path("chuc-vu/<int:pk>/ten-khac", offices.names, name="office-names"),
    path("quan-tri/chuc-vu/<int:pk>/thoi", offices.close, name="office-close"),
    path("quan-tri/nhat-ky", log.log, name="log"),
    path("quan-tri/nhat-ky.xlsx", log.export, name="log-xlsx"),
    path("quan-tri/nhat-ky/kiem-tra", log.verify, name="log-verify"),
]
