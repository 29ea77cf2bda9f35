"""The site's own settings for a server process that a test starts, without built static files."""

from dinhlang.web.settings import *  # noqa: F403
from dinhlang.web.settings import DATABASES, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# The test database is removed at the end: nobody may still hold it.
DATABASES["default"]["CONN_MAX_AGE"] = 0
