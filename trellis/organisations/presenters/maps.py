"""Districts on a map: as they lie, where their outlines were loaded, else as tiles."""

from collections.abc import Mapping

from trellis.places import queries as places
from trellis.places.models import District
from trellis.web.charts import Area, OutlineMap, Tile, TileMap
from trellis.web.charts.figures import Figure

Map = TileMap | OutlineMap
AS_TILES = "tiles"


def district_map(
    title: str,
    description: str,
    values: Mapping[str, tuple[Figure, str]],
    *,
    value_heading: str,
    wanted: str = "",
    has_key: bool = True,
) -> Map | None:
    """A map of the authority's districts with a value on each; none for fewer than two districts.

    `values` gives each district, by its code, its value and the value in words ("" to have it written). `wanted` is
    "tiles" where somebody chose them.
    """
    districts = places.districts_served()
    if len(districts) < 2:
        return None
    outlines = places.outlines() if wanted != AS_TILES else {}
    if outlines:
        source = places.outlines_source()
        areas = [Area(one.name, outlines[one.code], *values.get(one.code, (None, ""))) for one in districts]
        said = f"{description} Outlines: {source}." if source else description
        return OutlineMap(title, said, areas, value_heading, "District", has_key)
    return TileMap(title, description, [_tile(one, values) for one in districts], value_heading, "District", has_key)


def _tile(district: District, values: Mapping[str, tuple[Figure, str]]) -> Tile:
    return Tile(district.name, district.tile_column, district.tile_row, *values.get(district.code, (None, "")))
