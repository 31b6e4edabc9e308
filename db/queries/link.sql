-- What is kept of link $1?
SELECT data
FROM one_time_link
WHERE id = $1::VARCHAR;
