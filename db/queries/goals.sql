-- The goals of municipality $1.
SELECT data
FROM goal
WHERE municipality = $1::VARCHAR
ORDER BY sort, key;
