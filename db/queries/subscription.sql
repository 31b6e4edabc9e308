-- What is kept of subscription $1?
SELECT data
FROM subscription
WHERE id = $1::VARCHAR;
