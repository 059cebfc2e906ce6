"""Loading what is known of places."""

from trellis.places.commands.boundaries import import_boundaries
from trellis.places.commands.people import import_deprivation, import_population
from trellis.places.commands.postcodes import Report, import_postcodes
from trellis.places.commands.towns import import_towns

__all__ = [
    "Report",
    "import_boundaries",
    "import_deprivation",
    "import_population",
    "import_postcodes",
    "import_towns",
]
