-- How many places and posts does the query find?
SELECT count(*)
FROM (
-- include: findable.sql
) AS p
WHERE
-- include: matching.sql
;
