"""A small plan made by hand, with one item of every kind."""

from __future__ import annotations

from dinhlang.papers import plan as p

TEXT = [
    "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "XÃ LÀNG MẪU\tĐộc lập - Tự do - Hạnh phúc",
    "Số: 05/KH-UBND\tLàng Mẫu, ngày 03 tháng 02 năm 2030",
    "",
    "KẾ HOẠCH",
    "Xây dựng nông thôn mới năm 2030",
    "",
    "Căn cứ Kế hoạch số 01/KH-UBND ngày 02/01/2030 của UBND xã;",
    "I. MỤC TIÊU",
    "Giữ vững tiêu chí Điện; phấn đấu tiêu chí Giao thông, tỷ lệ cứng hóa đạt từ 95% trở lên.",
    "Trồng 1.200 m hàng rào xanh tại thôn Đông.",
    "=2+3 là dòng bắt đầu bằng dấu bằng; phong trào Xanh sạch.",
    "II. THỰC HIỆN",
    "Giao công chức địa chính hoàn thành đường trục trước 30/6/2030.",
    "Quý II/2030: xong đường trục. Báo cáo trước 14:30 thứ Năm hằng tuần.",
    "TT | Nội dung | Kinh phí",
    "1 | Đường trục | 4,2 tỷ đồng",
    "Tổng cộng | | 4,3",
    "Nguồn: ngân sách xã 1,5 tỷ đồng; hỗ trợ 1 triệu đồng/hộ.",
    "",
    "Nơi nhận:",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
    "Họ và tên",
]


def at(line: int, words: str) -> dict[str, object]:
    """``lines`` and ``spans`` of these words on this line."""
    start = TEXT[line - 1].index(words)
    return {"lines": (line, line), "spans": [(line, start, start + len(words))]}


def small_plan() -> p.Plan:
    """The plan of ``TEXT``."""
    return p.Plan(
        document=p.Document(
            kind="plan",
            number="05/KH-UBND",
            symbol="KH-UBND",
            issuer="UBND xã Làng Mẫu",
            date="2030-02-03",
            title="Xây dựng nông thôn mới năm 2030",
            commune="Làng Mẫu",
            signatory=p.Signatory(
                authority="TM. ỦY BAN NHÂN DÂN", title="CHỦ TỊCH", name="Họ và tên", lines=(23, 25)
            ),
            years=[2030],
            lines=(5, 6),
        ),
        levels=["advanced"],
        legal_bases=[
            p.LegalBasis(
                number="01/KH-UBND",
                kind="Kế hoạch",
                date="2030-01-02",
                **at(8, "Kế hoạch số 01/KH-UBND ngày 02/01/2030"),
            )
        ],
        outline=[
            p.Section(label="I", title="MỤC TIÊU", level=1, lines=(9, 12)),
            p.Section(label="II", title="THỰC HIỆN", level=1, lines=(13, 19)),
        ],
        criteria=[
            p.Criterion(number=4, name="Điện", status="maintain", **at(10, "Điện")),
            p.Criterion(
                number=2,
                name="Giao thông",
                status="to_reach",
                gaps=[p.Gap(text="đường trục chưa xong", lines=(14, 14))],
                **at(10, "Giao thông"),
            ),
        ],
        targets=[
            p.Target(
                text="tỷ lệ cứng hóa",
                comparator=">=",
                value="95",
                unit="%",
                criterion=2,
                **at(10, "tỷ lệ cứng hóa đạt từ 95% trở lên"),
            )
        ],
        groups=[
            p.TargetGroup(
                name="Kinh tế",
                rule=p.GroupRule(at_least=1, of=3),
                targets=["2.1", "2.2"],
                lines=(11, 11),
            )
        ],
        quantities=[
            p.Quantity(
                text="hàng rào xanh",
                value="1200",
                unit="m",
                place="thôn Đông",
                **at(11, "1.200 m hàng rào xanh"),
            )
        ],
        tasks=[
            p.Task(
                text="hoàn thành đường trục",
                lead=["Công chức địa chính"],
                deadline=p.Deadline(end="2030-06-30", text="trước 30/6/2030"),
                criteria=[2],
                **at(14, TEXT[13]),
            ),
            p.Task(text="=2+3 là dòng bắt đầu bằng dấu bằng", lines=(12, 12)),
        ],
        duties=[
            p.Duty(office="Công chức địa chính", role="deliver", text=TEXT[13], lines=(14, 14))
        ],
        schedule=[
            p.ScheduleEntry(period="2030-Q2", text="xong đường trục", completes=[2], lines=(15, 15))
        ],
        campaign=p.Campaign(
            days=30, waves=[p.Wave(start="2030-03-01", end="2030-03-30", lines=(15, 15))]
        ),
        funding=p.Funding(
            needs=[
                p.Need(
                    text="Đường trục", amount=4_200_000_000, criterion=2, **at(17, "4,2 tỷ đồng")
                )
            ],
            sources=[
                p.Source(
                    text="ngân sách xã",
                    amount=1_500_000_000,
                    conditional=True,
                    **at(19, "1,5 tỷ đồng"),
                )
            ],
            stated=p.StatedFunding(needs=4_300_000_000, needs_lines=(18, 18)),
            computed=p.ComputedFunding(
                needs=4_200_000_000,
                sources=1_500_000_000,
                balance=-2_700_000_000,
                usable_balance=-4_200_000_000,
            ),
        ),
        support=[p.Support(text="hỗ trợ", amount=1_000_000, per="hộ", **at(19, "1 triệu đồng/hộ"))],
        reporting=[
            p.ReportRule(
                from_="Các thôn",
                to="UBND xã",
                period="weekly",
                due=p.Due(weekday=4, time="14:30"),
                lines=(15, 15),
            )
        ],
        villages=[p.Village(name="Đông", goal="model-village", **at(11, "Đông"))],
        movements=[p.Movement(name="Xanh sạch", **at(12, "Xanh sạch"))],
        recipients=[p.Recipient(text="Lưu: VT", lines=(22, 22))],
        findings=[
            p.Finding(
                code="FUND-SUM",
                severity="error",
                message="Cộng các mục được 4,2 tỷ đồng, văn bản ghi 4,3.",
                lines=[(18, 18)],
                quotes=["4,3"],
                advice="Sửa tổng thành 4,2.",
                fix=p.Fix(line=18, old="4,3", new="4,2"),
            ),
            p.Finding(
                code="TASK-LEAD",
                severity="warning",
                message="Đường trục chưa có chủ trì.",
                lines=[(14, 14)],
                quotes=["đường trục"],
            ),
        ],
        source=p.SourceInfo(name="mau.txt", reader="text", sha256="0" * 64, text=list(TEXT)),
    )
