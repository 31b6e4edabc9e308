-- Which subscription waits for the link whose token has the digest $1?
SELECT data
FROM subscription
WHERE token = $1::VARCHAR AND token <> '';
