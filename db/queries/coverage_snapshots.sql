-- Coverage of municipality $1 as it was, the newest day first.
SELECT data
FROM coverage_snapshot
WHERE municipality = $1::VARCHAR
ORDER BY day DESC, standard, district;
