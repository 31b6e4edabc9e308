-- Which failed sign-ins are older than $1?
SELECT data
FROM sign_in_try
WHERE at_us < $1::BIGINT
ORDER BY at_us, id;
