-- The indicators of municipality $1, in order.
SELECT data
FROM indicator
WHERE municipality = $1::VARCHAR
ORDER BY sort, key;
