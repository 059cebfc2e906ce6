"""The one command line: `trellis help`."""

import os
import sys


def main() -> None:
    """Run a management command; the settings are always ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["trellis", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.exit(f"trellis: {error}")


if __name__ == "__main__":
    main()
