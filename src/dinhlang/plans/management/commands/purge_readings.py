"""``purge_readings``: delete what readings have left behind."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from dinhlang.plans.trial.services import purge_expired


class Command(BaseCommand):
    """Deletes expired readings and orphaned uploads; safe at any time."""

    help = "Xóa các lượt đọc đã quá hạn và tệp tải lên còn sót"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã xóa {purge_expired()} lượt đọc quá hạn.")
