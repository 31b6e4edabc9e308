-- Which layers does municipality $1 have?
SELECT data
FROM layer
WHERE municipality = $1::VARCHAR
ORDER BY tier, sort, key;
