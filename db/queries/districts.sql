-- Which districts does layer $2 of municipality $1 have, those of other days too?
SELECT data
FROM district
WHERE municipality = $1::VARCHAR AND layer = $2::VARCHAR
ORDER BY name, id;
