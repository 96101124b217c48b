"""Outlines of the 36 ICBs of April 2026, simple enough for a small map."""

import json

import shapely
from shapely.geometry import mapping, shape

PLACES = 3  # decimals of a degree: about 100 m
TOLERANCE = 0.015  # degrees: corners of triangles smaller than this squared go; lines shared by two ICBs stay shared


def boundaries(shapes: dict, names: dict[str, str]) -> str:
    """GeoJSON text of valid outlines in longitude and latitude: feature id is the code, the name is a property.

    Outer rings run clockwise, as the drawing library expects (GeoJSON itself asks for the opposite and readers allow both).
    """
    sources = {feature["properties"]["icb_code"]: feature for feature in shapes["features"]}
    codes = sorted(names)
    # buffer(0) mends outlines that cross themselves; cleaning closes the slivers between neighbours
    mended = [shape(sources[code]["geometry"]).buffer(0) for code in codes]
    simple = shapely.coverage_simplify(shapely.coverage_clean(mended), TOLERANCE)
    rounded = [shapely.transform(area, lambda points: points.round(PLACES)) for area in simple]
    outlines = shapely.orient_polygons(shapely.normalize(rounded), exterior_cw=True)
    if not all(area.is_valid for area in outlines):
        raise ValueError("an outline crosses itself after simplifying: lower TOLERANCE")
    features = [
        {"type": "Feature", "id": code, "properties": {"name": names[code]}, "geometry": mapping(area)}
        for code, area in zip(codes, outlines, strict=True)
    ]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
