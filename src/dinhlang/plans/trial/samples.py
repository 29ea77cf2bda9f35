"""The sample papers that the page offers, so that it can show something on an empty machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: ``slug`` for its address, words for the page, and where the file is."""

    slug: str
    title: str
    about: str
    filename: str

    @property
    def path(self) -> Path:
        """Where the file is in the repository's ``samples/``."""
        return folder() / self.filename

    @property
    def format(self) -> str:
        """``Word``, ``PDF`` or ``Văn bản thuần``."""
        return {".docx": "Word", ".pdf": "PDF"}.get(self.path.suffix, "Văn bản thuần")

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file, piece by piece."""
        with self.path.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece


ALL = (
    Sample(
        "nang-cao",
        "Kế hoạch nông thôn mới nâng cao 2025",
        "Tiêu chí đã đạt và chưa đạt, lộ trình theo quý, phân công, bảng kinh phí.",
        "ke-hoach-nang-cao-2025.docx",
    ),
    Sample(
        "phat-dong",
        "Phát động phong trào 90 ngày",
        "Các đợt cao điểm, khối lượng theo thôn, chính sách hỗ trợ, báo cáo hằng tuần.",
        "phat-dong-90-ngay-2025.pdf",
    ),
    Sample(
        "kieu-mau",
        "Xã kiểu mẫu và thôn thông minh",
        "Chỉ tiêu có ngưỡng, nhóm “ít nhất một trong ba”, khu dân cư kiểu mẫu.",
        "kieu-mau-2025.txt",
    ),
)


def folder() -> Path:
    """``samples/`` of the repository, or what the setting ``SAMPLES_DIR`` says."""
    given = getattr(settings, "SAMPLES_DIR", None)
    return Path(given) if given else Path(__file__).resolve().parents[4] / "samples"


def available() -> list[Sample]:
    """The samples whose files are there."""
    return [sample for sample in ALL if sample.path.is_file()]


def find(slug: str) -> Sample | None:
    """The sample with this slug, None where there is none."""
    return next((sample for sample in available() if sample.slug == slug), None)
