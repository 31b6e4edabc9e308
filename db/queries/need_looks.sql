-- Who looked at the numbers of municipality $1 as they are, the newest first.
SELECT data
FROM need_look
WHERE municipality = $1::VARCHAR
ORDER BY made_us DESC, id;
