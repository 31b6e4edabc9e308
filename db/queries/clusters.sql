-- How many places and posts lie in each cell of a grid, and where is their middle?
-- $32 and $33 are cells a degree of longitude and of latitude.
SELECT avg(p.lon), avg(p.lat), count(*)
FROM (
-- include: findable.sql
) AS p
WHERE
-- include: in_view.sql
AND
-- include: matching.sql
GROUP BY floor(p.lon * $32::DOUBLE PRECISION), floor(p.lat * $33::DOUBLE PRECISION)
ORDER BY floor(p.lat * $33::DOUBLE PRECISION), floor(p.lon * $32::DOUBLE PRECISION);
