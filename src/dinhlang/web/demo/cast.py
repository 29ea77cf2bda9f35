"""Who and what there is in the sample commune. Nobody of it exists."""

from __future__ import annotations

from dataclasses import dataclass

from dinhlang.people.access import Role
from dinhlang.work.models import TaskState

VILLAGES = ("Đình", "Bến", "Soi", "Chợ")
COMMUNE, DISTRICT, PROVINCE = "Làng Mẫu", "Bình Mẫu", "An Mẫu"


@dataclass(frozen=True, slots=True)
class Person:
    """One account: ``at`` names the place of role and office, ``about`` says what is to be seen.

    Without ``about`` the person is only there to hold the office, and nobody signs in as them.
    ``shown_as``: the name of the account, where office or role would not tell it from another.
    """

    username: str
    full_name: str
    role: Role
    at: str
    office: str = ""
    about: str = ""
    shown_as: str = ""


CAST = (
    Person(
        "dieuphoi", "Lê Thị Mận", Role.COORDINATOR, COMMUNE, "Cán bộ tổng hợp nông thôn mới",
        "Cả xã: đưa kế hoạch vào, theo dõi mọi việc, cấp tài khoản trong xã.",
    ),
    Person(
        "lanhdao", "Trần Văn Trúc", Role.LEADER, COMMUNE, "Chủ tịch UBND xã",
        "Cả xã: xem tiến độ, việc quá hạn, kinh phí; nhận kế hoạch.",
    ),
    Person(
        "congchuc", "Phạm Văn Sồi", Role.OFFICER, COMMUNE, "Công chức Địa chính - Xây dựng",
        "Việc của mình hôm nay: đường, rãnh thoát nước, đèn chiếu sáng.",
    ),
    Person(
        "truongthon", "Hoàng Thị Dâu", Role.VILLAGE_HEAD, "Soi", "Trưởng thôn",
        "Chỉ thôn Soi: những việc có tên thôn.",
    ),
    Person(
        "captren", "Vũ Đình Quế", Role.PROVINCE, PROVINCE, "Chuyên viên theo dõi nông thôn mới",
        "Mọi xã trong tỉnh, chỉ xem.",
    ),
    Person(
        "quantri", "Đỗ Thị Ngâu", Role.ADMIN, "",
        about="Người dùng, địa bàn, nhật ký, sao lưu.",
    ),
    Person(
        "nguoidan", "Bùi Văn Mơ", Role.RESIDENT, COMMUNE,
        about="Chỉ các trang công khai.",
    ),
    Person(
        "quantri2", "Cao Thị Sim", Role.ADMIN, "",
        about="Người thứ hai: đối chiếu và duyệt bộ tiêu chí do Quản trị nạp, trình.",
        shown_as="Người duyệt bộ tiêu chí",
    ),
    Person("vanhoa", "Ngô Thị Bưởi", Role.OFFICER, COMMUNE, "Công chức Văn hóa - Xã hội"),
    Person("vanhoa2", "Hà Văn Lựu", Role.OFFICER, COMMUNE),
    Person("nongnghiep", "Đặng Văn Khế", Role.OFFICER, COMMUNE, "Công chức Nông nghiệp"),
    Person("taichinh", "Lý Thị Hồng", Role.OFFICER, COMMUNE, "Công chức Tài chính - Kế toán"),
    Person("phunu", "Mai Thị Cau", Role.OFFICER, COMMUNE, "Chủ tịch Hội Liên hiệp Phụ nữ"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How one task stands: whose it is, in how many days it ends, who noted what on it."""

    lead: str
    due_in: int
    by: str = ""
    state: TaskState = TaskState.OPEN
    note: str = ""


PROGRESS = (
    Progress(
        "Công chức Văn hóa - Xã hội", -3, "vanhoa", TaskState.WAITING,
        "Đã khảo sát hai nhà văn hóa; đơn vị viễn thông hẹn tuần sau mới có thiết bị.",
    ),
    Progress(
        "Công chức Địa chính - Xây dựng", 0, "congchuc", TaskState.DOING,
        "Đã xong 1 km rãnh và 30 bộ đèn. Còn 400 m cuối thôn chờ nước rút.",
    ),
    Progress(
        "Công chức Nông nghiệp", 4, "nongnghiep", TaskState.DOING,
        "Hồ sơ mã số vùng trồng đã nộp, chờ kiểm tra thực địa.",
    ),
    Progress("Hội Liên hiệp Phụ nữ", 9),
    Progress("Công chức Văn phòng - Thống kê", 24),
    Progress("Ủy ban MTTQ Việt Nam xã", 45),
)  # fmt: skip
