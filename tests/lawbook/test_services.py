"""Loading a set: nothing is lost, nothing changes twice, nobody approves their own."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from dinhlang.law.library import shipped
from dinhlang.law.writing import digest
from dinhlang.lawbook import files, samples, selectors, services
from dinhlang.lawbook.importing import Refused
from dinhlang.lawbook.models import LawText, Loading, Origin, Outcome, TextState
from dinhlang.people import audit
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from tests.lawbook.loaded import PASTE, a_draft, a_pending, an_approved
from tests.lawbook.tables import ABOUT, PASTED, docx, xlsx
from tests.world import World

SET = "qd-07-2026-qd-mau/xa-ntm"
SET_99 = "qd-07-2026-qd-mau-99/xa-ntm"


@pytest.mark.parametrize("who", ["leader", "officer", "province", "coordinator", "nobody"])
def test_only_who_manages_the_province_or_everything_loads(house: World, who: str) -> None:
    for place in (None, house.places["province"]):
        with pytest.raises(AccessDenied):
            services.load(house.people[who], uuid4(), place, PASTE)
    assert not Loading.objects.exists()


def test_a_province_loads_its_own_and_not_the_nations(house: World) -> None:
    office = house.people["office"]
    assert services.load(office, uuid4(), house.places["province"], PASTE).pk
    with pytest.raises(AccessDenied):
        services.load(office, uuid4(), None, PASTE)
    with pytest.raises(AccessDenied):
        services.load(office, uuid4(), house.places["other_province"], PASTE)


def test_a_decision_holds_in_a_province_with_a_code_or_in_the_country(house: World) -> None:
    admin = house.people["admin"]
    for place, words in (("a", "cả nước hoặc cho một tỉnh"), ("other_province", "chưa có mã")):
        with pytest.raises(services.NotAllowedHere, match=words):
            services.load(admin, uuid4(), house.places[place], PASTE)


def test_the_same_submission_again_is_the_same_draft(house: World) -> None:
    admin, key = house.people["admin"], uuid4()
    first = services.load(admin, key, None, PASTE)
    assert services.load(admin, key, None, PASTE) == first
    assert Loading.objects.count() == 1
    assert AuditLine.objects.filter(verb="nạp bảng tiêu chí").count() == 1


@pytest.mark.parametrize(
    "given",
    [
        PASTE,
        services.Given(Origin.XLSX, xlsx([line.split("\t") for line in PASTED.splitlines()]), "a"),
        services.Given(
            Origin.DOCX, docx([(line + "\t" * 6).split("\t")[:6] for line in PASTED.splitlines()])
        ),
    ],
    ids=["paste", "xlsx", "docx"],
)
def test_a_table_comes_in_three_ways_and_its_original_is_kept(
    house: World, given: services.Given
) -> None:
    admin = house.people["admin"]
    loading = services.load(admin, uuid4(), None, given)
    assert files.originals.open_stored(loading.original).read() == given.content
    loading = services.change_about(admin, loading.pk, uuid4(), ABOUT)
    text = services.send(admin, loading.pk, loading.revision)
    assert [
        i["number"] for c in json.loads(text.data)["criteria"] for i in c["indicators"]
    ] == ["1.1", "2.1", "2.2", "3"]  # fmt: skip


def test_nothing_is_kept_of_a_file_that_cannot_be_read(house: World) -> None:
    given = services.Given(Origin.XLSX, b"x", "a.xlsx")
    with pytest.raises(Refused):
        services.load(house.people["admin"], uuid4(), None, given)
    assert not Loading.objects.exists()


def test_a_row_is_corrected_once_however_often_the_form_is_sent(house: World) -> None:
    admin, key = house.people["admin"], uuid4()
    loading = a_draft(admin)
    before = loading.revision
    for _ in range(2):
        loading = services.change_row(admin, loading.pk, key, 2, {"g1": "≥ 95%", "note": "sửa"})
    assert loading.revision == before + 1
    assert (loading.rows[1]["g1"], loading.rows[1]["g2"]) == ("≥ 95%", "≥ 90%")
    edit = loading.edits.get(key=key)
    assert edit.before is not None
    assert edit.after is not None
    assert (edit.before["g1"], edit.after["g1"]) == ("≥ 100%", "≥ 95%")


def test_rows_are_added_left_out_and_taken_back_and_nothing_typed_is_lost(house: World) -> None:
    admin = house.people["admin"]
    loading = a_draft(admin)
    services.add_row(admin, loading.pk, uuid4(), 1, {"name": "Chỉ tiêu thêm"})
    loading = services.drop_row(admin, loading.pk, uuid4(), 2)
    assert loading.rows[1] == {"name": "Chỉ tiêu thêm", "dropped": True}
    loading = services.drop_row(admin, loading.pk, uuid4(), 2, dropped=False)
    assert loading.rows[1] == {"name": "Chỉ tiêu thêm"}
    with pytest.raises(services.NotAllowedHere, match="không có dòng này"):
        services.change_row(admin, loading.pk, uuid4(), 99, {"name": "x"})


def test_a_draft_with_faults_or_one_that_was_edited_meanwhile_is_not_sent(house: World) -> None:
    admin = house.people["admin"]
    loading = a_draft(admin)
    with pytest.raises(services.NotAllowedHere, match="vừa được sửa thêm"):
        services.send(admin, loading.pk, loading.revision - 1)
    loading = services.change_row(admin, loading.pk, uuid4(), 2, {"g1": "≥ 150%"})
    with pytest.raises(services.NotAllowedHere, match="còn 1 chỗ phải sửa"):
        services.send(admin, loading.pk, loading.revision)
    assert not LawText.objects.exists()


def test_what_is_sent_is_written_once_with_its_digest_and_locks_the_draft(house: World) -> None:
    admin = house.people["admin"]
    text = a_pending(admin)
    assert text.loading is not None
    assert services.send(admin, text.loading.pk, 0) == text
    document = selectors.read_text(text)
    assert (text.set_id, text.digest) == (SET, digest(document))
    with pytest.raises(services.NotAllowedHere, match="không sửa được"):
        services.change_row(admin, text.loading.pk, uuid4(), 1, {"name": "x"})


def test_a_stored_text_cannot_be_rewritten(house: World) -> None:
    text = a_pending(house.people["admin"])
    text.data = "{}"
    with pytest.raises(RuntimeError):
        text.save()


def test_only_a_second_person_who_manages_there_approves(house: World) -> None:
    province = house.places["province"]
    text = a_pending(house.people["office"], province)
    with pytest.raises(services.NotAllowedHere, match="không tự duyệt"):
        services.approve(house.people["office"], text.pk)
    for who in ("leader", "coordinator", "province", "elsewhere"):
        with pytest.raises(AccessDenied):
            services.approve(house.people[who], text.pk)
    approved = services.approve(house.people["chief"], text.pk)
    assert (approved.state, approved.decided_by) == ("approved", house.people["chief"])
    assert services.approve(house.people["admin"], text.pk).decided_by == house.people["chief"]


def test_who_corrected_a_row_had_a_hand_in_it_and_does_not_approve(house: World) -> None:
    office, chief = house.people["office"], house.people["chief"]
    loading = a_draft(office, house.places["province"])
    loading = services.change_row(chief, loading.pk, uuid4(), 1, {"note": "đã xem"})
    text = services.send(office, loading.pk, loading.revision)
    with pytest.raises(services.NotAllowedHere, match="nạp hoặc sửa"):
        services.approve(chief, text.pk)
    assert services.approve(house.people["admin"], text.pk).state == TextState.APPROVED


def test_the_database_itself_refuses_a_text_decided_by_its_loader(house: World) -> None:
    text = a_pending(house.people["admin"])
    with pytest.raises(IntegrityError), transaction.atomic():
        LawText.objects.filter(pk=text.pk).update(
            state="approved", decided_by=house.people["admin"]
        )


def test_a_return_needs_a_reason_and_opens_the_draft_for_a_second_try(house: World) -> None:
    admin, second = house.people["admin"], house.people["second"]
    text = a_pending(admin)
    with pytest.raises(services.NotAllowedHere, match="lý do"):
        services.send_back(second, text.pk, " ")
    services.send_back(second, text.pk, "Chỉ tiêu 2.1 nhóm 2 là 85%")
    assert text.loading is not None
    loading = services.change_row(admin, text.loading.pk, uuid4(), 2, {"g2": "≥ 85%"})
    assert loading.outcome == Outcome.OPEN
    again = services.send(admin, loading.pk, loading.revision)
    assert services.approve(second, again.pk).state == TextState.APPROVED
    states = list(LawText.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["returned", "approved"]
    with pytest.raises(services.NotAllowedHere, match="không còn chờ duyệt"):
        services.approve(second, text.pk)


def test_an_approved_set_is_law_at_once_from_its_date_in_its_province(house: World) -> None:
    province, commune = house.places["province"], house.places["a"]
    a_pending(house.people["office"], province, number="08/2026/QĐ-MẪU")
    an_approved(house.people["office"], house.people["chief"], province)
    day = date(2026, 3, 1)
    law = selectors.law_for(commune, day)
    first = law.in_force("ntm", "commune")[0].set
    assert (first.id, first.territory.code if first.territory else "") == (SET_99, "99")
    assert SET_99 not in [
        e.set.id for e in selectors.law_for(commune, date(2026, 1, 31)).in_force()
    ]
    assert SET_99 not in [e.set.id for e in selectors.law_for(house.places["c"], day).in_force()]
    assert "ty_le_duong_thon_duoc_cung_hoa" not in shipped().measures
    assert len(selectors.library().sets) == len(shipped().sets) + 1


def test_the_law_of_a_day_goes_by_the_province_the_unit_belonged_to_then(house: World) -> None:
    from dinhlang.places.models import UnitParent

    an_approved(house.people["office"], house.people["chief"], house.places["province"])
    commune = house.places["c"]
    UnitParent.objects.create(
        unit=commune, parent=house.places["province"],
        valid_from=date(2020, 1, 1), valid_to=date(2026, 6, 1),
    )  # fmt: skip
    UnitParent.objects.create(
        unit=commune, parent=house.places["other_province"], valid_from=date(2026, 6, 1)
    )
    assert selectors.territories(commune, date(2026, 5, 31)) == {"99"}
    assert selectors.territories(commune, date(2026, 6, 1)) == frozenset()
    assert selectors.territories(house.places["a1"], date(2026, 6, 1)) == {"99"}


def test_completing_a_shipped_set_replaces_it_and_amending_one_stands_on_it(house: World) -> None:
    admin, second = house.people["admin"], house.people["second"]
    base = "qd-51-2025/xa-ntm"
    wish = services.Wish("complete", base)
    loading = services.load_from_set(admin, uuid4(), None, wish)
    assert loading.about["number"] == "51/2025/QĐ-TTg"
    key = next(
        n for n, row in enumerate(loading.rows, 1) if row.get("measure") == "ty_le_nuoc_sach"
    )
    loading = services.change_row(
        admin, loading.pk, uuid4(), key, {"g1": "80", "g2": "65", "g3": "UBND tỉnh quy định"}
    )
    for at, row in enumerate(list(loading.rows), 1):
        if row.get("kind", "") in ("", "≥", "≤") and at != key:
            loading = services.change_row(admin, loading.pk, uuid4(), at, {"kind": "Chưa nạp"})
    text = services.send(admin, loading.pk, loading.revision)
    services.approve(second, text.pk)
    found = selectors.law(date(2026, 3, 1)).get(base)
    assert found is not None
    indicators = {i.name: i for c in found.set.criteria for i in c.indicators}
    water = indicators["Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn"]
    assert water.provenance.checked == "approved"
    assert water.provenance.sources[0] == "Quyết định 51/2025/QĐ-TTg"
    income = indicators["Tốc độ tăng thu nhập bình quân đầu người"]
    assert (income.provenance.checked, income.name_provenance.checked) == ("not_loaded", "sourced")
    assert len(selectors.library().sets) == len(shipped().sets)


def test_a_withdrawn_set_is_law_no_longer_and_stays_to_be_read(house: World) -> None:
    admin, second = house.people["admin"], house.people["second"]
    text = an_approved(admin, second)
    with pytest.raises(services.NotAllowedHere, match="phải ghi lý do"):
        services.withdraw(admin, text.pk, "")
    services.withdraw(admin, text.pk, "nạp nhầm văn bản")
    assert SET not in selectors.library().sets
    text.refresh_from_db()
    assert (text.state, text.decided_by, text.withdrawn_by) == ("withdrawn", second, admin)
    assert selectors.read_text(text).id == SET


def test_a_waiting_text_can_be_taken_back_without_a_reason(house: World) -> None:
    admin = house.people["admin"]
    text = services.withdraw(admin, a_pending(admin).pk, "")
    assert text.loading is not None
    assert text.loading.outcome == Outcome.OPEN


def test_a_set_that_would_not_fit_the_rest_is_not_sent(house: World) -> None:
    admin = house.people["admin"]
    loading = a_draft(admin, mode="amend", base="qd-51-2025/xa-ntm")
    found = selectors.composed(loading)
    assert found.result is not None, [str(problem) for problem in found.problems]
    loading = services.change_about(
        admin, loading.pk, uuid4(), {"replaces": "khong/co", "mode": "new"}
    )
    with pytest.raises(services.NotAllowedHere, match="chỗ phải sửa"):
        services.send(admin, loading.pk, loading.revision)


def test_a_draft_put_away_can_be_taken_back(house: World) -> None:
    admin = house.people["admin"]
    loading = a_draft(admin)
    services.set_aside(admin, loading.pk)
    with pytest.raises(services.NotAllowedHere):
        services.send(admin, loading.pk, loading.revision)
    services.take_back(admin, loading.pk)
    assert services.send(admin, loading.pk, loading.revision).pk


def test_every_step_is_in_the_log_and_the_log_is_whole(house: World) -> None:
    admin, second = house.people["admin"], house.people["second"]
    text = an_approved(admin, second)
    services.withdraw(second, text.pk, "thử")
    assert list(AuditLine.objects.order_by("number").values_list("verb", flat=True)) == [
        "nạp bảng tiêu chí", "sửa thông tin quyết định", "trình duyệt bộ tiêu chí",
        "duyệt bộ tiêu chí", "rút bộ tiêu chí đã duyệt",
    ]  # fmt: skip
    assert audit.verify().is_whole


def test_the_sample_is_loaded_through_the_same_door_and_once(house: World) -> None:
    admin, second, province = (
        house.people["admin"], house.people["second"], house.places["province"],
    )  # fmt: skip
    text = samples.load(admin, second, province)
    assert samples.load(admin, second, province) == text
    found = selectors.law_for(house.places["a"], date(2026, 11, 22)).in_force("ntm", "commune")
    assert found[0].set.sample
    assert found[0].set.decision.number == samples.NUMBER
    assert "qd-51-2025/xa-ntm" in [each.set.id for each in found], "the real one stands beside it"


def test_those_who_may_decide_are_named_without_those_who_had_a_hand_in_it(house: World) -> None:
    office, province = house.people["office"], house.places["province"]
    text = a_pending(office, province)
    found = {user.username for user in selectors.deciders(province, selectors.hands(text))}
    assert found == {"admin", "second", "chief"}
    assert {user.username for user in selectors.deciders(None)} == {"admin", "second"}


def test_what_the_file_says_of_itself_counts_before_what_was_clicked(house: World) -> None:
    lines = [line.split("\t") for line in PASTED.splitlines()]
    said = {"Cách nạp": "Nạp đủ bộ đã có", "Bộ gốc": "qd-51-2025/xa-ntm"}
    given = services.Given(Origin.XLSX, xlsx(lines, said), "a.xlsx")
    admin = house.people["admin"]
    loading = services.load(admin, uuid4(), None, given, services.Wish("new"))
    assert (loading.about["mode"], loading.about["base"]) == ("complete", "qd-51-2025/xa-ntm")
    assert "nên đã theo tệp" in loading.about["notes"]
    plain = services.load(admin, uuid4(), None, PASTE, services.Wish("amend", "qd-51-2025/xa-ntm"))
    assert (plain.about["mode"], plain.about["base"]) == ("amend", "qd-51-2025/xa-ntm")
