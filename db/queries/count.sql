-- How many places does the query find?
SELECT count(*)
FROM place AS p
WHERE
-- include: matching.sql
;
