-- How many places and posts of each kind does the query find?
SELECT p.kind, count(*)
FROM (
-- include: findable.sql
) AS p
WHERE
-- include: matching.sql
GROUP BY p.kind
ORDER BY p.kind;
