-- What was looked at in municipality $1, by district.
SELECT data
FROM survey
WHERE municipality = $1::VARCHAR
ORDER BY district, standard;
