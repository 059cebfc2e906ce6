"""Loaded before Django's settings are (pyproject.toml, addopts): tests run in the test environment, always."""

import atexit
import os
import shutil
import tempfile

os.environ["TRELLIS_ENV"] = "test"
os.environ.pop("TRELLIS_NOW", None)
if "TRELLIS_VAR" not in os.environ:
    os.environ["TRELLIS_VAR"] = tempfile.mkdtemp(prefix="trellis-test-")
    atexit.register(shutil.rmtree, os.environ["TRELLIS_VAR"], ignore_errors=True)
