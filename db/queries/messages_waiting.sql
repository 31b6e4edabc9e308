-- The oldest $2 messages in the state $1.
SELECT data
FROM message
WHERE state = $1::VARCHAR
ORDER BY made_us, id
LIMIT $2::BIGINT;
