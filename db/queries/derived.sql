-- What is noted under the name $1?
SELECT value
FROM derived
WHERE name = $1::VARCHAR;
