-- What is kept of sign-in $1?
SELECT data
FROM session
WHERE id = $1::VARCHAR;
