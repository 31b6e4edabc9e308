-- How many places lie in each cell of a grid, and where is their middle?
-- $29 and $30 are cells a degree of longitude and of latitude.
SELECT avg(p.lon), avg(p.lat), count(*)
FROM place AS p
WHERE
-- include: in_view.sql
AND
-- include: matching.sql
GROUP BY floor(p.lon * $29::DOUBLE PRECISION), floor(p.lat * $30::DOUBLE PRECISION)
ORDER BY floor(p.lat * $30::DOUBLE PRECISION), floor(p.lon * $29::DOUBLE PRECISION);
