"""The audit log tells of every line that was altered, removed or slipped in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from dinhlang.cli import main
from dinhlang.people import audit
from dinhlang.people.audit import START, digest_of, grouped, record, verify
from dinhlang.people.models import AuditHead, AuditLine
from tests.world import World


@pytest.fixture
def lines(world: World) -> list[AuditLine]:
    """Five lines by two people."""
    people = (world.people["admin"], world.people["officer"], None)
    return [
        record(people[n % 3], f"việc {n}", world.people["leader"], world.places["a"], {"số": n})
        for n in range(5)
    ]


def by_hand(statement: str, *values: object) -> None:
    """Changes the database behind the program's back."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_log_is_whole(lines: list[AuditLine]) -> None:
    verdict = verify()
    assert verdict.is_whole
    assert (verdict.count, verdict.digest) == (5, lines[-1].digest)


def test_an_empty_log_is_whole(db: None) -> None:
    assert verify() == audit.Verdict(0, START, ())


def test_each_line_names_the_one_before(lines: list[AuditLine]) -> None:
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert [line.previous for line in lines] == [START, *(line.digest for line in lines[:-1])]


TABLE = "people_auditline"
ALTERED = {
    "verb": "xóa",
    "user_name": "Ai đó",
    "target_name": "Cái khác",
    "target_id": "999",
    "target_kind": "x.y",
    "details": '{"số": 7}',
    "request": "khác",
    "at": "2020-01-01 00:00:00+00:00",
    "place_id": None,
    "user_id": None,
}


@pytest.mark.parametrize("column", ALTERED)
def test_a_line_altered_in_any_column_is_named(column: str, lines: list[AuditLine]) -> None:
    by_hand(f"UPDATE {TABLE} SET {column} = %s WHERE number = 2", ALTERED[column])
    assert verify().troubles == ("Dòng 2 đã bị sửa sau khi ghi.",)


def test_a_line_altered_together_with_its_digest_breaks_the_next(lines: list[AuditLine]) -> None:
    line = lines[2]
    line.verb = "việc khác"
    by_hand(
        f"UPDATE {TABLE} SET verb = %s, digest = %s WHERE number = 3", line.verb, digest_of(line)
    )
    assert verify().troubles == ("Dòng 4 không nối tiếp dòng trước: bị chèn hoặc bị thay.",)


@pytest.mark.parametrize(
    ("numbers", "trouble"),
    [
        ("1", "Dòng 1 đã bị xóa."),
        ("3", "Dòng 3 đã bị xóa."),
        ("2, 3", "Các dòng từ 2 đến 3 đã bị xóa."),
        ("5", "Dòng 5 ở cuối nhật ký đã bị xóa."),
        ("4, 5", "Các dòng từ 4 đến 5 ở cuối nhật ký đã bị xóa."),
    ],
)
def test_a_removed_line_is_missed(numbers: str, trouble: str, lines: list[AuditLine]) -> None:
    by_hand(f"DELETE FROM {TABLE} WHERE number IN ({numbers})")
    assert verify().troubles == (trouble,)


def test_a_removed_line_is_missed_even_where_the_rest_is_numbered_anew(
    lines: list[AuditLine],
) -> None:
    by_hand(f"DELETE FROM {TABLE} WHERE number = 2")
    for number in (3, 4, 5):
        by_hand(f"UPDATE {TABLE} SET number = %s WHERE number = %s", number - 1, number)
    assert not verify().is_whole


def test_a_line_slipped_in_at_the_end_is_noticed(lines: list[AuditLine]) -> None:
    forged = AuditLine(number=6, at=lines[0].at, verb="giả", previous=lines[-1].digest)
    forged.digest = digest_of(forged)
    forged.save()
    assert verify().troubles == ("Dòng 6 được thêm vào từ ngoài chương trình.",)


def test_a_replaced_last_line_is_noticed(lines: list[AuditLine]) -> None:
    line = lines[-1]
    line.verb = "việc khác"
    by_hand(
        f"UPDATE {TABLE} SET verb = %s, digest = %s WHERE number = 5", line.verb, digest_of(line)
    )
    assert verify().troubles == ("Dấu niêm của nhật ký không khớp với dòng cuối.",)


def test_a_line_is_written_with_its_change_or_not_at_all(world: World) -> None:
    class Interrupted(Exception):
        """The server dies."""

    def fail() -> None:
        with transaction.atomic():
            record(world.people["admin"], "việc hỏng")
            raise Interrupted

    with pytest.raises(Interrupted):
        fail()
    assert not AuditLine.objects.exists()
    assert AuditHead.objects.filter(count__gt=0).count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(None, "việc lẻ")


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.save(),
        lambda line: line.delete(),
        lambda line: AuditLine.objects.filter(pk=line.pk).update(verb="khác"),
        lambda line: AuditLine.objects.all().delete(),
    ],
)
def test_the_program_itself_changes_no_line(
    change: Callable[[AuditLine], object], lines: list[AuditLine]
) -> None:
    with pytest.raises(TypeError):
        change(lines[0])
    assert verify().is_whole


def test_lines_of_one_click_share_a_name(world: World) -> None:
    with grouped() as name:
        first, second = record(None, "một"), record(None, "hai")
    third = record(None, "ba")
    assert first.request == second.request == name
    assert third.request == ""


def test_details_are_said_in_words(world: World) -> None:
    line = record(None, "sửa", details={"tên": ["cũ", "mới"], "điện thoại": "", "số": 3})
    assert line.facts == [("số", "3"), ("tên", "cũ → mới"), ("điện thoại", "trống")]


@pytest.mark.django_db(transaction=True)
def test_the_command_prints_the_seal_and_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with transaction.atomic():
        seal = record(None, "một").digest
        record(None, "hai")
    assert main(["audit", "verify"]) == 0
    assert "Nhật ký nguyên vẹn: 2 dòng." in capsys.readouterr().out
    assert main(["audit", "verify", "--expect", seal]) == 0
    assert main(["audit", "verify", "--expect", "f" * 64]) == 1
    by_hand(f"UPDATE {TABLE} SET verb = 'khác' WHERE number = 1")
    capsys.readouterr()
    assert main(["audit", "verify"]) == 1
    assert "Dòng 1 đã bị sửa" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain_without_a_gap() -> None:
    start = threading.Barrier(4)

    def write(name: str) -> None:
        try:
            start.wait()
            for number in range(5):
                with transaction.atomic():
                    record(None, f"việc {name}.{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(write, name) for name in "abcd"]:
            done.result()
    assert verify().is_whole
    assert verify().count == 20
