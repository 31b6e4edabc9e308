-- What is kept of account $1?
SELECT data
FROM account
WHERE id = $1::VARCHAR;
