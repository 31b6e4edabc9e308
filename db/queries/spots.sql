-- Which places that the query finds lie in the rectangle? The first $29 of them by id.
SELECT p.id, p.lon, p.lat, p.kind, p.name, p.sample, p.precision
FROM place AS p
WHERE
-- include: in_view.sql
AND
-- include: matching.sql
ORDER BY p.id
LIMIT $29::BIGINT;
