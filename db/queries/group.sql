-- What is kept of group $1?
SELECT data
FROM registered_group
WHERE id = $1::VARCHAR;
