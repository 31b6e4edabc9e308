-- How many sign-ins failed since $3, for the address $1 and from the origin $2?
SELECT
    count(*) FILTER (WHERE account = $1::VARCHAR),
    count(*) FILTER (WHERE origin = $2::VARCHAR)
FROM sign_in_try
WHERE at_us >= $3::BIGINT;
