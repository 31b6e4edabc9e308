-- How much of what the query finds lies in the rectangle?
SELECT count(*)
FROM (
-- include: findable.sql
) AS p
WHERE
-- include: in_view.sql
AND
-- include: matching.sql
;
