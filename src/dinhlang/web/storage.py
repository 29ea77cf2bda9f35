"""How static files are named and served."""

from __future__ import annotations

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """File names carry a hash of the content, also where one script module imports another."""

    support_js_module_import_aggregation = True

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of the file; a page names twenty, so what is in the list is not parsed."""
        hashed = None if settings.DEBUG or force else self.hashed_files.get(name)
        if hashed is None:
            return str(super().url(name, force))
        return f"{self.base_url}{filepath_to_uri(hashed)}"
