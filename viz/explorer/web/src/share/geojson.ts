/** The areas of the map as GeoJSON, with what is said of each body. */
import type { Day, Include, Model } from "../model/index.ts";

export function geojson(model: Model, kind: string, day: Day, include: Include): string | null {
  const layer = model.layer(kind, day, include);
  if (!layer) return null;
  const iso = (at: Day | null) => (at === null ? null : model.iso(at));
  const features = layer.areas.map((area) => ({
    type: "Feature",
    id: model.id(area.body),
    properties: {
      id: model.id(area.body),
      kind: model.kind(area.body),
      name: model.name(area.body, day),
      valid_from: iso(model.from(area.body)),
      valid_until: iso(model.until(area.body)),
      codes: Object.fromEntries(model.codes(area.body, day).map((code) => [code.scheme, code.code])),
      day: model.iso(day),
      estimated: area.estimated,
      plan: area.plan || null,
    },
    geometry: area.feature.geometry,
  }));
  const gaps = layer.gaps.map((body) => ({ id: model.id(body), name: model.name(body, day) }));
  const more = { note: layer.note || null, without_outline: gaps, attribution: model.main.meta.attribution, tables: model.main.meta.hash };
  return `${JSON.stringify({ type: "FeatureCollection", ...more, features })}\n`;
}
