-- What are the places of the ids $1?
SELECT id, data
FROM place
WHERE id = ANY($1::VARCHAR[]);
