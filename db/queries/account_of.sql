-- Which account has the address $1?
SELECT data
FROM account
WHERE email = $1::VARCHAR;
