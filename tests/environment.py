"""Loaded before Django's settings are (pyproject.toml, addopts): tests run in the test environment, always."""

import os
import tempfile

os.environ["TRELLIS_ENV"] = "test"
os.environ.setdefault("TRELLIS_VAR", tempfile.mkdtemp(prefix="trellis-test-"))
os.environ.pop("TRELLIS_NOW", None)
