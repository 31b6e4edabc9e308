-- Which places and posts does the query find? The nearest to $29 (longitude), $30 (latitude) first where these are
-- set, else the next to take place after minute $33 of $28 (today); a page of $31 after the first $32.
-- Distances are great-circle metres (haversine, mean radius of GRS 80), as in portal/model/position.py.
SELECT f.id, f.name, f.kind, n.day, f.distance_m, d.name
FROM (
    SELECT
        p.id, p.name, p.kind, p.sort_name,
        -- least() passes over NULL, so what has no position is told apart first.
        CASE WHEN p.lon IS NOT NULL AND $29::DOUBLE PRECISION IS NOT NULL THEN
            2 * 6371008.8 * asin(sqrt(least(1.0,
                power(sin(radians($30::DOUBLE PRECISION - p.lat) / 2), 2)
                + cos(radians(p.lat)) * cos(radians($30::DOUBLE PRECISION))
                * power(sin(radians($29::DOUBLE PRECISION - p.lon) / 2), 2)
            )))
        END AS distance_m
    FROM (
-- include: findable.sql
) AS p
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
    WHERE NOT o.cancelled
        AND (o.day > $28::DATE OR (o.day = $28::DATE AND coalesce(o.starts_minute, 1440) > $33::INTEGER))
    GROUP BY o.place
) AS n ON n.place = f.id
LEFT JOIN membership AS a ON a.place = f.id AND a.layer = $4::VARCHAR
LEFT JOIN district AS d ON d.id = a.district
ORDER BY
    f.distance_m NULLS LAST,
    CASE WHEN $29::DOUBLE PRECISION IS NULL THEN n.minute END NULLS LAST,
    f.sort_name,
    f.id
LIMIT $31::BIGINT OFFSET $32::BIGINT;
