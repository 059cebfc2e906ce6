"""Whatever of the linkage a program imports first, it can."""

import subprocess
import sys

import pytest

from tests.test_crash import ROOT


@pytest.mark.parametrize("module", ["linking", "commands.finding", "commands"])
def test_it_can_be_imported_before_anything_else_of_the_register(module):
    script = f"import django; django.setup(); import trellis.organisations.{module}"
    environment = {"DJANGO_SETTINGS_MODULE": "trellis.settings", "TRELLIS_ENV": "test", "PATH": "/usr/bin"}
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True, timeout=60)
