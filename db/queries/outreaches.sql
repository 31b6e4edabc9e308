-- When groups of municipality $1 were turned to, the newest first.
SELECT data
FROM outreach
WHERE municipality = $1::VARCHAR
ORDER BY made_us DESC, id;
