-- How many places and posts does the query find in each district of layer $28? NULL is outside, and what is
-- not assigned yet.
SELECT a.district, count(*)
FROM (
-- include: findable.sql
) AS p
LEFT JOIN membership AS a ON a.place = p.id AND a.layer = $28::VARCHAR
WHERE
-- include: matching.sql
GROUP BY a.district
ORDER BY a.district;
