"""A server killed at any statement of a save: all of it is there or nothing, and once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from dinhlang.facts.models import Evidence, EvidenceLink, Observation
from dinhlang.people import audit
from dinhlang.people.models import AuditLine, User
from dinhlang.places.models import Unit
from dinhlang.plans import files
from dinhlang.plans.models import Plan, PlanVersion, Review, ReviewEdit
from dinhlang.plans.services import uploads
from dinhlang.work.models import Task, TaskNote

from .conftest import Server

STEP = 7
MOST = 400
MEASURE = "ty_le_duong_xa_cung_hoa"

PAPER = """ỦY BAN NHÂN DÂN
XÃ LÀNG MẪU
KẾ HOẠCH
Xây dựng nông thôn mới năm 2026
1. Tiêu chí Giao thông (TC2): làm 1,2 km đường trục thôn Bến trước ngày 30/6/2026.
2. Công chức Tài chính - Kế toán chủ trì lập dự toán trước ngày 31/3/2026.
"""


def killed_again_and_again(
    send: Callable[[str], int], settled: Callable[[], int], good: int
) -> None:
    """Sends the same thing to a server that dies at every few statements until it lives.

    After each death ``settled`` must find nothing of it (0) or all of it (1), and in the end one.
    """
    deaths = 0
    for number in range(1, MOST, STEP):
        status = send(str(number))
        assert settled() in {0, 1}
        if status:
            break
        deaths += 1
    assert status == good, status
    assert deaths >= 3, "the server was hardly ever killed in the middle"
    assert settled() == 1
    assert send("answer") == 0
    assert send("") == good, "an answer that was lost is given again"
    assert settled() == 1
    assert audit.verify().is_whole


@pytest.fixture
def review(sample: User) -> Review:
    """A paper that was read and waits for corrections."""
    given = SimpleUploadedFile("moi.txt", PAPER.encode())
    commune = Unit.objects.get(name="Làng Mẫu")
    (made,) = uploads.upload(sample, commune, uuid4(), [given])
    uploads.run(made.pk)
    return Review.objects.get(pk=made.pk)


def test_an_edit_of_a_review_is_saved_whole_and_once(server: Server, review: Review) -> None:
    item = review.document["tasks"][0]["id"]
    text = "Làm đường trục thôn Bến, đã gõ xong mới mất điện"
    edit = {"key": str(uuid4()), "seen": "0", "verb": "change", "number": str(item), "text": text}
    path = reverse("plans:review-edit", args=[review.pk])
    lines = AuditLine.objects.count()

    def settled() -> int:
        review.refresh_from_db()
        saved = text in review.data
        assert review.revision == ReviewEdit.objects.filter(review=review).count() == saved
        assert AuditLine.objects.count() == lines + saved
        return int(saved)

    killed_again_and_again(lambda at: server.post(path, edit, at), settled, 200)


def test_a_note_on_a_task_is_saved_whole_and_once(server: Server, sample: User) -> None:
    task = Task.objects.filter(state="open").earliest("pk")
    note = {"luot": str(uuid4()), "tt": "doing", "ghi-chu": "Đã giao thùng rác cho hai thôn."}
    path = reverse("work:task-tell", args=[task.pk])

    def settled() -> int:
        task.refresh_from_db()
        count = TaskNote.objects.filter(task=task).count()
        assert (task.state == "doing") == (count == 1)
        return count

    killed_again_and_again(lambda at: server.post(path, note, at), settled, 302)


def test_an_acceptance_is_saved_whole_and_once(server: Server, sample: User) -> None:
    task = Task.objects.filter(state="open").earliest("pk")
    Task.objects.filter(pk=task.pk).update(measure=MEASURE, product="Biên bản")
    fields = {
        "luot": str(uuid4()), "seen": str(task.revision), "so-lieu": MEASURE, "c": "99",
        "ky": "2019", "tep": SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.7\n%%EOF"),
    }  # fmt: skip
    body = (encode_multipart(BOUNDARY, fields), MULTIPART_CONTENT)

    def settled() -> int:
        task.refresh_from_db()
        accepted = int(task.state == "accepted")
        assert TaskNote.objects.filter(task=task, after="accepted").count() == accepted
        numbers = Observation.objects.filter(measure=MEASURE, end__year=2019)
        assert numbers.count() == accepted
        papers = Evidence.objects.filter(title="bien-ban")
        assert papers.count() == accepted
        assert EvidenceLink.objects.filter(evidence__in=papers).count() == accepted
        return accepted

    path = reverse("work:task-accept", args=[task.pk])
    killed_again_and_again(lambda at: server.post(path, {}, at, body), settled, 302)


def test_an_upload_is_taken_in_whole_and_once(server: Server, sample: User) -> None:
    key = uuid4()
    fields = {"luot": str(key), "tep": SimpleUploadedFile("moi.txt", PAPER.encode())}
    body = (encode_multipart(BOUNDARY, fields), MULTIPART_CONTENT)

    def settled() -> int:
        found = list(Review.objects.filter(submission=key))
        assert all(files.originals.exists(review.sha256) and review.job for review in found)
        return len(found)

    path = reverse("plans:upload")
    killed_again_and_again(lambda at: server.post(path, {}, at, body), settled, 302)


def test_an_accepted_review_becomes_one_plan_with_all_its_items(
    server: Server, sample: User, review: Review
) -> None:
    form = {"seen": str(review.revision)}
    path = reverse("plans:review-accept", args=[review.pk])

    def settled() -> int:
        found = PlanVersion.objects.filter(review=review.pk)
        for version in found:
            assert version.plan.current == version
            assert version.plan.tasks.count() == len(version.document["tasks"]) > 0
            assert version.plan.items.exists()
        assert Plan.objects.count() == 2 + found.count()
        return found.count()

    killed_again_and_again(lambda at: server.post(path, form, at), settled, 302)
