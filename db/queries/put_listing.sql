-- Keep these listings, in the stead of those with the same key.
INSERT INTO listing (
    post, municipality, group_id, kind, activity, shown_as, name, sort_name, lon, lat, precision, audience,
    free, no_booking, step_free, sample, last_day, search, data
)
SELECT
    post, municipality, group_id, kind, activity, shown_as, name, sort_name, lon, lat, precision, audience,
    free, no_booking, step_free, sample, last_day, search, data
FROM incoming
ON CONFLICT (post) DO UPDATE SET
    municipality = excluded.municipality, group_id = excluded.group_id, kind = excluded.kind,
    activity = excluded.activity, shown_as = excluded.shown_as, name = excluded.name,
    sort_name = excluded.sort_name, lon = excluded.lon, lat = excluded.lat, precision = excluded.precision,
    audience = excluded.audience, free = excluded.free, no_booking = excluded.no_booking,
    step_free = excluded.step_free, sample = excluded.sample, last_day = excluded.last_day,
    search = excluded.search, data = excluded.data;
