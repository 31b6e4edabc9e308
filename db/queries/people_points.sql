-- Where the people of municipality $1 live.
SELECT data
FROM people_point
WHERE municipality = $1::VARCHAR
ORDER BY id;
