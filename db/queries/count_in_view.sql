-- How many of the places that the query finds lie in the rectangle?
SELECT count(*)
FROM place AS p
WHERE
-- include: in_view.sql
AND
-- include: matching.sql
;
