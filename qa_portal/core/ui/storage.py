from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites `import ... from "./file.js"` in scripts to the hashed name."""

    support_js_module_import_aggregation = True
