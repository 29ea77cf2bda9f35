"""Pictures made anew: what one sees of the sent file, and when and where it was taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image, ImageOps

from .models import FileKind
from .sniffing import RefusedFile

LONGEST_SIDE = 4000
MOST_PIXELS = 60_000_000
THUMBNAIL = 360
MICRO = 1_000_000
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture's new bytes; when it was taken; where, in millionths of a degree (WGS 84)."""

    content: bytes
    taken_at: datetime | None = None
    latitude: int | None = None
    longitude: int | None = None


def make_anew(content: bytes, kind: FileKind) -> Picture:
    """The picture re-encoded upright, without metadata, at most 4,000 pixels wide or high.

    Raises ``RefusedFile`` where it cannot be read or is far too large.
    """
    name = _FORMATS[kind]
    try:
        with Image.open(BytesIO(content), formats=[name]) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise RefusedFile("Ảnh quá lớn. Hãy chụp lại với cỡ ảnh nhỏ hơn.")
            exif = sent.getexif()
            taken, latitude, longitude = _taken_at(exif), *_position(exif)
            upright = ImageOps.exif_transpose(sent)
            assert upright is not None
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return Picture(_encoded(upright, name), taken, latitude, longitude)
    except RefusedFile:
        raise
    except Exception:
        # Pillow raises whatever a damaged file makes it trip over.
        raise RefusedFile("Ảnh bị hỏng, không mở được. Hãy chụp hoặc quét lại.") from None


def thumbnail(content: bytes) -> bytes:
    """A small JPEG of a picture that ``make_anew`` made."""
    with Image.open(BytesIO(content), formats=list(_FORMATS.values())) as picture:
        small = picture.convert("RGB")
        small.thumbnail((THUMBNAIL, THUMBNAIL))
        return _encoded(small, "JPEG")


def _encoded(picture: Image.Image, name: str) -> bytes:
    modes = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1")}
    allowed = modes.get(name, ("RGB", "RGBA"))
    clean = picture if picture.mode in allowed else picture.convert(allowed[0])
    # A fresh image takes the pixels and nothing else along.
    bare = Image.new(clean.mode, clean.size)
    if clean.mode == "P":
        bare = clean.convert("RGBA")
        bare.info.clear()
    else:
        bare.paste(clean)
    out = BytesIO()
    options: dict[str, Any] = {"JPEG": {"quality": 88}, "WEBP": {"quality": 88}}.get(name, {})
    bare.save(out, name, **options)
    return out.getvalue()


def _taken_at(exif: Image.Exif) -> datetime | None:
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    text = inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    try:
        return datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=HERE)
    except ValueError:
        return None


def _position(exif: Image.Exif) -> tuple[int | None, int | None]:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef))
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef))
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None, None
    return latitude, longitude


def _degrees(parts: Any, side: Any) -> int | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if not 0 <= found <= 180:
        return None
    return round((-found if str(side) in ("S", "W") else found) * MICRO)
