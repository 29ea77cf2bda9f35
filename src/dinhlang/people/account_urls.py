"""Addresses of the sign-in library that are used here, under Vietnamese paths.

Their names are the library's own, by which it finds them; nobody signs up and nothing is sent by
mail, so the rest of its pages do not exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

form = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("dang-nhap", form(account.login), name="account_login"),
    path("dang-xuat", require_POST(account.logout), name="account_logout"),
    path("dang-ky", require_safe(account.signup), name="account_signup"),
    path("tai-khoan/bi-khoa", require_safe(account.account_inactive), name="account_inactive"),
    path("tai-khoan/mat-khau", form(account.password_change), name="account_change_password"),
    path("tai-khoan/xac-nhan", form(account.reauthenticate), name="account_reauthenticate"),
    path("dang-nhap/hai-lop", form(factors.authenticate), name="mfa_authenticate"),
    path("tai-khoan/hai-lop", require_safe(factors.index), name="mfa_index"),
    path("tai-khoan/hai-lop/xac-nhan", form(factors.reauthenticate), name="mfa_reauthenticate"),
    path("tai-khoan/hai-lop/bat", form(totp.activate_totp), name="mfa_activate_totp"),
    path("tai-khoan/hai-lop/tat", form(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "tai-khoan/hai-lop/ma-du-phong",
        require_safe(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tai-khoan/hai-lop/ma-du-phong/moi",
        form(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tai-khoan/hai-lop/ma-du-phong/tai-ve",
        require_safe(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
