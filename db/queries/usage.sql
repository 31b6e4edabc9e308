-- How often were the things $1 used from day $2 to $3?
SELECT data
FROM usage_count
WHERE about = ANY($1::VARCHAR[]) AND day BETWEEN $2::DATE AND $3::DATE
ORDER BY about, day, use;
