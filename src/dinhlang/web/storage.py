"""How static files are named and served."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """File names carry a hash of the content, also where one script module imports another."""

    support_js_module_import_aggregation = True
