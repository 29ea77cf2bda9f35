import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Campaign, GroupRule, TargetGroup, Wave
from tests.papers.checking.build import codes, one, paper


@pytest.mark.parametrize(
    ("text", "said", "have"),
    [
        ("a. Đã đạt, gồm 3 tiêu chí sau: Điện (TC4); Y tế (TC14).", 3, 2),
        ("a. Đã đạt, gồm 3 tiêu chí sau:\n\nTiêu chí Điện (TC4); Tiêu chí Y tế (TC14)", 3, 2),
        ("Thực hiện 2 nhiệm vụ sau:\n- Làm đường.\n- Trồng cây.\n- Thu gom rác.\nII. Khác", 2, 3),
        ("Phong trào gồm 3 nội dung:\n+ Nhà sạch\n+ Vườn đẹp", 3, 2),
        ("cụ thể 7 lĩnh vực nổi trội sau:\n1. Sản xuất\n2. Giáo dục\n3. Văn hóa", 7, 3),
    ],
)
def test_a_list_with_more_or_fewer_items_than_announced_is_reported(text, said, have):
    found = one(paper(text), "COUNT-LIST")
    assert found.severity == "error"
    assert f"có {said} " in found.message and f"có {have}" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "gồm 2 tiêu chí sau: Điện (TC4); Y tế (TC14).",
        "gồm 2 tiêu chí sau:\n\nTiêu chí Điện (TC4); Tiêu chí Y tế (TC14).",
        "gồm 3 tiêu chí sau: Điện (TC4); Y tế (TC14)…",
        "Thực hiện 2 nhiệm vụ sau:\n- Làm đường.\n- Trồng cây.\nII. Khác",
        "gồm 3 nội dung sau:\n1. Đường\nLàm 2 km đường thôn.\n2. Điện",
        "Giữ 3 trường đạt chuẩn, riêng trường Tiểu học lên mức độ 2",
        "đạt 19 tiêu chí nông thôn mới: giữ vững, nâng cao chất lượng",
        "mở rộng 5 tuyến 0,7km (mỗi thôn 1 tuyến)",
        "Cán bộ xã, 03 trường học.",
        "xây dựng 03 KDC đạt chuẩn kiểu mẫu (khu 1, khu 3, khu 5).",
        "4 thôn đã được công nhận; thôn Đông đạt chuẩn",
        "hoàn thành 2 tiêu chí (theo cam kết, theo lộ trình)",
        "Thực hiện 2 nhiệm vụ sau đây: tuyên truyền, vận động nhân dân và làm đường.",
    ],
)
def test_counts_that_fit_or_announce_no_list_are_left_alone(text):
    assert codes(paper(text), "COUNT-LIST") == []


@pytest.mark.parametrize(
    "text",
    [
        "xây dựng 02 thôn kiểu mẫu (thôn Đông, thôn Tây, thôn Nam).",
        "xây dựng 03 KDC kiểu mẫu (khu 1, khu 3)",
        "còn 3 tiêu chí chưa đạt (TC5, TC6)",
    ],
)
def test_names_in_brackets_are_counted(text):
    assert one(paper(text), "COUNT-LIST").quotes[0] in text


def test_a_criterion_listed_twice_is_named():
    text = "gồm 3 tiêu chí sau: Điện (TC4); Y tế (TC14); Điện (TC4)."
    found = check(paper(text), ["COUNT-LIST"])
    assert [each.message for each in found] == [
        "Danh sách nêu hai lần tiêu chí 4.",
        "Văn bản nói có 3 tiêu chí, danh sách có 2.",
    ]


def group(at_least, of, *targets):
    rule = GroupRule(at_least=at_least, of=of)
    text = f"Đạt tối thiểu 0{at_least}/{of} chỉ tiêu"
    return paper(
        text, groups=[TargetGroup(name="Kinh tế", rule=rule, targets=list(targets), lines=(1, 1))]
    )


@pytest.mark.parametrize(
    ("plan", "reported"),
    [
        (group(1, 3, "2.1", "2.2", "2.3"), False),
        (group(2, 3, "2.1", "2.2"), True),
        (group(4, 3, "2.1", "2.2", "2.3"), True),
        (group(1, None, "2.1", "2.2"), False),
        (group(1, 3, "Không có hộ nghèo", "Có hợp tác xã"), False),  # texts may be parts of one
        (group(1, 3), False),
    ],
)
def test_a_group_has_as_many_targets_as_it_says(plan, reported):
    assert codes(plan, "COUNT-GROUP") == (["COUNT-GROUP"] if reported else [])


def test_members_the_reader_left_out_are_counted_under_the_line_of_the_group():
    text = (
        "Thôn đạt tối thiểu 02 trong 04 chỉ tiêu dưới đây:\n2.1. Một;\n2.2. Hai;\n2.3. Ba.\n3. Khác"
    )
    rule = GroupRule(at_least=2, of=4)
    plan = paper(text, groups=[TargetGroup(name="Thông minh", rule=rule, lines=(1, 1))])
    found = one(plan, "COUNT-GROUP")
    assert found.message == "Nhóm “Thông minh” nói có 4 chỉ tiêu, liệt kê 3 (2.1, 2.2 và 2.3)."
    assert found.quotes == ["02 trong 04 chỉ tiêu dưới đây"]


@pytest.mark.parametrize(
    ("words", "reported"), [("02 đợt", False), ("hai đợt", False), ("03 đợt", True)]
)
def test_a_campaign_has_as_many_dated_waves_as_it_says(words, reported):
    plan = paper(f"Cao điểm chia thành {words}, đợt đầu từ 01/3/2024.")
    waves = [
        Wave(start="2024-03-01", end="2024-03-31", lines=(1, 1)),
        Wave(start="2024-09-01", end="2024-09-30", lines=(1, 1)),
    ]
    plan.campaign = Campaign(waves=waves, lines=(1, 1))
    assert codes(plan, "COUNT-WAVE") == (["COUNT-WAVE"] if reported else [])
