-- Which places does the query find? The nearest to $26 (longitude), $27 (latitude) first where these are set, else
-- the next to take place after minute $30 of $25 (today); a page of $28 after the first $29. Distances are
-- great-circle metres (haversine, mean radius of GRS 80), as in portal/model/position.py.
SELECT f.id, f.name, f.kind, n.day, f.distance_m, d.name
FROM (
    SELECT
        p.id, p.name, p.kind, p.sort_name,
        -- least() passes over NULL, so what has no position is told apart first.
        CASE WHEN p.lon IS NOT NULL AND $26::DOUBLE PRECISION IS NOT NULL THEN
            2 * 6371008.8 * asin(sqrt(least(1.0,
                power(sin(radians($27::DOUBLE PRECISION - p.lat) / 2), 2)
                + cos(radians(p.lat)) * cos(radians($27::DOUBLE PRECISION))
                * power(sin(radians($26::DOUBLE PRECISION - p.lon) / 2), 2)
            )))
        END AS distance_m
    FROM place AS p
    WHERE
-- include: matching.sql
) AS f
LEFT JOIN (
    SELECT
        o.place,
        min(o.day) AS day,
        min((o.day - DATE '2000-01-01') * 1440 + coalesce(o.starts_minute, 0)) AS minute
    FROM occurrence AS o
    -- What began earlier today is no next date; what has no hour counts for its whole day.
    WHERE o.day > $25::DATE OR (o.day = $25::DATE AND coalesce(o.starts_minute, 1440) > $30::INTEGER)
    GROUP BY o.place
) AS n ON n.place = f.id
LEFT JOIN membership AS a ON a.place = f.id AND a.layer = $4::VARCHAR
LEFT JOIN district AS d ON d.id = a.district
ORDER BY
    f.distance_m NULLS LAST,
    CASE WHEN $26::DOUBLE PRECISION IS NULL THEN n.minute END NULLS LAST,
    f.sort_name,
    f.id
LIMIT $28::BIGINT OFFSET $29::BIGINT;
