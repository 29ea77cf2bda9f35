"""Addresses of support policies and contributions."""

from django.urls import path

from .views import contributions, lists, published, receipts, support, support_sheets, undoing

urlpatterns = [
    path("ho-tro/", support.home, name="support-home"),
    path("ho-tro/<int:pk>", support.listing, name="policies"),
    path("ho-tro/<int:pk>/them", support.new, name="policy-new"),
    path("ho-tro/de-xuat/<int:pk>", support.decide, name="proposal"),
    path("ho-tro/chinh-sach/<int:pk>", lists.policy, name="policy"),
    path("ho-tro/chinh-sach/<int:pk>/sua", support.edit, name="policy-edit"),
    path("ho-tro/chinh-sach/<int:pk>/xoa", support.remove, name="policy-remove"),
    path("ho-tro/chinh-sach/<int:pk>/khoi-phuc", support.restore, name="policy-restore"),
    path("ho-tro/chinh-sach/<int:pk>/luu", lists.save, name="list-save"),
    path("ho-tro/chinh-sach/<int:pk>/ghi", lists.mark, name="list-mark"),
    path("ho-tro/chinh-sach/<int:pk>/da-xoa", lists.removed, name="list-removed"),
    path("ho-tro/chinh-sach/<int:pk>/bang-ke", lists.signing_list, name="signing-list"),
    path("ho-tro/chinh-sach/<int:pk>/danh-sach.xlsx", support_sheets.list_out, name="list-out"),
    path("ho-tro/chinh-sach/<int:pk>/mau.xlsx", support_sheets.list_template, name="list-template"),
    path("ho-tro/chinh-sach/<int:pk>/nhap", support_sheets.list_in, name="list-in"),
    path("ho-tro/nguoi/<int:pk>", lists.beneficiary, name="beneficiary"),
    path("ho-tro/nguoi/<int:pk>/xoa", lists.beneficiary_remove, name="beneficiary-remove"),
    path("ho-tro/nguoi/<int:pk>/khoi-phuc", lists.beneficiary_restore, name="beneficiary-restore"),
    path("ho-tro/nhap/<uuid:pk>", support_sheets.preview, name="support-import"),
    path("ho-tro/nhap/<uuid:pk>/ghi", support_sheets.write, name="support-import-write"),
    path("dong-gop/", contributions.home, name="contributions-home"),
    path("dong-gop/<int:pk>", contributions.overview, name="contributions"),
    path("dong-gop/<int:pk>/them", contributions.pledge_new, name="pledge-new"),
    path("dong-gop/<int:pk>/nhap", support_sheets.pledges_in, name="pledges-in"),
    path("dong-gop/<int:pk>/dang-ky.xlsx", support_sheets.pledges_out, name="pledges-out"),
    path("dong-gop/<int:pk>/so-thu", receipts.ledger, name="receipts"),
    path("dong-gop/<int:pk>/so-thu.xlsx", support_sheets.receipts_out, name="receipts-out"),
    path("dong-gop/<int:pk>/thu", receipts.new, name="receipt-new"),
    path("dong-gop/<int:pk>/cam-on", receipts.thank, name="thank"),
    path("dong-gop/<int:pk>/cong-bo", published.preview, name="publish"),
    path("dong-gop/<int:pk>/cong-bo/ghi", published.publish, name="publish-do"),
    path("dong-gop/<int:pk>/cong-khai", published.public, name="public"),
    path("dong-gop/dang-ky/<int:pk>", contributions.pledge, name="pledge"),
    path("dong-gop/dang-ky/<int:pk>/xoa", contributions.pledge_remove, name="pledge-remove"),
    path(
        "dong-gop/dang-ky/<int:pk>/khoi-phuc", contributions.pledge_restore, name="pledge-restore"
    ),
    path("dong-gop/phieu/<int:pk>", receipts.receipt, name="receipt"),
    path("dong-gop/phieu/<int:pk>/huy", receipts.cancel, name="receipt-cancel"),
    path("ho-tro/nhap/<uuid:pk>/hoan-tac", undoing.support, name="support-import-undo"),
    path("dong-gop/phieu/<int:pk>/lap-lai", undoing.receipt, name="receipt-again"),
    path("dong-gop/phieu/<int:pk>/neu-ten", receipts.name, name="receipt-name"),
    path("dong-gop/phieu/<int:pk>/<str:name>", receipts.file, name="receipt-file"),
]
