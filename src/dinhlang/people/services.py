"""What can be done with people: invite, grant, appoint, switch off, end sessions.

Every verb checks that the one who asks (``by``) may do it, changes, and writes the audit line, in
one transaction. ``ValidationError`` carries what is wrong by field, ``AccessDenied`` who may not.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, fold, format_date, nfc

from . import sessions
from .access import AccessDenied, Action, Role, policy_of, require, today
from .audit import lock, record
from .models import Grant, Invitation, Office, OfficeHolding, OpenSession, User
from .offices import office_key
from .policies import givable_roles
from .selectors import digest_of

INVITATION_LASTS = timedelta(days=7)
"""How long a one-time link works."""


@transaction.atomic
def create_first_administrator(*, username: str, full_name: str, password: str) -> User:
    """The first person of an installation, who may do everything everywhere.

    Raises ``AccessDenied`` where there is somebody already, ``ValidationError`` for a bad name or
    password.
    """
    # Two first visitors at once queue here: only one of them finds the house empty.
    lock()
    if User.objects.exists():
        raise AccessDenied("Chương trình đã có người quản trị.")
    user = _new_user(username=username, full_name=full_name, email="", phone="")
    _set_password(user, password)
    Grant.objects.create(user=user, role=Role.ADMIN.value, place=None, start=today())
    record(user, "tạo người quản trị", user)
    return user


@transaction.atomic
def invite(
    by: User | None,
    *,
    username: str,
    full_name: str,
    role: Role,
    place: Unit | None,
    title: str = "",
    email: str = "",
    phone: str = "",
    start: date | None = None,
    end: date | None = None,
    submission: UUID | None = None,
) -> tuple[User, str]:
    """A new person with a role and, where ``title`` is given, an office at the place.

    Returns the person and the secret of the one-time link, which is kept nowhere. The same
    ``submission`` again (a double click) gives the same person and a fresh link.
    ``by`` is ``None`` for the operator at the server. Raises ``ValidationError``.
    """
    _require_grant(by, role, place)
    if submission and (before := Invitation.objects.filter(submission=submission).first()):
        return before.user, _new_link(by, before.user)
    user = _new_user(username=username, full_name=full_name, email=email, phone=phone)
    record(by, "tạo tài khoản", user, place, {"tên đăng nhập": user.username})
    give(by, user, role, place, start=start, end=end, new=True)
    if title.strip() and place is not None:
        _appoint(by, user, _office(by, place, title), start, end)
    return user, _new_link(by, user, submission)


def _new_user(*, username: str, full_name: str, email: str, phone: str) -> User:
    user = User(
        username=nfc(username).strip().lower(),
        full_name=clean_spaces(nfc(full_name)),
        email=email.strip().lower(),
        phone=phone.strip(),
    )
    user.set_unusable_password()
    user.full_clean(exclude=["search_key", "sort_key"])
    user.save()
    return user


def _require_grant(by: User | None, role: Role, place: Unit | None) -> None:
    """Raises ``AccessDenied`` where ``by`` may not give this role at this place."""
    if by is None:
        return
    require(by, Action.MANAGE, place)
    if role not in givable_roles(by):
        raise AccessDenied(f"Bạn không cấp được vai trò “{role.label}”. Hãy nhờ người quản trị.")


def _require_person(by: User | None, user: User) -> None:
    if by is None:
        return
    if by == user:
        raise AccessDenied("Không ai tự đổi quyền của mình. Hãy nhờ người quản trị khác.")
    if not policy_of(User).allows(user, by, Action.MANAGE):
        raise AccessDenied("Người này không thuộc phạm vi bạn quản lý.")


@transaction.atomic
def renew_link(by: User | None, user: User) -> str:
    """The secret of a fresh one-time link to set a password; older links stop working.

    The old password works until the link is used. Raises ``AccessDenied``.
    """
    _require_person(by, user)
    return _new_link(by, user)


def _new_link(by: User | None, user: User, submission: UUID | None = None) -> str:
    now = timezone.now()
    Invitation.objects.filter(user=user, used=None, withdrawn=None).update(withdrawn=now)
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user,
        digest=digest_of(secret),
        submission=submission,
        created_by=by,
        created=now,
        expires=now + INVITATION_LASTS,
    )
    record(by, "gửi liên kết đặt mật khẩu", user)
    return secret


@transaction.atomic
def accept_invitation(secret: str, password: str) -> User:
    """Sets the password of the person to whom the link was given; the link is used up.

    Raises ``AccessDenied`` for a link that is used, expired or unknown, ``ValidationError`` for a
    password that is too weak.
    """
    found = (
        Invitation.objects.select_for_update()
        .filter(digest=digest_of(secret), used=None, withdrawn=None, expires__gt=timezone.now())
        .first()
    )
    if found is None or not found.user.is_active:
        raise AccessDenied(
            "Liên kết này đã dùng rồi, đã hết hạn hoặc không đúng. "
            "Hãy xin người quản trị một liên kết mới."
        )
    _set_password(found.user, password)
    found.used = timezone.now()
    found.save(update_fields=["used"])
    record(found.user, "đặt mật khẩu bằng liên kết", found.user)
    return found.user


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    user.save(update_fields=["password", "username", "email", "full_name"])


@transaction.atomic
def edit_person(by: User, user: User, *, full_name: str, email: str, phone: str) -> User:
    """Changes name and contact of oneself or of somebody one manages."""
    if by != user:
        _require_person(by, user)
    old = {"họ và tên": user.full_name, "thư điện tử": user.email, "điện thoại": user.phone}
    user.full_name, user.email, user.phone = clean_spaces(nfc(full_name)), email.lower(), phone
    user.full_clean(exclude=["search_key", "sort_key", "password"])
    user.save()
    new = {"họ và tên": user.full_name, "thư điện tử": user.email, "điện thoại": user.phone}
    changes = {name: [old[name], new[name]] for name in old if old[name] != new[name]}
    if changes:
        record(by, "sửa thông tin người dùng", user, details=changes)
    return user


@transaction.atomic
def switch(by: User, user: User, *, on: bool) -> None:
    """Switches an account off (every session ends at once, links stop working) or on again."""
    _require_person(by, user)
    if user.is_active == on:
        return
    user.is_active = on
    user.save()
    if not on:
        sessions.end_all(user)
        now = timezone.now()
        Invitation.objects.filter(user=user, used=None, withdrawn=None).update(withdrawn=now)
    record(by, "mở lại tài khoản" if on else "khóa tài khoản", user)


@transaction.atomic
def give(
    by: User | None,
    user: User,
    role: Role,
    place: Unit | None,
    *,
    start: date | None = None,
    end: date | None = None,
    new: bool = False,
) -> Grant:
    """Gives a person a role at a place; ``start`` is today where it is not given.

    The same role at the same place that is in force already is left as it is and returned.
    ``new`` says that the person was created a moment ago in this very transaction.
    """
    _require_grant(by, role, place)
    if not new:
        _require_person(by, user)
    begin = start or today()
    existing = Grant.objects.filter(user=user, role=role.value, place=place, end=end).on(begin)
    if (found := existing.first()) is not None:
        return found
    grant = Grant(user=user, role=role.value, place=place, start=begin, end=end)
    grant.full_clean()
    grant.save()
    record(by, "cấp quyền", user, place, {"vai trò": role.label, **_days(begin, end)})
    return grant


def _days(start: date | None, end: date | None) -> dict[str, Any]:
    days = {"từ ngày": start, "đến hết ngày": end}
    return {name: format_date(day) for name, day in days.items() if day}


@transaction.atomic
def end_grant(by: User, grant: Grant) -> None:
    """Takes a role back from now on. A grant of before today ends yesterday."""
    _require_grant(by, Role(grant.role), grant.place)
    _require_person(by, grant.user)
    _end(grant)
    record(by, "thu hồi quyền", grant.user, grant.place, {"vai trò": Role(grant.role).label})


def _end(row: Grant | OfficeHolding) -> None:
    """Ends with yesterday; what only began today, or has not begun, goes altogether."""
    yesterday = today() - timedelta(days=1)
    if row.start is not None and row.start > yesterday:
        row.delete()
    elif row.end is None or row.end > yesterday:
        row.end = yesterday
        row.save(update_fields=["end"])


@transaction.atomic
def create_office(by: User | None, place: Unit, title: str) -> Office:
    """An office at a place; the one that is there already where the title is the same."""
    if by is not None:
        require(by, Action.MANAGE, place)
    return _office(by, place, title)


def _office(by: User | None, place: Unit, title: str) -> Office:
    cleaned = clean_spaces(nfc(title))
    found = Office.objects.filter(place=place, search_key=fold(cleaned)[:200]).first()
    if found is not None:
        if found.closed_on:
            found.closed_on = None
            found.save(update_fields=["closed_on"])
            record(by, "dùng lại chức vụ", found, place)
        return found
    office = Office(place=place, title=cleaned)
    office.full_clean(exclude=["search_key"])
    office.save()
    record(by, "thêm chức vụ", office, place)
    return office


@transaction.atomic
def rename_office(by: User, office: Office, title: str) -> Office:
    """Gives an office another title. Raises ``ValidationError`` where the place has it already."""
    require(by, Action.MANAGE, office.place)
    old, office.title = office.title, clean_spaces(nfc(title))
    twin = Office.objects.filter(place=office.place, search_key=fold(office.title)[:200])
    if twin.exclude(pk=office.pk).exists():
        raise ValidationError({"title": "Nơi này đã có chức vụ ấy."})
    office.full_clean(exclude=["search_key"])
    office.save()
    record(by, "đổi tên chức vụ", office, office.place, {"tên": [old, office.title]})
    return office


MOST_NAMES = 20


@transaction.atomic
def name_office(by: User, pk: int, seen: str, text: str) -> Office:
    """Says what an office is also called, a name a line; needs ``EDIT`` at its place.

    ``seen`` is what the form showed: of two people at once, what either added or took out counts.
    Raises ``AccessDenied``, and ``ValidationError`` where another office of the place is called so.
    """
    office = Office.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
    require(by, Action.EDIT, office.place)
    then, now, mine = _names(seen), _names(office.other_names), _names(text)
    kept = {key: name for key, name in now.items() if key in mine or key not in then}
    kept |= {key: name for key, name in mine.items() if key not in then or key in kept}
    kept.pop(office_key(office.title), None)
    if len(kept) > MOST_NAMES or any(len(name) > 160 for name in kept.values()):
        raise ValidationError(f"Ghi tối đa {MOST_NAMES} tên gọi khác, mỗi tên tối đa 160 ký tự.")
    others = Office.objects.filter(place=office.place, closed_on=None).exclude(pk=office.pk)
    for other in others:
        for key in kept.keys() & set(other.keys):
            raise ValidationError(f"“{kept[key]}” đã là tên của chức vụ {other.title}.")
    wanted = "\n".join(kept.values())
    if wanted != office.other_names:
        told = {"tên gọi khác": ["; ".join(now.values()), "; ".join(kept.values())]}
        office.other_names = wanted
        office.save(update_fields=["other_names"])
        record(by, "ghi tên gọi khác", office, office.place, told)
    return office


def _names(text: str) -> dict[str, str]:
    """The names of a text, one a line or between semicolons, by their keys."""
    found: dict[str, str] = {}
    for line in nfc(text).replace(";", "\n").splitlines():
        name = clean_spaces(line).strip(" ,.")
        if key := office_key(name):
            found.setdefault(key, name)
    return found


@transaction.atomic
def close_office(by: User, office: Office) -> None:
    """Says that an office is no more; whoever holds it holds it until yesterday."""
    require(by, Action.MANAGE, office.place)
    for holding in OfficeHolding.objects.filter(office=office).on(today()):
        _end(holding)
    office.closed_on = today()
    office.save(update_fields=["closed_on"])
    record(by, "thôi dùng chức vụ", office, office.place)


@transaction.atomic
def appoint(
    by: User | None,
    user: User,
    office: Office,
    *,
    start: date | None = None,
    end: date | None = None,
) -> OfficeHolding:
    """Puts a person into an office from a day (today) on. Several may share one office."""
    if by is not None:
        require(by, Action.MANAGE, office.place)
        if by != user:
            _require_person(by, user)
    return _appoint(by, user, office, start, end)


def _appoint(
    by: User | None, user: User, office: Office, start: date | None, end: date | None
) -> OfficeHolding:
    begin = start or today()
    existing = OfficeHolding.objects.filter(user=user, office=office, end=end).on(begin).first()
    if existing is not None:
        return existing
    holding = OfficeHolding(user=user, office=office, start=begin, end=end)
    holding.full_clean()
    holding.save()
    details = {"chức vụ": office.title, **_days(begin, end)}
    record(by, "giao chức vụ", user, office.place, details)
    return holding


@transaction.atomic
def end_holding(by: User, holding: OfficeHolding) -> None:
    """Takes a person out of an office from now on."""
    require(by, Action.MANAGE, holding.office.place)
    _end(holding)
    details = {"chức vụ": holding.office.title}
    record(by, "thôi chức vụ", holding.user, holding.office.place, details)


@transaction.atomic
def end_session(by: User, entry: OpenSession) -> None:
    """Signs a browser of one's own, or of somebody one manages, out at once."""
    if by != entry.user:
        _require_person(by, entry.user)
    sessions.end(entry)
    record(by, "đăng xuất thiết bị", entry.user, details={"thiết bị": entry.device})


@transaction.atomic
def end_other_sessions(user: User, this: str | None) -> int:
    """Signs all browsers of the person out but the one with the session ``this``."""
    count = sessions.end_all(user, except_key=this)
    if count:
        record(user, "đăng xuất các thiết bị khác", user, details={"số thiết bị": count})
    return count


@transaction.atomic
def drop_second_factor(by: User | None, user: User) -> None:
    """Takes the second factor off the account of somebody who lost the phone."""
    _require_person(by, user)
    count, _ = Authenticator.objects.filter(user=user).delete()
    if count:
        record(by, "tắt xác thực hai lớp hộ", user)
