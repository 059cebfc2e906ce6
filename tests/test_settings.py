"""Settings: each is documented, and production refuses what belongs to a demo."""

import os
import re
import subprocess
import sys

from django.conf import settings

from tests.source import modules

PRODUCTION = {
    "TRELLIS_ENV": "production",
    "TRELLIS_SECRET_KEY": "a-key-that-signs-nothing-real-0123456789-abcdefghijklmnop",
    "TRELLIS_HOSTS": "trellis.example.org",
    "TRELLIS_SMTP_HOST": "mail.example.org",
    "TRELLIS_FROM_EMAIL": "trellis@example.org",
    "DATABASE_URL": "sqlite://",
}


def trellis(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run the command line in an environment of its own."""
    kept = {"PATH": os.environ["PATH"], "TRELLIS_VAR": str(settings.VAR)}
    return subprocess.run(
        [sys.executable, "-m", "trellis", *arguments],
        cwd=settings.ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_every_setting_is_in_the_sample():
    read = set()
    for module in modules():
        read |= set(re.findall(r"(?:environ(?:\.get)?[\[(]|words\()\"([A-Z_]+)\"", module.text))
    sample = set(re.findall(r"^#?([A-Z_]+)=", (settings.ROOT / ".env.sample").read_text(), re.MULTILINE))
    assert sample >= read - {"DJANGO_SETTINGS_MODULE", "JAVA_HOME"}  # Django's and Java's own
    assert sample <= read, "The sample names a setting that nothing reads."


def test_production_is_clean_by_its_own_checks():
    run = trellis("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert run.returncode == 0, run.stderr


def test_unset_means_production_and_production_asks_for_a_key():
    run = trellis("check", "--deploy", "--fail-level", "WARNING")
    assert run.returncode != 0
    assert "SECRET_KEY" in run.stderr and "Traceback" not in run.stderr


def test_keys_of_before_are_read_and_weak_ones_are_reported():
    keys = {"TRELLIS_SECRET_KEY_FALLBACKS": "an-older-key, weak"}
    read = trellis(
        "shell",
        "-v",
        "0",
        "-c",
        "from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)",
        **PRODUCTION,
        **keys,
    )
    assert read.stdout.strip() == "['an-older-key', 'weak']"
    assert "SECRET_KEY_FALLBACKS[1]" in trellis("check", "--deploy", **PRODUCTION, **keys).stderr


def test_production_refuses_a_moved_clock():
    run = trellis("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, TRELLIS_NOW="2018-07-02T09:00")
    assert run.returncode != 0
    assert "TRELLIS_NOW" in run.stderr


def test_production_can_collect_its_static_files(tmp_path):
    """Each file that a style sheet names is there: else no page of production can be drawn."""
    run = trellis("collectstatic", "--noinput", **PRODUCTION | {"TRELLIS_VAR": str(tmp_path)})
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "static/staticfiles.json").exists()


def test_an_unknown_environment_is_refused_in_a_sentence():
    run = trellis("check", TRELLIS_ENV="staging")
    assert run.returncode != 0
    assert "staging" in run.stderr and "Traceback" not in run.stderr
    assert run.stdout == ""
