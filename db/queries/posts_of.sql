-- Every post of municipality $1.
SELECT data
FROM post
WHERE municipality = $1::VARCHAR
ORDER BY changed_us DESC, id;
