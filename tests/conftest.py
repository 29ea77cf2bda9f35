"""What all tests share: the real plans beside the repository, and which tests need a database."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import settings as property_settings

# The same examples everywhere: what passes here passes elsewhere. To look for new ones:
# pytest --hypothesis-profile=search.
property_settings.register_profile("same", derandomize=True, database=None, print_blob=True)
property_settings.register_profile("search", property_settings.get_profile("default"))
property_settings.load_profile("same")

ROOT = Path(__file__).resolve().parents[1]
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})


@pytest.fixture(scope="session")
def plans_dir() -> Path:
    """The folder of the five real plans: ``DINHLANG_PLANS``, else ``../shared/plans``."""
    folder = Path(os.environ.get("DINHLANG_PLANS") or ROOT.parent / "shared" / "plans")
    if not any(folder.glob("*.txt")):
        pytest.skip(f"the real plans are not part of the repository and not at {folder}")
    return folder


@pytest.fixture(scope="session")
def plan_files(plans_dir: Path) -> list[Path]:
    """The five plans' text files, by name."""
    return sorted(plans_dir.glob("*.txt"))


@pytest.fixture
def worker_environment(transactional_db: None) -> dict[str, str]:
    """The environment in which another process works on this test's database and data folder."""
    from django.conf import settings
    from django.db import connection

    found = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{found['NAME']}"
    else:
        account = f"{quote(found['USER'])}:{quote(found['PASSWORD'])}"
        place = urlencode({"host": found["HOST"], "port": found["PORT"]})
        url = f"postgresql://{account}@/{found['NAME']}?{place}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "dinhlang.web.settings",
        "DINHLANG_DATA_DIR": str(settings.DATA_DIR),
        "DATABASE_URL": url,
        "PYTHONPATH": str(ROOT),
    }


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches the database, so that ``-m database`` repeats just that elsewhere."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
