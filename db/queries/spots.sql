-- What that the query finds lies in the rectangle? The first $32 of them by id.
SELECT p.id, p.lon, p.lat, p.kind, p.name, p.sample, p.precision
FROM (
-- include: findable.sql
) AS p
WHERE
-- include: in_view.sql
AND
-- include: matching.sql
ORDER BY p.id
LIMIT $32::BIGINT;
