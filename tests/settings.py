"""Django's settings for the tests: a throw-away data folder and database of this process."""

import atexit
import os
import secrets
import shutil
import tempfile

# Set before the settings are read, which is why the imports stand below.
_data_dir = tempfile.mkdtemp(prefix="dinhlang-tests-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)
os.environ["DINHLANG_DATA_DIR"] = _data_dir
os.environ["DINHLANG_SECRET_KEY"] = secrets.token_urlsafe(48)
os.environ["DINHLANG_HTTPS"] = "0"

from dinhlang.web.settings import *  # noqa: E402, F403
from dinhlang.web.settings import DATABASES, INSTALLED_APPS, STATIC_ROOT, STORAGES  # noqa: E402

# A file, not memory: browser tests read it from the server's threads and the worker's process.
# The name carries the process, so that two runs on one machine do not meet.
_sqlite = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"]["TEST"] = {
    "NAME": f"{_data_dir}/test.sqlite3" if _sqlite else f"test_dinhlang_{os.getpid()}"
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Connections of the live server's threads must be gone when the test database is removed.
DATABASES["default"]["CONN_MAX_AGE"] = 0
STATIC_ROOT.mkdir()
# The live server looks for this very name before it serves the files as they lie in the sources.
INSTALLED_APPS = [
    "django.contrib.staticfiles" if app == "dinhlang.web.apps.StaticFiles" else app
    for app in INSTALLED_APPS
]
