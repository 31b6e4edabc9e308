-- What was disclosed of municipality $1, in order.
SELECT data
FROM need_release
WHERE municipality = $1::VARCHAR
ORDER BY number;
