"""What the sign-in library asks us: words in Vietnamese, how long a session lasts, the audit."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from . import sessions
from .audit import record
from .models import User

logger = logging.getLogger(__name__)

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt."
SAID = {
    "account/messages/password_changed.txt": "Đã đổi mật khẩu.",
    "account/messages/logged_out.txt": "Bạn đã đăng xuất.",
    "mfa/messages/totp_activated.txt": "Đã bật xác thực hai lớp.",
    "mfa/messages/totp_deactivated.txt": "Đã tắt xác thực hai lớp.",
    "mfa/messages/recovery_codes_generated.txt": "Đã tạo bộ mã dự phòng mới; bộ cũ bỏ đi.",
}
VERBS = {
    "mfa/messages/totp_activated.txt": "bật xác thực hai lớp",
    "mfa/messages/totp_deactivated.txt": "tắt xác thực hai lớp",
    "mfa/messages/recovery_codes_generated.txt": "tạo mã dự phòng",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given out by the commune; nobody signs up."""

    error_messages = {  # noqa: RUF012
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã bị khóa. Hãy hỏi người quản trị.",
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": "Mật khẩu hiện tại không đúng.",
        "incorrect_code": "Mã không đúng. Mã trên điện thoại đổi sau mỗi 30 giây.",
        "incorrect_password": "Mật khẩu không đúng.",
        "too_many_login_attempts": "Sai quá nhiều lần. Hãy đợi vài phút rồi thử lại.",
        "rate_limited": "Bạn thao tác quá nhanh. Hãy đợi một phút rồi thử lại.",
        "same_as_current": "Giá trị mới phải khác giá trị đang dùng.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a person comes in by invitation."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Signs in, and notes browser and time."""
        super().login(request, user)
        with transaction.atomic():
            sessions.note(request)
            record(
                user,
                "đăng nhập",
                user,
                details={"thiết bị": sessions.device_of(request.META.get("HTTP_USER_AGENT", ""))},
            )

    def logout(self, request: HttpRequest) -> None:
        """Signs out; the browser leaves the list of open sessions."""
        sessions.forget(request)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tells the operator's log; the name stays out, people type passwords there."""
        logger.warning("Sign-in failed from %s", sessions.address_of(request))

    def set_password(self, user: User, password: str) -> None:
        """A person changes their own password; every other browser is signed out by that."""
        with transaction.atomic():
            user.set_password(password)
            user.save(update_fields=["password"])
            record(user, "đổi mật khẩu", user)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Says it in Vietnamese; what is not worth a message stays unsaid."""
        words = SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, words)
        verb = VERBS.get(message_template or "")
        if verb and isinstance(request.user, User):
            with transaction.atomic():
                record(request.user, verb, request.user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Words of the second factor in Vietnamese."""

    error_messages = {  # noqa: RUF012
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Tài khoản này không tắt được xác thực hai lớp.",
        "cannot_generate_recovery_codes": "Hãy bật xác thực hai lớp trước khi tạo mã dự phòng.",
        "incorrect_code": "Mã không đúng. Mã trên điện thoại đổi sau mỗi 30 giây.",
    }
