-- Every sign-in of account $1.
SELECT data
FROM session
WHERE account = $1::VARCHAR
ORDER BY made_us, id;
