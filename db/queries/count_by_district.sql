-- How many places does the query find in each district of layer $25? NULL is outside, places not yet assigned too.
SELECT a.district, count(*)
FROM place AS p
LEFT JOIN membership AS a ON a.place = p.id AND a.layer = $25::VARCHAR
WHERE
-- include: matching.sql
GROUP BY a.district
ORDER BY a.district;
