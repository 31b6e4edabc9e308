-- Everything that can be found, places and posts alike. What is gone from its source is not.
SELECT
    id, municipality, kind, CAST(NULL AS VARCHAR) AS activity,
    CASE WHEN kind = 'event' THEN 'dates' ELSE 'places' END AS shown_as,
    '' AS group_id, name, sort_name, lon, lat, precision, evacuation, hazards,
    audience, free, no_booking, step_free, sample, CAST(NULL AS DATE) AS last_day, search
FROM place
WHERE NOT gone
UNION ALL
SELECT
    post, municipality, kind, nullif(activity, ''),
    shown_as,
    group_id, name, sort_name, lon, lat, precision, false, '',
    audience, free, no_booking, step_free, sample, last_day, search
FROM listing
