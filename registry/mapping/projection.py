"""From degrees to a plane on which equal areas stay equal: no country looks larger than it is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

#: Equal Earth: B. Šavrič, T. Patterson, B. Jenny, International Journal of Geographical Information Science 33, 2019.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT = np.sqrt(3)
#: The longitude in the middle of the map: its edge runs through the Bering Strait.
MIDDLE = 11.0


def equal_earth(degrees: Points) -> Points:
    """Longitudes and latitudes in degrees, shape (n, 2), to x eastwards and y northwards in radii of the Earth."""
    east = np.radians(degrees[..., 0] - MIDDLE)
    angle = np.arcsin(_ROOT / 2 * np.sin(np.radians(degrees[..., 1])))
    square = angle * angle
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    x = 2 / _ROOT * east * np.cos(angle) / slope
    y = angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return np.stack((x, y), axis=-1)


def azimuthal(degrees: Points, centre: tuple[float, float]) -> Points:
    """The same around one point, without the slant that a map of the world has at its sides (Lambert, 1772).

    Source: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, page 185.
    """
    east = np.radians(degrees[..., 0] - centre[0])
    north, middle = np.radians(degrees[..., 1]), np.radians(centre[1])
    cosine = np.sin(middle) * np.sin(north) + np.cos(middle) * np.cos(north) * np.cos(east)
    scale = np.sqrt(2 / np.maximum(1 + cosine, 1e-9))
    x = scale * np.cos(north) * np.sin(east)
    y = scale * (np.cos(middle) * np.sin(north) - np.sin(middle) * np.cos(north) * np.cos(east))
    return np.stack((x, y), axis=-1)
