"""Django's settings for the type checker, which only looks at them: nothing is made on disk."""

import os
import secrets

os.environ.setdefault("DINHLANG_SECRET_KEY", secrets.token_urlsafe(48))

from dinhlang.web.settings import *  # noqa: F403
