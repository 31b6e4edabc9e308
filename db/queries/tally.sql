-- How many records of each kind do the districts of layer $2 of municipality $1 hold on $5, and how many of them were
-- verified on or after $3? Samples are counted where $4. A regular activity of a group counts as its kind of place,
-- unless it is held at a place of that kind; it was verified when it was changed, at $6 or later. NULL is outside.
SELECT a.district, r.kind, count(*), count(*) FILTER (r.verified)
FROM (
    SELECT id, kind, coalesce(verified_on >= $3::DATE, false) AS verified
    FROM place
    WHERE municipality = $1::VARCHAR AND NOT gone AND ($4::BOOLEAN OR NOT sample)
    UNION ALL
    SELECT l.post, coalesce(nullif(l.activity, ''), l.kind), q.changed_us >= $6::BIGINT
    FROM listing AS l
    INNER JOIN post AS q ON q.id = l.post
    LEFT JOIN place AS s ON s.id = q.place AND s.kind = l.activity AND NOT s.gone
    WHERE
        l.municipality = $1::VARCHAR AND l.kind = 'series' AND s.id IS NULL AND ($4::BOOLEAN OR NOT l.sample)
        AND (l.last_day IS NULL OR l.last_day >= $5::DATE)
) AS r
LEFT JOIN membership AS a ON a.place = r.id AND a.layer = $2::VARCHAR
GROUP BY a.district, r.kind
ORDER BY a.district, r.kind;
