-- What is district $1?
SELECT data
FROM district
WHERE id = $1::VARCHAR;
