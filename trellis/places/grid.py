"""Between the National Grid and latitude and longitude, by formula.

Ordnance Survey, A Guide to Coordinate Systems in Great Britain (v3.6), annexes B and C: the inverse Transverse
Mercator on the Airy 1830 ellipsoid, then the seven-parameter Helmert shift to WGS84; and both the other way. Good to
about 5 metres, which is less than a postcode is wide.
"""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

SCALE = 0.9996012717
TRUE_ORIGIN = (radians(49), radians(-2))
FALSE_ORIGIN = (400_000.0, -100_000.0)  # metres east and north
SHIFT = (446.448, -125.157, 542.060)  # metres
ROTATION = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = 1 - 20.4894e-6
NEAR_ENOUGH = 1e-5  # metres


@dataclass(frozen=True)
class Ellipsoid:
    """A figure of the Earth: its half axes in metres."""

    a: float
    b: float

    @property
    def e2(self) -> float:
        """Eccentricity squared."""
        return 1 - (self.b / self.a) ** 2


AIRY = Ellipsoid(6377563.396, 6356256.909)
WGS84 = Ellipsoid(6378137.0, 6356752.314245)


def latitude_and_longitude(easting: float, northing: float) -> tuple[float, float]:
    """WGS84 degrees of a point given in metres east and north on the National Grid."""
    latitude, longitude = _off_the_grid(easting, northing)
    return _degrees(_shifted(_in_space(latitude, longitude)))


def easting_and_northing(latitude: float, longitude: float) -> tuple[float, float]:
    """Metres east and north on the National Grid of a point given in WGS84 degrees."""
    x, y, z = _unshifted(_in_space(radians(latitude), radians(longitude), WGS84))
    return _on_the_grid(*_angles((x, y, z), AIRY))


def _on_the_grid(latitude: float, longitude: float) -> tuple[float, float]:
    """Annex C: metres on the grid, from radians on the Airy ellipsoid."""
    a, e2 = AIRY.a * SCALE, AIRY.e2
    nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
    rho = nu * (1 - e2) / (1 - e2 * sin(latitude) ** 2)
    eta2, t, c, s = nu / rho - 1, tan(latitude), cos(latitude), sin(latitude)
    along = longitude - TRUE_ORIGIN[1]
    north = (
        _meridian(latitude) + FALSE_ORIGIN[1] + along**2 * nu / 2 * s * c
        + along**4 * nu / 24 * s * c**3 * (5 - t**2 + 9 * eta2)
        + along**6 * nu / 720 * s * c**5 * (61 - 58 * t**2 + t**4)
    )  # fmt: skip
    east = (
        FALSE_ORIGIN[0] + along * nu * c + along**3 * nu / 6 * c**3 * (nu / rho - t**2)
        + along**5 * nu / 120 * c**5 * (5 - 18 * t**2 + t**4 + 14 * eta2 - 58 * t**2 * eta2)
    )  # fmt: skip
    return east, north


def _off_the_grid(easting: float, northing: float) -> tuple[float, float]:
    """Annex C: radians on the Airy ellipsoid."""
    a, e2 = AIRY.a * SCALE, AIRY.e2
    latitude = TRUE_ORIGIN[0] + (northing - FALSE_ORIGIN[1]) / a
    while abs(miss := northing - FALSE_ORIGIN[1] - _meridian(latitude)) >= NEAR_ENOUGH:
        latitude += miss / a
    t, secant = tan(latitude), 1 / cos(latitude)
    nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
    rho = nu * (1 - e2) / (1 - e2 * sin(latitude) ** 2)
    eta2 = nu / rho - 1
    x = (easting - FALSE_ORIGIN[0]) / nu
    up = t * nu / rho * (
        x**2 / 2 - x**4 / 24 * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) + x**6 / 720 * (61 + 90 * t**2 + 45 * t**4)
    )  # fmt: skip
    along = secant * (
        x - x**3 / 6 * (nu / rho + 2 * t**2) + x**5 / 120 * (5 + 28 * t**2 + 24 * t**4)
        - x**7 / 5040 * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    )  # fmt: skip
    return latitude - up, TRUE_ORIGIN[1] + along


def _meridian(latitude: float) -> float:
    """Metres along the meridian from the true origin."""
    n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b)
    less, more = latitude - TRUE_ORIGIN[0], latitude + TRUE_ORIGIN[0]
    return AIRY.b * SCALE * (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
        - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
    )  # fmt: skip


def _in_space(latitude: float, longitude: float, figure: Ellipsoid = AIRY) -> tuple[float, float, float]:
    """Annex B: radians on an ellipsoid, at its surface, to metres from the centre."""
    nu = figure.a / sqrt(1 - figure.e2 * sin(latitude) ** 2)
    return (
        nu * cos(latitude) * cos(longitude),
        nu * cos(latitude) * sin(longitude),
        nu * (1 - figure.e2) * sin(latitude),
    )


def _shifted(point: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = point
    rx, ry, rz = ROTATION
    return (
        SHIFT[0] + STRETCH * x - rz * y + ry * z,
        SHIFT[1] + rz * x + STRETCH * y - rx * z,
        SHIFT[2] - ry * x + rx * y + STRETCH * z,
    )


def _unshifted(point: tuple[float, float, float]) -> tuple[float, float, float]:
    """The shift undone: three rounds of taking off what it adds leave less than a millimetre."""
    guess = point
    for _ in range(3):
        missed = [wanted - got for wanted, got in zip(point, _shifted(guess), strict=True)]
        guess = (guess[0] + missed[0], guess[1] + missed[1], guess[2] + missed[2])
    return guess


def _degrees(point: tuple[float, float, float]) -> tuple[float, float]:
    """Metres from the centre to WGS84 degrees."""
    latitude, longitude = _angles(point, WGS84)
    return degrees(latitude), degrees(longitude)


def _angles(point: tuple[float, float, float], figure: Ellipsoid) -> tuple[float, float]:
    """Metres from the centre to radians on an ellipsoid (three rounds settle it to a millimetre)."""
    x, y, z = point
    across, e2 = hypot(x, y), figure.e2
    latitude = atan2(z, across * (1 - e2))
    for _ in range(3):
        nu = figure.a / sqrt(1 - e2 * sin(latitude) ** 2)
        latitude = atan2(z + e2 * nu * sin(latitude), across)
    return latitude, atan2(y, x)
