-- The standards of municipality $1, in order.
SELECT data
FROM standard
WHERE municipality = $1::VARCHAR
ORDER BY sort, key;
