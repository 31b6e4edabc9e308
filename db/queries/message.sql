-- What is kept of message $1?
SELECT data
FROM message
WHERE id = $1::VARCHAR;
