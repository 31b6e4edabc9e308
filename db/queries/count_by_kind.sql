-- How many places of each kind does the query find?
SELECT p.kind, count(*)
FROM place AS p
WHERE
-- include: matching.sql
GROUP BY p.kind
ORDER BY p.kind;
