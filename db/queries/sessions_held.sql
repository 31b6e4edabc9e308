-- How many sessions of each kind are laid out from $3 to $4, both included, in the districts of layer $2 of
-- municipality $1? Samples are counted where $5. What is cancelled is not held. NULL is outside.
SELECT a.district, r.kind, count(*)
FROM (
    SELECT id, kind
    FROM place
    WHERE municipality = $1::VARCHAR AND NOT gone AND ($5::BOOLEAN OR NOT sample)
    UNION ALL
    SELECT post, coalesce(nullif(activity, ''), kind)
    FROM listing
    WHERE municipality = $1::VARCHAR AND ($5::BOOLEAN OR NOT sample)
) AS r
INNER JOIN occurrence AS o ON o.place = r.id
LEFT JOIN membership AS a ON a.place = r.id AND a.layer = $2::VARCHAR
WHERE o.day BETWEEN $3::DATE AND $4::DATE AND NOT o.cancelled
GROUP BY a.district, r.kind
ORDER BY a.district, r.kind;
