"""Static files with fingerprints, in modules that import one another as well."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class FingerprintedStorage(CompressedManifestStaticFilesStorage):
    """An ``import`` in a module is rewritten to the fingerprinted name, like a ``url()`` in CSS."""

    support_js_module_import_aggregation = True
