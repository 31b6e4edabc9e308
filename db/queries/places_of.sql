-- Every place of municipality $1, what is gone too.
SELECT data
FROM place
WHERE municipality = $1::VARCHAR
ORDER BY id;
