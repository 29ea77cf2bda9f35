"""What a password must be, said in Vietnamese."""

from __future__ import annotations

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from dinhlang.vietnamese import fold

from .models import User

SHORTEST = 8


class GoodPassword:
    """Long enough, not among the best known, not the person's own name or number."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator()

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ``ValidationError`` with every reason at once."""
        reasons = []
        if len(password) < SHORTEST:
            reasons.append(f"Mật khẩu cần ít nhất {SHORTEST} ký tự.")
        if len(set(password)) < 4:
            reasons.append("Mật khẩu lặp đi lặp lại vài ký tự, rất dễ đoán.")
        elif self._is_common(password):
            reasons.append("Mật khẩu này quá quen thuộc, ai cũng đoán được.")
        if user is not None and _repeats(password, user):
            reasons.append("Mật khẩu không nên là tên, số điện thoại hay tên đăng nhập của bạn.")
        if reasons:
            raise ValidationError(reasons)

    def _is_common(self, password: str) -> bool:
        try:
            self.common.validate(password)
        except ValidationError:
            return True
        return False

    def get_help_text(self) -> str:
        """What to tell before a password is chosen."""
        return f"Ít nhất {SHORTEST} ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ khó nhớ."


def _repeats(password: str, user: User) -> bool:
    bare = fold(password).replace(" ", "")
    own = (user.username, user.full_name, user.phone, user.email.partition("@")[0])
    return any(
        len(word) >= 4 and word in bare and len(bare) <= len(word) + 3
        for word in (fold(text).replace(" ", "") for text in own)
    )
