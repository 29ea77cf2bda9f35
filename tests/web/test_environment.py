"""The operator's settings: what is read, what is refused, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from dinhlang.web.environment import Environment, database_from_url, email_from_url

GOOD_SECRET = "q8Zt3-vXn1_Kp5wLr7YbCd9Ef2GhJm4s"


def test_a_random_secret_is_accepted() -> None:
    assert Environment({"DINHLANG_SECRET_KEY": f" {GOOD_SECRET} "}).secret() == GOOD_SECRET


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        (None, "Chưa đặt DINHLANG_SECRET_KEY"),
        ("", "Chưa đặt DINHLANG_SECRET_KEY"),
        ("abc123", "quá ngắn"),
        ("a" * 64, "khóa mặc định"),
        ("django-insecure-" + GOOD_SECRET, "khóa mặc định"),
        ("change-me-" + GOOD_SECRET, "khóa mặc định"),
        ("Secret" + GOOD_SECRET, "khóa mặc định"),
    ],
)
def test_a_missing_or_guessable_secret_stops_the_start(secret: str | None, words: str) -> None:
    values = {} if secret is None else {"DINHLANG_SECRET_KEY": secret}
    with pytest.raises(ImproperlyConfigured, match=words):
        Environment(values).secret()


@pytest.mark.parametrize(
    ("word", "expected"),
    [("1", True), ("true", True), (" ON ", True), ("0", False), ("no", False), ("", False)],
)
def test_a_flag_is_read_in_its_usual_spellings(word: str, expected: bool) -> None:
    assert Environment({"FLAG": word}).flag("FLAG", default=not expected) is expected


def test_a_flag_not_set_has_its_default() -> None:
    assert Environment({}).flag("FLAG", default=True) is True
    assert Environment({}).flag("FLAG", default=False) is False


def test_a_flag_with_another_word_is_refused_by_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="DINHLANG_DEBUG='có'"):
        Environment({"DINHLANG_DEBUG": "có"}).flag("DINHLANG_DEBUG", default=False)


@pytest.mark.parametrize("word", ["-1", "1.5", "mười", "²"])
def test_a_number_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="số nguyên không âm"):
        Environment({"N": word}).whole("N", 5)


def test_a_number_is_read_or_has_its_default() -> None:
    assert Environment({"N": " 20 "}).whole("N", 5) == 20
    assert Environment({"N": ""}).whole("N", 5) == 5


def test_a_list_is_read_without_blanks() -> None:
    assert Environment({"HOSTS": "a.vn, b.vn,,"}).words("HOSTS", ("c",)) == ["a.vn", "b.vn"]
    assert Environment({}).words("HOSTS", ("c",)) == ["c"]


def test_data_lies_in_var_of_a_checkout_and_elsewhere_where_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    assert Environment({}).data_dir(tmp_path) == tmp_path / "var"
    told = Environment({"DINHLANG_DATA_DIR": str(tmp_path / "kho")})
    assert told.data_dir(tmp_path) == tmp_path / "kho"


def test_the_default_database_is_a_sqlite_file_in_the_data_folder(tmp_path: Path) -> None:
    database = Environment({}).database(tmp_path)
    assert database["NAME"] == str(tmp_path / "dinhlang.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://xa:m%40t@db.xa.vn:5433/dinhlang?sslmode=require",
            ("dinhlang", "xa", "m@t", "db.xa.vn", "5433", {"sslmode": "require"}),
        ),
        ("postgres://xa@db/dinhlang", ("dinhlang", "xa", "", "db", "", {})),
        (
            "postgresql://postgres:@/postgres?host=/run/postgresql",
            ("postgres", "postgres", "", "/run/postgresql", "", {}),
        ),
    ],
)
def test_a_postgresql_address_is_taken_apart(url: str, expected: tuple[object, ...]) -> None:
    found = database_from_url(url)
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert tuple(found[key] for key in keys) == expected


@pytest.mark.parametrize(
    ("url", "name"), [("sqlite:////kho/xa.db", "/kho/xa.db"), ("sqlite:///xa.db", "xa.db")]
)
def test_a_sqlite_address_names_its_file(url: str, name: str) -> None:
    assert database_from_url(url)["NAME"] == name


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://a:mat-khau@b/c", "chỉ dùng được"),
        ("postgresql://a:mat-khau@b", "thiếu tên"),
        ("postgresql://a:mat-khau@b:cổng/c", "không đọc được"),
    ],
)
def test_another_address_is_refused_without_repeating_the_password(url: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words) as caught:
        database_from_url(url)
    assert "mat-khau" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", False, False)),
        ("smtp://xa:m%40t@thu.vidu.vn?tls=1", ("thu.vidu.vn", 587, "xa", "m@t", False, True)),
        ("smtps://xa:mat@thu.vidu.vn", ("thu.vidu.vn", 465, "xa", "mat", True, False)),
        ("smtp://thu.vidu.vn", ("thu.vidu.vn", 25, "", "", False, False)),
    ],
)
def test_a_mail_servers_address_is_taken_apart(url: str, expected: tuple[object, ...]) -> None:
    found = email_from_url(url)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected


@pytest.mark.parametrize(
    "url", ["http://a:mat-khau@b", "smtp://", "thu.vidu.vn", "smtp://a:mat-khau@b:x"]
)
def test_what_is_no_mail_server_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DINHLANG_EMAIL_URL") as caught:
        email_from_url(url)
    assert "mat-khau" not in str(caught.value)
