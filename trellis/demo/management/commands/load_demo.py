"""trellis load_demo: fill an empty database with the demo county."""

import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from trellis.core.errors import RuleBroken
from trellis.demo import loading

EXPECTED_STEPS = 9_900  # organisations and deliveries at scale 1; only the end of the bar depends on it


class Command(BaseCommand):
    """Loads the demo, with a bar that shows how far it is."""

    help = "Fill an empty database with the demo county: invented organisations and 18 months of support."

    def add_arguments(self, parser):
        """The size of the county, and where its chance comes from."""
        parser.add_argument("--scale", type=float, default=1.0, help="multiplies organisations and cases (1)")
        parser.add_argument("--seed", type=int, default=2017, help="the same seed makes the same county")

    def handle(self, *args, scale: float, seed: int, **options):
        """Load, or say why not."""
        if not 0 < scale <= 1000:
            raise CommandError("--scale must be more than 0 and at most 1000.")
        steps = round(EXPECTED_STEPS * scale)
        # written to a file, the bar would leave a line a moment
        pause = 0.1 if sys.stderr.isatty() else 10
        # a refusal comes at once, so before the bar, and stands alone
        with tqdm(total=steps, unit=" steps", desc="Loading the demo county", mininterval=pause, delay=0.5) as bar:
            try:
                loading.load(seed=seed, scale=scale, tell=lambda what, done: bar.update(done))
            except RuleBroken as error:
                bar.disable = True
                raise CommandError(error.sentence) from error
            bar.total = bar.n
