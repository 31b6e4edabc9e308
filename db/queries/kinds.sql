-- Which kinds of place are there, built in (no municipality) and of municipality $1?
SELECT data
FROM kind
WHERE municipality = '' OR municipality = $1::VARCHAR
ORDER BY sort, municipality, key;
