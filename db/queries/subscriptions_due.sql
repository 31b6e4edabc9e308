-- For which subscriptions is there something to do at $1? At most $2, the longest due first.
SELECT data
FROM subscription
WHERE due_us <= $1::BIGINT
ORDER BY due_us, id
LIMIT $2::BIGINT;
