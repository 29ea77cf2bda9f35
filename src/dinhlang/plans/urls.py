"""Addresses of plans."""

from django.urls import path

from .views import official, plans, reviews, today

app_name = "plans"
urlpatterns = [
    path("", today.today, name="today"),
    path("ke-hoach/", plans.index, name="index"),
    path("ke-hoach/gui", reviews.upload, name="upload"),
    path("ke-hoach/<int:pk>", plans.overview, name="plan"),
    path("ke-hoach/<int:pk>/van-ban", plans.paper, name="paper"),
    path("ke-hoach/<int:pk>/phien-ban", plans.versions, name="versions"),
    path("ke-hoach/<int:pk>/phien-ban/<int:number>/tep", plans.original, name="original"),
    path("ke-hoach/<int:pk>/so-sanh/<int:old>/<int:new>", plans.compare, name="compare"),
    path(
        "ke-hoach/<int:pk>/so-sanh/<int:old>/<int:new>.xlsx",
        plans.compare_xlsx,
        name="compare-xlsx",
    ),
    path("ke-hoach/<int:pk>/dua-thanh-viec", plans.put_to_work, name="put-to-work"),
    path("ke-hoach/<int:pk>/giao-chu-tri", plans.put_leads, name="put-leads"),
    path("ke-hoach/<int:pk>/che-do-bao-cao", plans.put_reports, name="put-reports"),
    path("ke-hoach/<int:pk>/ban-in", official.plan_paper, name="official"),
    path("ke-hoach/<int:pk>/ban-in.<str:kind>", official.plan_paper_file, name="official-file"),
    path("ke-hoach/<int:pk>/trinh-lanh-dao", official.plan_sheet, name="sheet"),
    path("ke-hoach/<int:pk>/ban-sua.docx", official.plan_corrected, name="corrected"),
    path(
        "ke-hoach/<int:pk>/trinh-lanh-dao.<str:kind>", official.plan_sheet_file, name="sheet-file"
    ),
    path("ke-hoach/<int:pk>/<slug:slug>", plans.section, name="section"),
    path("ke-hoach/<int:pk>/<slug:slug>.xlsx", plans.section_xlsx, name="section-xlsx"),
    path("duyet/<uuid:pk>", reviews.review, name="review"),
    path("duyet/<uuid:pk>/tien-do", reviews.progress, name="review-progress"),
    path("duyet/<uuid:pk>/dung", reviews.stop, name="review-stop"),
    path("duyet/<uuid:pk>/doc-lai", reviews.read_again, name="review-again"),
    path("duyet/<uuid:pk>/bo", reviews.set_aside, name="review-discard"),
    path("duyet/<uuid:pk>/khoi-phuc", reviews.take_back, name="review-restore"),
    path("duyet/<uuid:pk>/tep", reviews.original, name="review-original"),
    path("duyet/<uuid:pk>/ban-in", official.review_paper, name="review-official"),
    path(
        "duyet/<uuid:pk>/ban-in.<str:kind>",
        official.review_paper_file,
        name="review-official-file",
    ),
    path("duyet/<uuid:pk>/trinh-lanh-dao", official.review_sheet, name="review-sheet"),
    path("duyet/<uuid:pk>/ban-sua.docx", official.review_corrected, name="review-corrected"),
    path(
        "duyet/<uuid:pk>/trinh-lanh-dao.<str:kind>",
        official.review_sheet_file,
        name="review-sheet-file",
    ),
    path("duyet/<uuid:pk>/muc/<int:number>", reviews.item_form, name="review-item"),
    path("duyet/<uuid:pk>/them/<slug:slug>", reviews.new_form, name="review-new"),
    path("duyet/<uuid:pk>/sua", reviews.edit, name="review-edit"),
    path("duyet/<uuid:pk>/nhan", reviews.accept, name="review-accept"),
]
