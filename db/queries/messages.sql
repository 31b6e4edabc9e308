-- The newest $2 messages of municipality $1 or, where that is NULL, of all.
SELECT data
FROM message
WHERE $1::VARCHAR IS NULL OR municipality = $1::VARCHAR
ORDER BY made_us DESC, id
LIMIT $2::BIGINT;
