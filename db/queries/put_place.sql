-- Keep these places, in the stead of those with the same key.
INSERT INTO place (
    id, municipality, kind, name, sort_name, lon, lat, precision, evacuation, hazards, audience, free,
    no_booking, step_free, sample, gone, dataset, record, batch, verified_on, search, data
)
SELECT
    id, municipality, kind, name, sort_name, lon, lat, precision, evacuation, hazards, audience, free,
    no_booking, step_free, sample, gone, dataset, record, batch, verified_on, search, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    municipality = excluded.municipality, kind = excluded.kind, name = excluded.name,
    sort_name = excluded.sort_name, lon = excluded.lon, lat = excluded.lat,
    precision = excluded.precision, evacuation = excluded.evacuation, hazards = excluded.hazards,
    audience = excluded.audience, free = excluded.free, no_booking = excluded.no_booking,
    step_free = excluded.step_free, sample = excluded.sample, gone = excluded.gone,
    dataset = excluded.dataset, record = excluded.record, batch = excluded.batch,
    verified_on = excluded.verified_on, search = excluded.search, data = excluded.data;
