"""Compiles the outlines of bodies' areas for `orgmap draw map`: one layer for each kind and vintage.

The outlines stand beside the datasets: no store is built from them, and no question but a map reads them.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from graphmodel.errors import DataBroken
from loaders.published import read_text

FOLDER = "data/ons/derived/boundaries"

GRID = 10_000
"""Steps in one degree, as fine as the outlines were: some 7 metres from west to east, 11 from south to north."""

_PCT = "estimated: made from areas of 2015 and shares of postcodes; no published outline could be had"
_NO_TRANSFER = "the few neighbourhoods that moved between two groups in July 2015 are not restored"


class Layer(NamedTuple):
    """One layer: the file's name, the kind of its bodies, on which days it holds, and how many areas it must have."""

    layer: str
    kind: str
    valid_from: str
    valid_until: str
    expected: int
    note: str = ""


LAYERS = (
    Layer("SHA10", "strategic_health_authority", "2006-07-01", "2013-04-01", 10),
    Layer("PCT11_est", "primary_care_trust", "2010-04-01", "2013-04-01", 151, _PCT),
    Layer("CCG13", "clinical_commissioning_group", "2013-04-01", "2015-04-01", 211, _NO_TRANSFER),
    Layer("CCG15", "clinical_commissioning_group", "2015-04-01", "2016-04-01", 209),
    Layer("CCG16", "clinical_commissioning_group", "2016-04-01", "2017-04-01", 209),
    Layer("CCG17", "clinical_commissioning_group", "2017-04-01", "2018-04-01", 207),
    Layer("CCG18", "clinical_commissioning_group", "2018-04-01", "2019-04-01", 195),
    Layer("CCG19", "clinical_commissioning_group", "2019-04-01", "2020-04-01", 191),
    Layer("CCG20", "clinical_commissioning_group", "2020-04-01", "2021-04-01", 135),
    Layer("CCG21", "clinical_commissioning_group", "2021-04-01", "2022-07-01", 106),
    Layer("NHSAT13", "area_team", "2013-04-01", "2015-04-01", 25),
    Layer("NHSRLO15", "local_office", "2015-04-01", "2016-04-01", 13),
    Layer("NHSRLO17", "local_office", "2017-04-01", "2018-04-01", 14),
    Layer("NHSER13", "nhs_region", "2013-04-01", "2018-04-01", 4),
    Layer("STP17", "sustainability_and_transformation_partnership", "2016-04-01", "2018-04-01", 44),
    Layer("STP18", "sustainability_and_transformation_partnership", "2018-04-01", "2019-04-01", 42),
    Layer("STP19", "sustainability_and_transformation_partnership", "2019-04-01", "2020-04-01", 42),
    Layer("STP20", "sustainability_and_transformation_partnership", "2020-04-01", "2021-04-01", 42),
    Layer("STP21", "sustainability_and_transformation_partnership", "2021-04-01", "2022-07-01", 42),
    Layer("ICB22", "integrated_care_board", "2022-07-01", "2026-04-01", 42),
    Layer("SICBL22", "sub_icb_location", "2022-07-01", "2026-04-01", 106),
    Layer("UTLA11", "upper_tier_council", "2009-04-01", "2013-04-01", 152),
    Layer("UTLA13", "upper_tier_council", "2013-04-01", "2017-04-01", 152),
    Layer("UTLA17", "upper_tier_council", "2017-04-01", "2019-04-01", 152),
    Layer("UTLA19", "upper_tier_council", "2019-04-01", "2020-04-01", 151),
    Layer("UTLA20", "upper_tier_council", "2020-04-01", "2021-04-01", 151),
    Layer("UTLA21", "upper_tier_council", "2021-04-01", "2023-04-01", 152),
    Layer("UTLA23", "upper_tier_council", "2023-04-01", "", 153),
    Layer("LAD11", "district_council", "2009-04-01", "2019-04-01", 326),
    Layer("LAD23", "district_council", "2023-04-01", "", 296),
)
"""Every layer; between two that are missing (districts 2019 to 2023) no map can be drawn."""

Ring = tuple[tuple[int, int], ...]


class Boundaries:
    """The compiled layers, areas and outlines, ready to be written."""

    def __init__(self) -> None:
        self.layers: list[tuple[str, ...]] = []
        self.areas: list[tuple[str, ...]] = []
        self.outlines: dict[str, int] = {}

    def add(self, layer: Layer, features: list[dict[str, Any]], where: Path) -> None:
        """Adds a layer; every outline that an earlier layer had is kept once."""
        if len(features) != layer.expected:
            raise DataBroken(f"{where}: {len(features)} areas where {layer.expected} are expected.")
        self.layers.append((layer.layer, layer.kind, layer.valid_from, layer.valid_until, layer.note))
        for feature in features:
            told = feature["properties"]
            if layer.kind == "district_council" and not told["code"].startswith("E07"):
                continue  # the file also holds unitary councils, which are no districts
            outline = ";".join(_steps(ring) for ring in _rings(feature["geometry"], where))
            number = self.outlines.setdefault(outline, len(self.outlines) + 1)
            self.areas.append((layer.layer, told["code"], told["name"], str(number)))

    def write(self, data: Path) -> None:
        """Writes `data/boundaries`, the same bytes for the same outlines."""
        folder = data / "boundaries"
        folder.mkdir(parents=True, exist_ok=True)
        layers = _table(("layer", "kind", "valid_from", "valid_until", "note"), self.layers)
        areas = _table(("layer", "gss", "name", "outline"), sorted(self.areas))
        rows = [(str(number), outline) for outline, number in self.outlines.items()]
        outlines = _table(("outline", "rings"), rows)
        _write(folder / "layers.csv", layers)
        _write(folder / "areas.csv.gz", _packed(areas))
        _write(folder / "outlines.csv.gz", _packed(outlines))


def compile_boundaries(published: Path) -> Boundaries:
    """All layers, made from the outlines of neighbourhoods that were joined to bodies' areas.

    Raises `DataBroken` where a layer has another number of areas than expected or an outline is not closed.
    """
    made = Boundaries()
    for layer in LAYERS:
        found = sorted((published / FOLDER).glob(f"{layer.layer}.geojson*"))
        if not found:
            raise DataBroken(f"{published / FOLDER}: the layer {layer.layer} is missing.")
        try:
            features = json.loads(read_text(found[0], "utf-8"))["features"]
        except (ValueError, KeyError, TypeError) as error:
            raise DataBroken(f"{found[0]}: is no GeoJSON ({error}).") from error
        made.add(layer, features, found[0])
    return made


def _rings(geometry: dict[str, Any], where: Path) -> Iterator[Ring]:
    """The outer and inner rings of an area on the grid, those that vanish on it left out."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for part in parts:
        for ring in part:
            if ring[0] != ring[-1]:
                raise DataBroken(f"{where}: an outline is not closed at {ring[0]}.")
            points: list[tuple[int, int]] = []
            for longitude, latitude in ring[:-1]:
                point = (round(longitude * GRID), round(latitude * GRID))
                if not points or point != points[-1]:
                    points.append(point)
            if len(points) > 2:
                yield tuple(points)


def _steps(ring: Ring) -> str:
    """A ring as its first point, then the steps from point to point; the last step back is left out."""
    numbers = [*ring[0]]
    for (x, y), (next_x, next_y) in pairwise(ring):
        numbers += [next_x - x, next_y - y]
    return " ".join(str(number) for number in numbers)


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _packed(raw: bytes) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, packed, mtime=0) as file:
        file.write(raw)
    return packed.getvalue()


def _write(path: Path, raw: bytes) -> None:
    """Writes a file whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(raw)
    os.replace(beside, path)
